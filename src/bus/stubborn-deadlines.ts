import type { Environment } from "./bus.ts";
import { createLru } from "./lru.ts";
import type { ViewItem } from "./ports/view-reader.ts";

interface Failures {
  readonly count: number;
  /** Monotonic milliseconds until which it is left alone. */
  readonly untilMs: number;
}

/** Remembers what could not be ended, and when it is its turn again. */
export type Stubborn = ReturnType<typeof createStubborn>;

/**
 * Deadlines that could not be ended. Each is tried again after twice the time of its last wait:
 * tried in every round, some hundreds of them would fill log and disk with nothing else.
 */
export function createStubborn({ clock, limits }: Pick<Environment, "clock" | "limits">) {
  const failures = createLru<string, Failures>(limits.stubbornDeadlinesMax);
  const nameOf = ({ kind, id }: ViewItem) => `${kind} ${id}`;
  return {
    isTurnOf: (item: ViewItem) => (failures.get(nameOf(item))?.untilMs ?? 0) <= clock.monotonicMs(),
    ended: (item: ViewItem): void => failures.delete(nameOf(item)),
    /** What the log is told of it. */
    failed: (item: ViewItem) => {
      const count = (failures.get(nameOf(item))?.count ?? 0) + 1;
      const waitMs = Math.min(limits.sweepIntervalMs * 2 ** count, limits.stubbornDeadlineMs);
      failures.set(nameOf(item), { count, untilMs: clock.monotonicMs() + waitMs });
      return { attempts: count, againAfterMs: waitMs };
    },
  };
}
