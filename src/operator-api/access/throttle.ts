import { type Clock, createLru } from "#bus";
import type { Limits } from "#limits";

/** Somebody who tries, and how often he may fail. */
export interface Attempt {
  readonly who: string;
  readonly most: number;
}

/** Counts failed attempts and says when somebody has to wait. */
export interface Throttle {
  /** Seconds to wait; 0: go on. */
  waitSeconds(attempt: Attempt): number;
  failed(who: string): void;
  succeeded(who: string): void;
}

export function createThrottle(parts: {
  readonly clock: Clock;
  readonly limits: Limits;
}): Throttle {
  const { clock, limits } = parts;
  const counts = createLru<string, { failures: number; since: number }>(limits.principalCacheMax);
  return {
    waitSeconds: ({ who, most }) => {
      const count = counts.get(who);
      if (count === undefined || count.failures < most) return 0;
      const left = count.since + limits.loginFailuresMs - clock.monotonicMs();
      if (left > 0) return Math.ceil(left / 1000);
      counts.delete(who);
      return 0;
    },
    failed: (who) => {
      const failures = (counts.get(who)?.failures ?? 0) + 1;
      counts.set(who, { failures, since: clock.monotonicMs() });
    },
    succeeded: (who) => counts.delete(who),
  };
}
