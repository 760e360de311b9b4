import { type EventBus, type EventStore, readable, type StoredEvent } from "#bus";
import type { ApiParts } from "../parts.ts";
import type { Showing, ShownEvent } from "../shown.ts";

/** An event of the tail with its text, made once for all viewers. */
export interface LiveEvent {
  readonly position: number;
  readonly event: ShownEvent;
  readonly text: string;
}

/** The newest events of the log, in its order, for everybody who follows it. */
export interface Tail {
  /**
   * Hands out what comes after a position. Where that is no longer in memory it says so, and the
   * caller reads the store first. The result ends it.
   */
  follow(after: number, listener: (events: readonly LiveEvent[]) => void): (() => void) | "tooOld";
  followers(): number;
  close(): void;
}

interface TailParts extends Pick<ApiParts, "clock" | "limits" | "log"> {
  readonly store: Pick<EventStore, "readAll">;
  readonly bus: { readonly events: Pick<EventBus, "subscribe"> };
  readonly showing: Showing;
}

const pageSize = 500;

/**
 * One reader of the log for all viewers. Events are read from the store; the event bus is only the
 * bell: commits of several stations may ring out of order, positions never are.
 */
export function createTail(parts: TailParts): Tail {
  const { store, bus, showing, clock, limits, log } = parts;
  const listeners = new Set<(events: readonly LiveEvent[]) => void>();
  let recent = nothing();
  let position = 0;
  let reading = false;
  let rung = false;
  let stopPolling: (() => void) | undefined;

  async function readOn(): Promise<void> {
    while (listeners.size > 0) {
      const page = await store.readAll({ after: position, limit: pageSize });
      if (page.length === 0) return;
      const events = await shownEvents(showing, page);
      position = page.at(-1)?.position ?? position;
      recent = withNewest(recent, events, limits);
      for (const listener of listeners) listener(events);
    }
  }

  function ring(): void {
    rung = true;
    if (reading || listeners.size === 0) return;
    reading = true;
    rung = false;
    readOn()
      .catch((error: unknown) => log.error("The live tail could not read on", { error }))
      .finally(() => {
        reading = false;
        if (rung) ring();
      });
  }

  /** Other nodes ring no bell here. */
  function poll(): void {
    stopPolling = clock.after(limits.sweepIntervalMs, () => {
      stopPolling = undefined;
      ring();
      if (listeners.size > 0) poll();
    });
  }

  const unsubscribe = bus.events.subscribe(ring);

  return {
    followers: () => listeners.size,
    follow: (after, listener) => {
      if (listeners.size === 0 && !reading) {
        // Nobody has read since the last follower left: start anew from this one's place.
        recent = nothing();
        position = after;
      }
      if (after + 1 < (recent.events[0]?.position ?? position + 1)) return "tooOld";
      const ordered = inOrder(after, listener);
      listeners.add(ordered);
      ordered(recent.events.filter((event) => event.position > after));
      ring();
      if (stopPolling === undefined) poll();
      return () => {
        listeners.delete(ordered);
        if (listeners.size === 0) recent = nothing();
      };
    },
    close: () => {
      unsubscribe();
      stopPolling?.();
      listeners.clear();
    },
  };
}

/** The newest events, the oldest first, and how much text they are. */
interface Recent {
  readonly events: LiveEvent[];
  readonly characters: number;
}

const nothing = (): Recent => ({ events: [], characters: 0 });

/**
 * More at the end; cut seldom, so that each event is moved about once. What is in memory may show a
 * value that was erased: from then on it is the store that is read.
 */
function withNewest(
  recent: Recent,
  fresh: readonly LiveEvent[],
  { liveTailEventsMax, liveTailCharactersMax }: TailParts["limits"],
): Recent {
  const isErasure = fresh.some(({ event }) => event.type === "TokenErased");
  const { events, characters } = isErasure ? nothing() : recent;
  events.push(...fresh);
  const sum = characters + fresh.reduce((total, { text }) => total + text.length, 0);
  if (events.length <= 2 * liveTailEventsMax && sum <= 2 * liveTailCharactersMax) {
    return { events, characters: sum };
  }
  let kept = 0;
  let from = events.length;
  while (from > 0 && events.length - from < liveTailEventsMax) {
    const size = events[from - 1]?.text.length ?? 0;
    if (kept + size > liveTailCharactersMax) break;
    kept += size;
    from -= 1;
  }
  return { events: events.slice(from), characters: kept };
}

async function shownEvents(
  showing: Showing,
  page: readonly StoredEvent[],
): Promise<readonly LiveEvent[]> {
  const events: LiveEvent[] = [];
  for (const stored of page) {
    const event = await showing.event(readable(stored));
    events.push({ position: stored.position, event, text: JSON.stringify(event) });
  }
  return events;
}

/** Hands on what lies behind the last place, so that nobody sees an event twice. */
function inOrder(
  after: number,
  listener: (events: readonly LiveEvent[]) => void,
): (events: readonly LiveEvent[]) => void {
  let place = after;
  return (events) => {
    const fresh = events.filter((event) => event.position > place);
    if (fresh.length === 0) return;
    place = fresh.at(-1)?.position ?? place;
    listener(fresh);
  };
}
