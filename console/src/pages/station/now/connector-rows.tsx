import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../../api/call.ts";
import { Age } from "../../../parts/moment.tsx";
import { powerText } from "../../../parts/quantity.ts";
import { StatusWord } from "../../../parts/word.tsx";
import { useLanguage, useText } from "../../../strings/language.ts";

type Evse = Item<"getChargingStationsByStationIdEvses">;
type Connector = Evse["connectors"][number];

/** The connectors of an EVSE: what they can give, and how they are where they say so themselves. */
export function ConnectorRows({ evse }: { readonly evse: Evse }): ReactNode {
  const t = useText();
  return (
    <>
      {evse.connectors.map((connector) => (
        <Group key={connector.connectorId} gap="xs" data-connector={connector.connectorId}>
          <Text size="xs" fw={600}>
            {t("station.connector", { number: connector.connectorId })}
          </Text>
          <Text size="xs" c="dimmed">
            <Abilities connector={connector} />
          </Text>
          {connector.status !== undefined && (
            <>
              <StatusWord status={connector.status} />
              <Text size="xs" c="dimmed">
                <Age at={connector.statusAt} />
              </Text>
            </>
          )}
        </Group>
      ))}
    </>
  );
}

function Abilities({ connector }: { readonly connector: Connector }): ReactNode {
  const language = useLanguage();
  const { type, current, phases, voltageV, maxCurrentA, maxPowerW } = connector;
  const parts = [
    type,
    current,
    phases === undefined ? undefined : `${phases}~`,
    voltageV === undefined ? undefined : `${voltageV} V`,
    maxCurrentA === undefined ? undefined : `${maxCurrentA} A`,
    maxPowerW === undefined ? undefined : powerText(maxPowerW, language),
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}
