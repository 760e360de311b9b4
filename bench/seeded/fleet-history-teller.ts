import { type EventDataOf, type EventType, streams } from "#core";
import type { Happened } from "./fleet-history.ts";

/** Makes events in the name of one station. */
export interface Teller {
  /** An event of the station's own stream. */
  own<T extends EventType>(type: T, at: string, data: EventDataOf<T>): Happened;
  /** An event of another stream that concerns the station. */
  of<T extends EventType>(stream: string, type: T, at: string, data: EventDataOf<T>): Happened;
}

/** The teller of a station, by its key. */
export function tellerOf(station: string): Teller {
  const stream = streams.chargingStation(station);
  const of = <T extends EventType>(
    into: string,
    type: T,
    recordedAt: string,
    data: EventDataOf<T>,
  ): Happened => {
    const actor = { kind: "station", id: station };
    const meta = JSON.stringify({ recordedAt, actor, protocol: "ocpp1.6" });
    return { station, stream: into, type, data: JSON.stringify(data), meta };
  };
  return { of, own: (type, at, data) => of(stream, type, at, data) };
}
