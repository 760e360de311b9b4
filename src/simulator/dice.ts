/** Chance that can be repeated: the same seed gives the same run. */
export interface Dice {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  strikes(probability: number): boolean;
  /** Eight characters for an id. */
  word(): string;
}

/** Dice of a seed and a name, so that what one station draws does not change another's luck. */
export function diceOf(seed: number, name: string): Dice {
  let state = seed >>> 0;
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  // Mulberry32: small, quick and even enough for a simulation.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (lowest, highest) => lowest + Math.floor(next() * (highest - lowest + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    strikes: (probability) => probability > 0 && next() < probability,
    word: () =>
      Math.floor(next() * 4_294_967_296)
        .toString(16)
        .padStart(8, "0"),
  };
}
