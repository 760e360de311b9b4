import { cursorOf, readable, type StoredEvent } from "#bus";
import { stationKey } from "#core";
import type { Api } from "../api.ts";
import type { ShownEvent } from "../shown.ts";
import { type EventQuery, eventFilter, typeFilter } from "./event-filter.ts";

/** Events after a place, and where to read on; `more` is false at the log's head. */
export interface EventPage {
  readonly events: readonly ShownEvent[];
  readonly next: string;
  /** The place of `next`, for who reads on in here. */
  readonly position: number;
  readonly more: boolean;
}

const readAtOnce = 500;

/**
 * Reads on from a place. A filter by type may look through many events and find few: it stops after
 * `eventScanMax`, and the next page goes on from there. A station's events are found by themselves.
 */
export async function eventPage(
  api: Api,
  question: { readonly query: EventQuery; readonly after: number; readonly limit: number },
): Promise<EventPage> {
  const { limits, showing } = api;
  const { query, limit } = question;
  const wanted = eventFilter(query);
  const isOfType = typeFilter(query);
  const events: ShownEvent[] = [];
  let { after } = question;
  for (let scanned = 0; scanned < limits.eventScanMax; ) {
    const page = await pageAfter(api, query, after);
    for (const stored of page) {
      after = stored.position;
      // Told before it is read and joined: a scan meets far more than it shows.
      if (!isOfType(stored.type)) continue;
      const event = await showing.event(readable(stored));
      if (wanted(event)) events.push(event);
      if (events.length >= limit) return pageUntil(after, events, true);
    }
    scanned += page.length;
    if (page.length < readAtOnce) return pageUntil(after, events, false);
  }
  return pageUntil(after, events, true);
}

function pageAfter(
  { store }: Api,
  { correlationId, stationId }: EventQuery,
  after: number,
): Promise<readonly StoredEvent[]> {
  const span = { after, limit: readAtOnce };
  if (correlationId !== undefined) return store.readCorrelation({ correlationId, ...span });
  if (stationId === undefined) return store.readAll(span);
  return store.readStation({ station: stationKey(stationId), ...span });
}

function pageUntil(position: number, events: readonly ShownEvent[], more: boolean): EventPage {
  return { events, next: cursorOf(position), position, more };
}
