import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { StateWord } from "../../parts/word.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { useText } from "../../strings/language.ts";

type Station = Item<"getChargingStations">;

/** So many can be gone through here. */
const most = 50;

const columns: readonly PlainColumn<Station>[] = [
  {
    id: "station",
    title: "types.station",
    cell: ({ stationId }) => <StationLink stationId={stationId} />,
  },
  { id: "state", title: "types.state", cell: ({ state }) => <StateWord state={state} /> },
  {
    id: "has",
    title: "types.revision",
    align: "right",
    phone: "hidden",
    cell: ({ stationType, offeredStationType }) =>
      `${stationType?.revision ?? "–"} → ${offeredStationType?.revision ?? "–"}`,
  },
  { id: "take", title: "types.doIt", align: "right", cell: (station) => <Take {...station} /> },
];

/** Stations that have an older form of the type, and are offered this one; nothing if none is. */
export function Offers({ type: { typeKey } }: { readonly type: StationType }): ReactNode {
  const t = useText();
  const asked = useAnswer("getChargingStations", {
    query: { typeKey, reconfigurationOffered: true, order: "stationId", limit: most },
  });
  const stations = (asked.data?.items ?? []).filter((station) => station.typeKey === typeKey);
  if (stations.length === 0) return null;
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb={4}>
        {t("types.offers")}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t("types.offersMean")}
      </Text>
      <PlainTable
        label={t("types.offers")}
        columns={columns}
        rows={stations}
        keyOf={({ stationId }) => stationId}
        none=""
      />
    </Card>
  );
}

function Take({ stationId }: Station): ReactNode {
  const t = useText();
  const operation = "postChargingStationsByStationIdCommands";
  const take = useAct(operation, {
    done: t("types.taken", { station: stationId }),
  });
  return (
    <ActButton
      may={{ operation, says: { type: "ReconfigureChargingStation" }, stationId }}
      variant="default"
      size="compact-xs"
      loading={take.isPending}
      aria-label={t("types.takeAt", { station: stationId })}
      onGo={() =>
        take.mutate({ params: { stationId }, body: { type: "ReconfigureChargingStation" } })
      }
    >
      {t("types.take")}
    </ActButton>
  );
}
