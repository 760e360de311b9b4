import { cursorOf, decode } from "#bus";
import type { Api } from "../api.ts";
import type { ShownEvent } from "../shown.ts";
import { type EventQuery, eventFilter } from "./event-filter.ts";

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
 * Reads on from a place. A narrow filter may look through many events and find few: it stops after
 * `eventScanMax`, and the next page goes on from there.
 */
export async function eventPage(
  api: Api,
  question: { readonly query: EventQuery; readonly after: number; readonly limit: number },
): Promise<EventPage> {
  const { store, limits, showing } = api;
  const { query, limit } = question;
  const { correlationId } = query;
  const wanted = eventFilter(query);
  const events: ShownEvent[] = [];
  let { after } = question;
  for (let scanned = 0; scanned < limits.eventScanMax; ) {
    const span = { after, limit: readAtOnce };
    const page =
      correlationId === undefined
        ? await store.readAll(span)
        : await store.readCorrelation({ correlationId, ...span });
    for (const stored of page) {
      after = stored.position;
      const event = await showing.event(decode(stored));
      if (wanted(event)) events.push(event);
      if (events.length >= limit) return pageUntil(after, events, true);
    }
    scanned += page.length;
    if (page.length < readAtOnce) return pageUntil(after, events, false);
  }
  return pageUntil(after, events, true);
}

function pageUntil(position: number, events: readonly ShownEvent[], more: boolean): EventPage {
  return { events, next: cursorOf(position), position, more };
}
