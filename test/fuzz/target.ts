import type { GrowthBound } from "./growth.ts";

/** Something that went wrong, and what brought it about. */
export interface Fault {
  readonly target: string;
  /** Seed of the round: the same round again comes upon it again. */
  readonly seed: number;
  /** Frames of the round so far. */
  readonly frame: number;
  readonly what: string;
  /** What was said, cut to a length that can be read. */
  readonly sample: string;
}

/** How a round went. */
export interface Round {
  readonly frames: number;
  readonly faults: readonly Fault[];
}

/**
 * Something that is fuzzed in rounds; each begins anew, from its seed, unless it says otherwise.
 */
export interface Target {
  readonly name: string;
  /** Frames of a round. */
  readonly frames: number;
  /** All rounds are one: a fault may need what was said in those before, from the first seed on. */
  readonly goesOn?: true;
  /** Where its growth has a bound of its own. */
  readonly growth?: GrowthBound;
  round(given: { readonly seed: number; readonly frames: number }): Promise<Round>;
  /** Puts away what rounds share. */
  close?(): Promise<void>;
}

const sampleMax = 2_000;
const faultsMax = 20;

/** Collects the faults of a round. */
export interface Findings {
  readonly list: readonly Fault[];
  readonly full: boolean;
  add(given: { readonly what: string; readonly frame: number; readonly sample: string }): void;
}

export function findingsOf(target: string, seed: number): Findings {
  const list: Fault[] = [];
  return {
    list,
    get full() {
      return list.length >= faultsMax;
    },
    add: ({ what, frame, sample }) => {
      if (list.length < faultsMax) {
        list.push({ target, seed, frame, what, sample: shown(sample) });
      }
    },
  };
}

function shown(text: string): string {
  const cut = text.length > sampleMax ? `${text.slice(0, sampleMax)}… (${text.length})` : text;
  return JSON.stringify(cut);
}

/** What a fault is in words: a thrown error with its place. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, place = ""] = (error.stack ?? "").split("\n    at ");
  return `${error.name}: ${error.message} (${place.replace(/\(?.*\/(?=[^/]*$)/, "")})`;
}
