import { chargingStation, type EventType } from "#core";
import type { Handler } from "../view.ts";

/** Types of requests from whose acceptance something must follow: a start, a stop, a message. */
export const awaiting: ReadonlySet<string> = new Set<EventType>([
  "StartTransactionRequested",
  "StopTransactionRequested",
  "TriggerMessageRequested",
]);

/** The same handler for every event that asks a station for something. */
export function onEachRequest<R>(
  handler: Handler<R, EventType>,
): Readonly<Record<string, Handler<R, EventType>>> {
  const asking = Object.entries(chargingStation.events).filter(
    ([, row]) => "request" in row && row.request === true,
  );
  return Object.fromEntries(asking.map(([type]) => [type, handler]));
}
