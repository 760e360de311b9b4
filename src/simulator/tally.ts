import { limits } from "./limits.ts";

/** What a fleet counts. */
export interface Counts {
  calls: number;
  answered: number;
  callErrors: number;
  timeouts: number;
  violations: number;
  lostSockets: number;
  stationsCalled: number;
  dropped: number;
}

/** One count for all stations of a fleet, with the latencies of the CSMS's answers. */
export class Tally {
  readonly counts: Counts = {
    calls: 0,
    answered: 0,
    callErrors: 0,
    timeouts: 0,
    violations: 0,
    lostSockets: 0,
    stationsCalled: 0,
    dropped: 0,
  };
  /** What went wrong, in words; the first of them. */
  readonly problems: string[] = [];
  /** Answers by latency, each bucket 7 % wider than the one before. */
  readonly #latencies = new Array<number>(bucketsMax).fill(0);

  add(name: keyof Counts): void {
    this.counts[name] += 1;
  }

  problem(name: keyof Counts, sentence: string): void {
    this.add(name);
    if (this.problems.length < limits.problemsMax) this.problems.push(sentence);
  }

  answeredAfter(milliseconds: number): void {
    this.add("answered");
    const at = Math.ceil(Math.log(Math.max(1, milliseconds)) / Math.log(growth));
    const bucket = Math.min(bucketsMax - 1, at);
    this.#latencies[bucket] = (this.#latencies[bucket] ?? 0) + 1;
  }

  /** The latency in ms that this part of the answers stayed below. */
  quantile(part: number): number {
    let left = this.counts.answered * part;
    for (const [bucket, count] of this.#latencies.entries()) {
      left -= count;
      if (left <= 0) return Math.round(growth ** bucket);
    }
    return 0;
  }

  /** All that makes a run fail, if the faults asked for do not explain it. */
  errors(): number {
    const { callErrors, timeouts, violations, dropped } = this.counts;
    return callErrors + timeouts + violations + dropped;
  }
}

const growth = 1.07;
const bucketsMax = 180;
