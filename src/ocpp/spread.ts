import type { Dice } from "#bus";

/** What seconds are for: their limits say how far they may be from what is set. */
export type SpreadOf = "heartbeat" | "retry";

/** Whole seconds around the given ones, never none where some were given. */
export function spreadSeconds(
  parts: {
    readonly dice: Dice;
    readonly limits: {
      readonly heartbeatSpreadPercent: number;
      readonly retrySpreadPercent: number;
    };
  },
  seconds: number,
  of: SpreadOf,
): number {
  const { dice, limits } = parts;
  const percent = of === "heartbeat" ? limits.heartbeatSpreadPercent : limits.retrySpreadPercent;
  const most = Math.floor((seconds * percent) / 100);
  if (most <= 0) return seconds;
  return Math.max(1, seconds - most + dice.below(2 * most + 1));
}
