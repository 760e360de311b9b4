import type { Clock } from "#bus";

/**
 * Large frames of all stations share one line of so many bytes a second: reading one costs
 * milliseconds in which nobody else is served. Whoever has sent one is read on when the line has
 * passed it; one station alone hardly notices, hundreds at once wait for each other and for nobody
 * else.
 */
export interface Pacing {
  /** Milliseconds for which who has sent so many bytes is not read. */
  waitMs(bytes: number): number;
}

/** Smaller frames pass. */
export const bulkBytesMin = 65_536;

export function createPacing(
  clock: Clock,
  limits: { readonly bulkBytesPerSecondMax: number },
): Pacing {
  let freeAtMs = 0;
  return {
    waitMs: (bytes) => {
      const now = clock.monotonicMs();
      freeAtMs = Math.max(now, freeAtMs) + (1000 * bytes) / limits.bulkBytesPerSecondMax;
      return freeAtMs - now;
    },
  };
}
