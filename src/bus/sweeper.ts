import { type Command, type StationState, streams, systemActor } from "#core";
import type { Bus, Environment } from "./bus.ts";
import { createLru } from "./lru.ts";
import { StoreUnavailable } from "./ports/event-store.ts";
import type { ViewItem, ViewReader } from "./ports/view-reader.ts";

/** Ends what is overdue: requests, awaited follow-ups, reservations. */
export interface Sweeper {
  start(): void;
  /** One round, for tests and for whoever cannot wait. Returns how many deadlines it saw. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

const pageMax = 200;
const actor = systemActor("sweeper");

/** The view of deadlines says what is due; the decider has the last word on whether it is. */
export function createSweeper(parts: {
  readonly bus: Bus;
  readonly views: ViewReader;
  readonly environment: Environment;
  /** Records what has happened and is not in the log yet, before anything counts as overdue. */
  readonly catchUp?: () => Promise<void>;
}): Sweeper {
  const { bus, views, environment, catchUp } = parts;
  const { clock, limits, log } = environment;
  let cancel: (() => void) | undefined;
  let running: Promise<unknown> | undefined;
  let stopped = false;
  /** Where the round before this one had to stop; undefined: it had seen all. */
  let place: string | undefined;
  /** How many of the page at that place it had gone through. */
  let passed = 0;
  /** Deadlines in a row for which there was no store. */
  let unreachable = 0;

  const stubborn = createStubborn(environment);

  /** Those that cannot be ended stay due for ever, and must not hide the ones behind them. */
  async function sweep(): Promise<number> {
    await catchUp?.();
    const now = clock.now();
    let seen = 0;
    unreachable = 0;
    do {
      const limit = Math.min(pageMax, limits.sweepDeadlinesMax - seen);
      const query = { filter: { dueAtUntil: now }, order: "dueAt", after: place, limit };
      const { items, next } = await views.list("deadlines", query);
      await endAll(items, now);
      seen += items.length;
      place = next;
    } while (place !== undefined && seen < limits.sweepDeadlinesMax && !stopped);
    return seen;
  }

  async function endAll(due: readonly ViewItem[], now: string): Promise<void> {
    const from = passed;
    passed = 0;
    for (const [at, item] of due.entries()) {
      if (at < from || !stubborn.isTurnOf(item)) continue;
      try {
        await end(item, now);
        unreachable = 0;
      } catch (error) {
        if (error instanceof StoreUnavailable) {
          withoutStore(error, at);
          continue;
        }
        // One that has a bug must not hold up the others.
        log.error("A deadline could not be ended", { ...item, error, ...stubborn.failed(item) });
      }
    }
  }

  /**
   * With no store none can be ended. But it may be what is stored of these alone that cannot be
   * read: the round that gives up is followed by one that goes on behind them.
   */
  function withoutStore(error: StoreUnavailable, at: number): void {
    unreachable += 1;
    if (unreachable >= limits.sweepFailuresMax) {
      passed = at + 1;
      throw error;
    }
    if (unreachable === 1)
      log.error("A deadline could not be ended for want of the store", { error });
  }

  async function end(item: ViewItem, now: string): Promise<void> {
    const result = await bus.commands.execute({
      actor,
      station: String(item.station),
      commands: (states) => [commandOf(item, now, states.station)],
    });
    if (result.status !== "rejected") return stubborn.ended(item);
    log.warn("A deadline could not be ended", { ...item, ...stubborn.failed(item) });
  }

  function schedule(): void {
    cancel = clock.after(limits.sweepIntervalMs, () => {
      running = sweep()
        .catch((error: unknown) => log.error("Deadlines could not be swept", { error }))
        .finally(() => {
          running = undefined;
          if (!stopped) schedule();
        });
    });
  }

  return {
    sweep,
    start: schedule,
    stop: async () => {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}

interface Failures {
  readonly count: number;
  /** Monotonic milliseconds until which it is left alone. */
  readonly untilMs: number;
}

/**
 * Deadlines that could not be ended. Each is tried again after twice the time of its last wait:
 * tried in every round, some hundreds of them would fill log and disk with nothing else.
 */
function createStubborn({ clock, limits }: Pick<Environment, "clock" | "limits">) {
  const failures = createLru<string, Failures>(limits.stubbornDeadlinesMax);
  const nameOf = ({ kind, id }: ViewItem) => `${kind} ${id}`;
  return {
    isTurnOf: (item: ViewItem) => (failures.get(nameOf(item))?.untilMs ?? 0) <= clock.monotonicMs(),
    ended: (item: ViewItem) => failures.delete(nameOf(item)),
    /** What the log is told of it. */
    failed: (item: ViewItem) => {
      const count = (failures.get(nameOf(item))?.count ?? 0) + 1;
      const waitMs = Math.min(limits.sweepIntervalMs * 2 ** count, limits.stubbornDeadlineMs);
      failures.set(nameOf(item), { count, untilMs: clock.monotonicMs() + waitMs });
      return { attempts: count, againAfterMs: waitMs };
    },
  };
}

const commandOfKind: Readonly<Record<string, { readonly type: string; readonly id: string }>> = {
  request: { type: "ExpireRequest", id: "requestId" },
  followUp: { type: "ExpireFollowUp", id: "requestId" },
  reservation: { type: "ExpireReservation", id: "reservationId" },
};

function commandOf(item: ViewItem, at: string, state: StationState): Command {
  const kind = commandOfKind[String(item.kind)];
  if (kind === undefined) throw new Error(`no command ends a deadline of kind ${item.kind}`);
  const stream = streams.chargingStation(String(item.station));
  const id = String(item.id);
  const open = [...state.requests, ...state.awaited].find((entry) => entry.requestId === id);
  const { correlationId } = open ?? {};
  return { stream, type: kind.type, data: { [kind.id]: id, at }, correlationId };
}
