// One agenda for a whole fleet: a heap of what is due, and a single timer of the process for the
// earliest entry. Tests and simulations wind a virtual clock instead.
import { Agenda, type Timer } from "./agenda.ts";

export type { Timer };

/** The clock that everything in the simulator lives by. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  after(milliseconds: number, run: () => void): Timer;
}

/** A clock that stands still until it is wound. */
export interface VirtualTime extends Time {
  /** Lets time pass, step by step, with all that becomes due; promises settle in between. */
  advance(milliseconds: number): Promise<void>;
}

/** The longest nap of the process's timer; it takes no longer ones than 24 days. */
const napMsMax = 60_000;

/** The clock on the wall. It never runs backwards. */
export function realTime(): Time {
  const agenda = new Agenda();
  const base = Date.now() - performance.now();
  const now = () => Math.floor(base + performance.now());
  let timer: NodeJS.Timeout | undefined;
  let wakeAt = Number.POSITIVE_INFINITY;
  const arm = () => {
    const next = agenda.nextAt();
    if (next === undefined || next >= wakeAt) return;
    clearTimeout(timer);
    wakeAt = Math.min(next, now() + napMsMax);
    timer = setTimeout(wake, Math.max(1, wakeAt - now()));
  };
  const wake = () => {
    wakeAt = Number.POSITIVE_INFINITY;
    agenda.runDue(now());
    arm();
  };
  return {
    now,
    after(milliseconds, run) {
      const entry = agenda.add(now() + Math.max(0, milliseconds), run);
      arm();
      return entry;
    },
  };
}

/** A clock for tests: the same run gives the same result. */
export function virtualTime(startsAt = "2026-01-01T00:00:00.000Z"): VirtualTime {
  const agenda = new Agenda();
  let now = Date.parse(startsAt);
  return {
    now: () => now,
    after: (milliseconds, run) => agenda.add(now + Math.max(0, milliseconds), run),
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (let next = agenda.nextAt(); next !== undefined && next <= end; next = agenda.nextAt()) {
        now = Math.max(now, next);
        agenda.runDue(now);
        await settle();
      }
      now = end;
    },
  };
}

/** Resolves when all promises that can settle by themselves have settled. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
