import { type Command, type StationState, streams, systemActor } from "#core";
import type { Bus, Environment } from "./bus.ts";
import { StoreUnavailable } from "./ports/event-store.ts";
import type { ViewItem, ViewReader } from "./ports/view-reader.ts";

/** Ends what is overdue: requests, awaited follow-ups, reservations. */
export interface Sweeper {
  start(): void;
  /** One round, for tests and for whoever cannot wait. Returns how many deadlines it acted on. */
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

  /** Those that cannot be ended stay due for ever, and must not hide the ones behind them. */
  async function sweep(): Promise<number> {
    await catchUp?.();
    const now = clock.now();
    let seen = 0;
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
    for (const item of due) {
      try {
        await end(item, now);
      } catch (error) {
        // With no store none can be ended; one that has a bug must not hold up the others.
        if (error instanceof StoreUnavailable) throw error;
        log.error("A deadline could not be ended", { ...item, error });
      }
    }
  }

  async function end(item: ViewItem, now: string): Promise<void> {
    const result = await bus.commands.execute({
      actor,
      station: String(item.station),
      commands: (states) => [commandOf(item, now, states.station)],
    });
    if (result.status === "rejected") log.warn("A deadline could not be ended", { ...item });
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
