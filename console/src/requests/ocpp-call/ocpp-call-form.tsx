import { NativeSelect, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useShapes } from "../../api/shapes.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import type { Shape } from "../../parts/form/shape.ts";
import { ShapeAwaited } from "../../parts/form/shape-awaited.tsx";
import { useText } from "../../strings/language.ts";
import { CallAnswer } from "./call-answer.tsx";
import { aroundOf, ocppCall, protocolOf } from "./call-body.ts";
import { CallForm } from "./call-form.tsx";

interface Props {
  readonly stationId: string;
  /** Sessions that it may end. */
  readonly atRisk?: number | undefined;
}

/** Sends a station any call of its version of OCPP, and shows what it answers. */
export function OcppCallForm({ stationId, atRisk }: Props): ReactNode {
  const t = useText();
  const station = useAnswer("getChargingStationsByStationId", { params: { stationId } });
  const spoken = useAnswer("getOcpp", {});
  const [action, setAction] = useState("");
  const [requestId, setRequestId] = useState<string>();
  if (station.data === undefined) return <Asked of={station}>{() => null}</Asked>;
  if (spoken.data === undefined) return <Asked of={spoken}>{() => null}</Asked>;
  const known = spoken.data.items.map(({ protocol }) => protocol);
  const protocol = protocolOf(station.data, known);
  if (protocol === undefined) return <Text size="sm">{t("ocppCall.none")}</Text>;
  return (
    <Stack gap="sm">
      <ActionField protocol={protocol} value={action} onChange={setAction} />
      {action !== "" && (
        <Schemas
          // Another action begins anew.
          key={`${protocol} ${action}`}
          {...{ stationId, atRisk, protocol, action }}
          onBegin={() => setRequestId(undefined)}
          onSent={setRequestId}
        />
      )}
      {requestId !== undefined && (
        <CallAnswer key={requestId} stationId={stationId} requestId={requestId} />
      )}
    </Stack>
  );
}

function ActionField(given: {
  readonly protocol: string;
  readonly value: string;
  readonly onChange: (action: string) => void;
}): ReactNode {
  const { protocol, value, onChange } = given;
  const t = useText();
  const asked = useAnswer("getOcppByProtocolActions", { params: { protocol } });
  return (
    <Asked of={asked}>
      {({ items }) => (
        <NativeSelect
          label={t("ocppCall.action", { protocol })}
          description={items.find(({ action }) => action === value)?.spec ?? t("ocppCall.any")}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          data={[
            { value: "", label: t("ocppCall.choose") },
            ...items.map(({ action }) => action).toSorted(),
          ]}
        />
      )}
    </Asked>
  );
}

function Schemas(
  given: Props & {
    readonly protocol: string;
    readonly action: string;
    readonly onBegin: () => void;
    readonly onSent: (requestId: string) => void;
  },
): ReactNode {
  const { protocol, action } = given;
  const request = useShapes("postChargingStationsByStationIdRequests")[ocppCall];
  const asked = useAnswer("getOcppByProtocolActionsByAction", { params: { protocol, action } });
  if (request === undefined) return <ShapeAwaited />;
  return (
    <Asked of={asked}>
      {(schemas) => (
        <CallForm {...given} payload={schemas.request as Shape} around={aroundOf(request)} />
      )}
    </Asked>
  );
}
