import { readable, type StoredEvent } from "#bus";
import type { StationKey } from "#core";
import type { Api } from "../api.ts";
import type { ShownEvent } from "../shown.ts";
import { typeFilter } from "./event-filter.ts";
import { holdAll, wordsOf } from "./words.ts";

/** So many are looked at in one reading where most of them may not be wanted. */
const readAtOnce = 100;

/** Which events of a station somebody wants to see. */
export interface JournalQuery {
  readonly station: StationKey;
  /** Only what is older than this position. */
  readonly before?: number | undefined;
  /** Names, separated by commas. */
  readonly type?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
}

/** Events of a station, newest first; `next` is the position where the next page goes on. */
export interface JournalPage {
  readonly events: readonly ShownEvent[];
  readonly next?: number | undefined;
}

/**
 * Looks back through a station's events. A narrow search may look through many and find few: it
 * stops after `eventScanMax`, and the next page goes on from there.
 */
export async function journalPage(api: Api, query: JournalQuery): Promise<JournalPage> {
  const { store, bus, limits, showing } = api;
  const { station, type, search, limit } = query;
  const isOfType = typeFilter({ type });
  // The log knows a token by its reference alone.
  const words = await wordsOf(search, (word) => bus.tokens.find(word));
  const isWanted = (event: StoredEvent) =>
    isOfType(event.type) && holdAll([event.type, event.data, event.meta], words);
  // Each reading begins at the end of the station's chain, which has to be found.
  const isNarrowed = type !== undefined || search !== undefined;
  const atOnce = isNarrowed ? Math.max(limit, readAtOnce) : limit;
  const found: StoredEvent[] = [];
  let { before } = query;
  let isOver = false;
  for (let scanned = 0; !isOver && found.length === 0 && scanned < limits.eventScanMax; ) {
    const page = await store.readStation({ station, before, limit: atOnce });
    found.push(...page.filter(isWanted));
    before = page.at(-1)?.position ?? before;
    scanned += page.length;
    isOver = page.length < atOnce;
  }
  if (found.length > limit) {
    found.length = limit;
    before = found.at(-1)?.position;
    isOver = false;
  }
  const events = await Promise.all(found.map((event) => showing.event(readable(event))));
  return { events, next: isOver ? undefined : before };
}
