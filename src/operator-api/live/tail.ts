import { type Clock, decode, type EventBus, type EventStore, type Log } from "#bus";
import type { Limits } from "#limits";
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

interface TailParts {
  readonly store: Pick<EventStore, "readAll">;
  readonly bus: { readonly events: EventBus };
  readonly showing: Showing;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

const pageSize = 500;

/**
 * One reader of the log for all viewers. Events are read from the store and not taken from the event
 * bus, which is only the bell: commits of several stations may ring out of order, positions never are.
 */
export function createTail(parts: TailParts): Tail {
  const { store, bus, showing, clock, limits, log } = parts;
  const listeners = new Set<(events: readonly LiveEvent[]) => void>();
  let recent: LiveEvent[] = [];
  let position = 0;
  let reading = false;
  let rung = false;
  let stopPolling: (() => void) | undefined;

  async function readOn(): Promise<void> {
    while (listeners.size > 0) {
      const page = await store.readAll({ after: position, limit: pageSize });
      if (page.length === 0) return;
      const events: LiveEvent[] = [];
      for (const stored of page) {
        const event = await showing.event(decode(stored));
        events.push({ position: stored.position, event, text: JSON.stringify(event) });
      }
      position = page.at(-1)?.position ?? position;
      recent.push(...events);
      // Cut seldom, so that each event is moved about once.
      const most = limits.liveTailEventsMax;
      if (recent.length > 2 * most) recent = recent.slice(-most);
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
      if (listeners.size === 0) {
        stopPolling = undefined;
        return;
      }
      ring();
      poll();
    });
  }

  const unsubscribe = bus.events.subscribe(ring);

  return {
    followers: () => listeners.size,
    follow: (after, listener) => {
      if (listeners.size === 0 && !reading) {
        // Nobody has read since the last follower left: start anew from this one's place.
        recent = [];
        position = after;
      }
      const first = recent[0]?.position ?? position + 1;
      if (after + 1 < first) return "tooOld";
      const missed = recent.filter((event) => event.position > after);
      let place = after;
      const ordered = (events: readonly LiveEvent[]) => {
        const fresh = events.filter((event) => event.position > place);
        if (fresh.length === 0) return;
        place = fresh.at(-1)?.position ?? place;
        listener(fresh);
      };
      listeners.add(ordered);
      if (missed.length > 0) ordered(missed);
      ring();
      if (stopPolling === undefined) poll();
      return () => listeners.delete(ordered);
    },
    close: () => {
      unsubscribe();
      stopPolling?.();
      listeners.clear();
    },
  };
}
