import { Card, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { useText } from "../../strings/language.ts";

type Evse = StationType["evses"][number];
type Row = Evse["connectors"][number] & Pick<Evse, "evseId">;

const columns: readonly PlainColumn<Row>[] = [
  { id: "evse", title: "types.evseId", cell: ({ evseId }) => evseId },
  {
    id: "connector",
    title: "types.connectorId",
    cell: ({ connectorId }) => connectorId,
  },
  { id: "kind", title: "types.kind", cell: ({ type }) => type },
  { id: "current", title: "types.current", phone: "hidden", cell: currentOf },
  {
    id: "voltage",
    title: "types.voltage",
    align: "right",
    phone: "hidden",
    cell: ({ voltageV }) => voltageV ?? "",
  },
  {
    id: "most",
    title: "types.maxCurrent",
    align: "right",
    phone: "hidden",
    cell: ({ maxCurrentA }) => maxCurrentA ?? "",
  },
  {
    id: "power",
    title: "types.maxPower",
    align: "right",
    cell: ({ maxPowerW }) => (maxPowerW === undefined ? "" : maxPowerW / 1000),
  },
];

/** The EVSEs of a type, a line for each connector. */
export function EvseTable({ type: { evses } }: { readonly type: StationType }): ReactNode {
  const t = useText();
  const rows = evses.flatMap(({ evseId, connectors }) =>
    connectors.map((connector) => ({ evseId, ...connector })),
  );
  return (
    <Card withBorder padding="sm" h="100%">
      <Title order={2} mb="xs">
        {t("types.connectors")}
      </Title>
      <PlainTable
        label={t("types.connectors")}
        // What is said of none of them would only take room from what is.
        columns={columns.filter(({ cell }) => rows.some((row) => cell(row) !== ""))}
        rows={rows}
        keyOf={({ evseId, connectorId }) => `${evseId} ${connectorId}`}
        none={t("list.none")}
      />
    </Card>
  );
}

function currentOf({ current, phases }: Row): string {
  return [current, phases === undefined ? undefined : `${phases}~`].filter(Boolean).join(" ");
}
