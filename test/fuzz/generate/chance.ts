import { testDice } from "#support/environment";

/** Choices from a seed: the same seed chooses the same. */
export interface Chance {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number;
  between(least: number, most: number): number;
  /** True once in so many times. */
  once(inTimes: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function chanceOf(seed: number): Chance {
  const { below } = testDice(seed);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    once: (inTimes) => below(inTimes) === 0,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
  };
}

/** Picks by weight: a choice of weight 3 comes three times as often as one of weight 1. */
export function weighted<T>(chance: Chance, choices: readonly (readonly [number, T])[]): T {
  const sum = choices.reduce((all, [weight]) => all + weight, 0);
  let left = chance.below(sum);
  for (const [weight, choice] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  throw new Error("nothing to choose from");
}
