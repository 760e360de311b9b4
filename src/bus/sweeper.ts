import { type Command, type StationState, streams, systemActor } from "#core";
import type { Bus, Environment } from "./bus.ts";
import type { LeasedWork } from "./leases.ts";
import { StoreUnavailable } from "./ports/event-store.ts";
import type { ViewItem, ViewReader } from "./ports/view-reader.ts";
import { createStubborn, type Stubborn } from "./stubborn-deadlines.ts";

/** Ends what is overdue: requests, awaited follow-ups, reservations. */
export interface Sweeper extends LeasedWork {
  start(): void;
  /** One round, for tests and for whoever cannot wait. Returns how many deadlines it saw. */
  sweep(): Promise<number>;
}

const pageMax = 200;
const actor = systemActor("sweeper");

interface SweeperParts {
  readonly bus: Bus;
  readonly views: ViewReader;
  readonly environment: Environment;
  /** Records what has happened and is not in the log yet, before anything counts as overdue. */
  readonly catchUp?: () => Promise<void>;
}

/** The view of deadlines says what is due; the decider has the last word on whether it is. */
export function createSweeper(parts: SweeperParts): Sweeper {
  return new DeadlineSweeper(parts);
}

class DeadlineSweeper implements Sweeper {
  readonly #parts: SweeperParts;
  readonly #stubborn: Stubborn;
  #cancel: (() => void) | undefined;
  #running: Promise<unknown> | undefined;
  #stopped = false;
  /** Where the round before this one had to stop; undefined: it had seen all. */
  #place: string | undefined;
  /** How many of the page at that place it had gone through. */
  #passed = 0;
  /** Deadlines in a row for which there was no store. */
  #unreachable = 0;

  constructor(parts: SweeperParts) {
    this.#parts = parts;
    this.#stubborn = createStubborn(parts.environment);
  }

  readonly name = "sweeper";

  start(): void {
    this.#stopped = false;
    this.#plan();
  }

  #plan(): void {
    const { clock, limits, log } = this.#parts.environment;
    this.#cancel = clock.after(limits.sweepIntervalMs, () => {
      this.#running = this.sweep()
        .catch((error: unknown) => log.error("Deadlines could not be swept", { error }))
        .finally(() => {
          this.#running = undefined;
          if (!this.#stopped) this.#plan();
        });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#running;
  }

  /** Those that cannot be ended stay due for ever, and must not hide the ones behind them. */
  async sweep(): Promise<number> {
    const { views, environment, catchUp } = this.#parts;
    const { clock, limits } = environment;
    await catchUp?.();
    const now = clock.now();
    let seen = 0;
    this.#unreachable = 0;
    do {
      const limit = Math.min(pageMax, limits.sweepDeadlinesMax - seen);
      const query = { filter: { dueAtUntil: now }, order: "dueAt", after: this.#place, limit };
      const { items, next } = await views.list("deadlines", query);
      await this.#endAll(items, now);
      seen += items.length;
      this.#place = next;
    } while (this.#place !== undefined && seen < limits.sweepDeadlinesMax && !this.#stopped);
    return seen;
  }

  async #endAll(due: readonly ViewItem[], now: string): Promise<void> {
    const { bus, environment } = this.#parts;
    const { log } = environment;
    const stubborn = this.#stubborn;
    const from = this.#passed;
    this.#passed = 0;
    for (const [at, item] of due.entries()) {
      if (at < from || !stubborn.isTurnOf(item)) continue;
      try {
        await end({ ...bus, log, stubborn }, item, now);
        this.#unreachable = 0;
      } catch (error) {
        if (error instanceof StoreUnavailable) this.#withoutStore(error, at);
        // One that has a bug must not hold up the others.
        else
          log.error("A deadline could not be ended", { ...item, error, ...stubborn.failed(item) });
      }
    }
  }

  /**
   * With no store none can be ended. But it may be what is stored of these alone that cannot be
   * read: the round that gives up is followed by one that goes on behind them.
   */
  #withoutStore(error: StoreUnavailable, at: number): void {
    const { limits, log } = this.#parts.environment;
    this.#unreachable += 1;
    if (this.#unreachable >= limits.sweepFailuresMax) {
      this.#passed = at + 1;
      throw error;
    }
    if (this.#unreachable > 1) return;
    log.error("A deadline could not be ended for want of the store", { error });
  }
}

/** Ends one deadline; its decider may refuse. */
async function end(
  parts: Pick<Bus, "commands"> & Pick<Environment, "log"> & { readonly stubborn: Stubborn },
  item: ViewItem,
  now: string,
): Promise<void> {
  const { commands, log, stubborn } = parts;
  const result = await commands.execute({
    actor,
    station: String(item.station),
    commands: (states) => [commandOf(item, now, states.station)],
  });
  if (result.status !== "rejected") return stubborn.ended(item);
  log.warn("A deadline could not be ended", { ...item, ...stubborn.failed(item) });
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
