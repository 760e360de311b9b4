import { type Clock, cipherOf, type Dice, type Environment, type Ids, type Log } from "#bus";
import { type Limits, limitsWith } from "#limits";

/** A clock that stands still until it is moved; `advance` runs what has become due, in order. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
  /** Timers that wait. */
  readonly waiting: number;
}

export function testClock(start = "2026-05-04T10:00:00.000Z"): TestClock {
  let now = Date.parse(start);
  const begin = now;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => new Date(now).toISOString(),
    monotonicMs: () => now - begin,
    get waiting() {
      return timers.length;
    },
    after: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (milliseconds) => {
      const until = now + milliseconds;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = until;
    },
  };
}

/** Ids that count, so that a test can name them. */
export function testIds(prefix = "id"): Ids {
  let count = 0;
  return { next: () => `${prefix}-${String(++count).padStart(6, "0")}` };
}

/** Dice from a seed (mulberry32). */
export function testDice(seed = 1): Dice {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    below: (limit) => next() % limit,
    hex: (bytes) =>
      Array.from({ length: bytes }, () => (next() & 255).toString(16).padStart(2, "0")).join(""),
  };
}

/** A log that keeps its lines. */
export interface TestLog extends Log {
  readonly lines: readonly {
    readonly level: string;
    readonly message: string;
    readonly fields?: Readonly<Record<string, unknown>> | undefined;
  }[];
}

export function testLog(): TestLog {
  const lines: {
    level: string;
    message: string;
    fields?: Readonly<Record<string, unknown>> | undefined;
  }[] = [];
  const line = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    lines.push({ level, message, fields });
  };
  return {
    lines,
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
  };
}

/** Everything a room is given, for a test: time stands still, dice are seeded. */
export function testEnvironment(limits: Partial<Limits> = {}) {
  return {
    clock: testClock(),
    ids: testIds(),
    dice: testDice(),
    cipher: cipherOf(Buffer.alloc(32, 7)),
    limits: limitsWith(limits),
    log: testLog(),
  } satisfies Environment;
}
