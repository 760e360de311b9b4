/** How long something took, counted by bounds: cheap to note, and all that a watcher needs. */
export interface Timings {
  /** Upper bounds, in milliseconds; beyond the last one there is one count more. */
  readonly boundsMs: readonly number[];
  /** How often it took at most the bound of the same place, and longer than the one before. */
  readonly counts: readonly number[];
  readonly sumMs: number;
}

/** Timings that are being taken. */
export interface Stopwatch extends Timings {
  add(tookMs: number): void;
}

const usualBoundsMs = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

/** Timings of nothing yet. */
export function createTimings(boundsMs: readonly number[] = usualBoundsMs): Stopwatch {
  const counts = [...boundsMs, 0].map(() => 0);
  let sumMs = 0;
  return {
    ...{ boundsMs, counts },
    get sumMs() {
      return sumMs;
    },
    add: (tookMs) => {
      sumMs += tookMs;
      let place = 0;
      while (place < boundsMs.length && tookMs > (boundsMs[place] as number)) place += 1;
      counts[place] = (counts[place] as number) + 1;
    },
  };
}

/** How often it was done. */
export function timesOf({ counts }: Timings): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Counts by name. */
export interface Tally {
  add(name: string): void;
  counts(): Readonly<Record<string, number>>;
}

const theRest = "other";

/** Counts at zero. Of names that are all different only the first few are told apart. */
export function createTally(namesMax: number): Tally {
  const counts = new Map<string, number>();
  return {
    add: (name) => {
      const known = counts.has(name) || counts.size < namesMax ? name : theRest;
      counts.set(known, (counts.get(known) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(counts),
  };
}
