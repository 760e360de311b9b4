import type { Item } from "../../../api/call.ts";

/** A station that is somewhere. */
export interface Place {
  readonly stationId: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly state: Item<"getChargingStations">["state"];
  readonly status: Item<"getChargingStations">["status"];
  readonly connected: boolean;
  readonly sessions: number;
}

/** The stations of which it is known where they stand. */
export function placesOf(stations: readonly Item<"getChargingStations">[]): readonly Place[] {
  return stations.flatMap(({ stationId, place, state, status, connection, openTransactions }) => {
    const { coordinates } = place ?? {};
    if (coordinates === undefined) return [];
    const { connected } = connection;
    return [{ stationId, ...coordinates, state, status, connected, sessions: openTransactions }];
  });
}

/** What a mark's colour says: the same as the words of the list. */
export type Mark = "faulted" | "charging" | "serves" | "waiting" | "away";

/** The most urgent of what is to be said of a station. */
export function markOf({ state, status, connected, sessions }: Place): Mark {
  if (state === "waiting" || state === "unconfigured") return "waiting";
  if (status === "faulted") return "faulted";
  if (!connected || state !== "operational") return "away";
  return sessions > 0 ? "charging" : "serves";
}

/** How far apart lines of a graticule are, in degrees, so that some are in sight. */
export function graticuleStep(visibleDegrees: number): number {
  const steps = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
  return steps.find((step) => visibleDegrees / step >= 3) ?? 0.002;
}
