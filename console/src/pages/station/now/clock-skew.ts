import type { Item } from "../../../api/call.ts";

type Event = Pick<Item<"getChargingStationsByStationIdEvents">, "meta">;

/** How far a station's clock was ahead when it last told the time. */
export interface Skew {
  readonly seconds: number;
  readonly at: string;
}

/**
 * The smallest of the last differences: what a station kept while it was offline says an old time,
 * and every message takes a while, so that most of them seem to be late.
 */
export function skewIn(events: readonly Event[]): Skew | undefined {
  const found = events.flatMap(({ meta: { stationTime, recordedAt } }) => {
    const difference = (Date.parse(stationTime ?? "") - Date.parse(recordedAt)) / 1000;
    return Number.isNaN(difference) ? [] : [{ seconds: Math.round(difference), at: recordedAt }];
  });
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  return others.reduce(
    (best, one) => (Math.abs(one.seconds) < Math.abs(best.seconds) ? one : best),
    first,
  );
}
