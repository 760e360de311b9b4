import { ActionIcon, NativeSelect, NumberInput, TextInput, Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { Icon } from "../parts/icon.tsx";
import { useText } from "../strings/language.ts";
import type { TextKey } from "../strings/translate.ts";
import classes from "./connector-fields.module.css";
import type { ConnectorDraft, Typed } from "./drafts.ts";
import type { WrongAt } from "./wrong-at.ts";

/** OCPI's names of the usual ones, to choose from; any other text will do. */
const standards = [
  ...["IEC_62196_T2", "IEC_62196_T2_COMBO", "IEC_62196_T1", "IEC_62196_T1_COMBO", "CHADEMO"],
  ...["NACS", "GBT_AC", "GBT_DC", "MCS", "DOMESTIC_F", "DOMESTIC_E", "IEC_60309_2_three_32"],
];

/** One outlet: what its plate says. Only its number and kind are needed. */
export function ConnectorFields(given: {
  readonly connector: ConnectorDraft;
  readonly isOnly: boolean;
  readonly wrongAt: WrongAt;
  readonly onChange: (connector: ConnectorDraft) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { connector, isOnly, wrongAt, onChange, onRemove } = given;
  const t = useText();
  const kinds = useId();
  const wrong = (field: string) => {
    const message = wrongAt(`/${field}`);
    return message === undefined ? {} : { error: message };
  };
  const number = (field: NumberField) => ({
    value: connector[field],
    onChange: (next: Typed) => onChange({ ...connector, [field]: next }),
    label: t(numbers[field]),
    hideControls: true,
    ...wrong(field === "maxPowerKw" ? "maxPowerW" : field),
  });
  return (
    <div className={classes.connector}>
      <NumberInput {...number("connectorId")} allowDecimal={false} />
      <TextInput
        label={t("types.kind")}
        list={kinds}
        className={classes.kind ?? ""}
        autoComplete="off"
        value={connector.type}
        onChange={(event) => onChange({ ...connector, type: event.currentTarget.value })}
        {...wrong("type")}
      />
      <datalist id={kinds}>
        {standards.map((standard) => (
          <option key={standard} value={standard} />
        ))}
      </datalist>
      <NativeSelect
        label={t("types.current")}
        value={connector.current}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...connector, current: value as ConnectorDraft["current"] })
        }
        data={["", "AC", "DC"]}
        {...wrong("current")}
      />
      <NumberInput {...number("phases")} allowDecimal={false} />
      <NumberInput {...number("voltageV")} />
      <NumberInput {...number("maxCurrentA")} />
      <NumberInput {...number("maxPowerKw")} />
      {/* Where several connectors share an EVSE, the wire of 1.x may number them otherwise. */}
      {(!isOnly || connector.ocpp1ConnectorId !== "") && (
        <NumberInput {...number("ocpp1ConnectorId")} allowDecimal={false} />
      )}
      {!isOnly && (
        <Tooltip label={t("types.removeConnector", { number: connector.connectorId })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.remove ?? ""}
            aria-label={t("types.removeConnector", { number: connector.connectorId })}
            onClick={onRemove}
          >
            <Icon name="cross" size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

const numbers = {
  connectorId: "types.connectorId",
  ocpp1ConnectorId: "types.wireNumber",
  phases: "types.phases",
  voltageV: "types.voltage",
  maxCurrentA: "types.maxCurrent",
  maxPowerKw: "types.maxPower",
} as const satisfies Partial<Record<keyof ConnectorDraft, TextKey>>;
type NumberField = keyof typeof numbers;
