import type { Clock } from "#bus";
import type { StationKey } from "#core";

/** Two stations of one id push each other out for ever; this ends it. */
export interface Takeovers {
  /** Whether one more takeover is allowed this minute; counts it if so. */
  allow(key: StationKey): boolean;
}

const minuteMs = 60_000;
/** Stations in a minute; beyond, the oldest start counting anew. */
const stationsMax = 10_000;

export function createTakeovers(
  clock: Clock,
  limits: { readonly takeoversPerMinuteMax: number },
): Takeovers {
  const counts = new Map<StationKey, { readonly sinceMs: number; count: number }>();
  return {
    allow: (key) => {
      const now = clock.monotonicMs();
      const known = counts.get(key);
      if (known === undefined || now - known.sinceMs >= minuteMs) {
        counts.delete(key);
        counts.set(key, { sinceMs: now, count: 1 });
        const oldest = counts.size > stationsMax ? counts.keys().next().value : undefined;
        if (oldest !== undefined) counts.delete(oldest);
        return limits.takeoversPerMinuteMax > 0;
      }
      if (known.count >= limits.takeoversPerMinuteMax) return false;
      known.count += 1;
      return true;
    },
  };
}
