import { Grid, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../../api/call.ts";
import { ConnectionCard } from "./connection-card.tsx";
import { DeviationCard } from "./deviation-card.tsx";
import { EvseCards } from "./evse-cards.tsx";
import { StationFacts } from "./station-facts.tsx";

/** How a station is now: what it serves, how it is connected, who it is. */
export function NowTab({
  station,
}: {
  readonly station: Answer<"getChargingStationsByStationId">;
}): ReactNode {
  return (
    <Grid gap="sm">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <EvseCards station={station} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="sm">
          <ConnectionCard station={station} />
          <StationFacts station={station} />
          <DeviationCard stationId={station.stationId} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
