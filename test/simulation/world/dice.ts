// All chance of a world comes from its seed, by a name for each use: what one station draws does
// not change another's luck.
import type { Ids, Dice as ProductDice } from "#bus";
import { diceOf } from "#simulator";

/** Dice of a seed and a name. */
export type Dice = ReturnType<typeof diceOf> & {
  /** From the lowest up to the highest, any number between. */
  real(lowest: number, highest: number): number;
  /** Milliseconds around a mean, mostly shorter, at times much longer (exponential). */
  around(mean: number): number;
};

export function namedDice(seed: number, name: string): Dice {
  const dice = diceOf(seed, name);
  // The first numbers of neighbouring seeds are alike.
  for (let turn = 0; turn < 4; turn++) dice.next();
  return {
    ...dice,
    real: (lowest, highest) => lowest + dice.next() * (highest - lowest),
    around: (mean) => -Math.log(1 - dice.next()) * mean,
  };
}

/** The product's dice. */
export function productDice(dice: Dice): ProductDice {
  return {
    below: (limit) => Math.floor(dice.next() * limit),
    hex: (bytes) =>
      Array.from({ length: bytes }, () => dice.between(0, 255).toString(16).padStart(2, "0")).join(
        "",
      ),
  };
}

/** Ids as the product's: in the order of their making, unlike any other of this world. */
export function productIds(dice: Dice, now: () => number): Ids {
  let count = 0;
  return {
    next: () => {
      count += 1;
      const time = Math.floor(now()).toString(16).padStart(12, "0");
      const turn = (count % 4096).toString(16).padStart(3, "0");
      const chance = `${dice.word()}${dice.word()}`;
      const variant = `8${chance.slice(0, 3)}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-7${turn}-${variant}-${chance.slice(3, 15)}`;
    },
  };
}

/** An instant of the world as text. */
export function instantText(ms: number): string {
  return new Date(Math.floor(ms)).toISOString();
}
