import { stationKey } from "#core";
import type { ShownEvent } from "../shown.ts";

/** Which events a client wants. */
export interface EventQuery {
  readonly stationId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Names, separated by commas. */
  readonly type?: string | undefined;
}

/** Whether an event is among those. */
export function eventFilter(query: EventQuery): (event: ShownEvent) => boolean {
  const { stationId, correlationId } = query;
  const station = stationId === undefined ? undefined : stationKey(stationId);
  const isOfType = typeFilter(query);
  return (event) =>
    isOfType(event.type) &&
    (correlationId === undefined || event.meta.correlationId === correlationId) &&
    (station === undefined ||
      (event.stationId !== undefined && stationKey(event.stationId) === station));
}

/** Whether a type is among those. */
export function typeFilter(query: Pick<EventQuery, "type">): (type: string) => boolean {
  if (query.type === undefined) return () => true;
  const types = new Set(query.type.split(","));
  return (type) => types.has(type);
}
