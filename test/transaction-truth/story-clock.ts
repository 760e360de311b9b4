import { performance } from "node:perf_hooks";
import type { Clock } from "#bus";

/** A calendar that stands still until the story moves it; short waits take their real time. */
export interface StoryClock extends Clock {
  /** It is that late now; time goes on, never back. */
  passTo(instant: string): void;
  /** Another story begins. */
  turnBack(): void;
}

/** Longer than any timer can be: whoever waits so long waits for the end of the story. */
const longest = 2 ** 31 - 1;

export function storyClock(beginning: string): StoryClock {
  let now = beginning;
  return {
    now: () => now,
    monotonicMs: () => performance.now(),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, Math.min(delayMs, longest));
      timer.unref();
      return () => clearTimeout(timer);
    },
    passTo: (instant) => {
      if (instant > now) now = instant;
    },
    turnBack: () => {
      now = beginning;
    },
  };
}
