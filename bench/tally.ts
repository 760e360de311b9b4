/** What became of a call. `rejected`: answered, but with another status than Accepted. */
export type Outcome = (typeof outcomes)[number];

export const outcomes = ["ok", "rejected", "callError", "timeout", "closed"] as const;

export type OutcomeCounts = Record<Outcome, number>;

/** Milliseconds; null where nothing was measured. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export const noOutcomes = (): OutcomeCounts => ({
  ok: 0,
  rejected: 0,
  callError: 0,
  timeout: 0,
  closed: 0,
});

/** Latencies and outcomes of one kind of call. */
export interface KindTally extends Percentiles {
  readonly outcomes: OutcomeCounts;
}

/** Counts calls by kind: outcomes from the start, latencies while measuring. */
export class Tally {
  measuring = false;
  /** Answered calls while measuring. */
  measured = 0;
  /** From the first call to the last, warm-up and end included. */
  readonly whole = noOutcomes();
  readonly errors = new Map<string, number>();
  readonly #kinds = new Map<string, { latencies: number[]; outcomes: OutcomeCounts }>();

  add(call: { kind: string; outcome: Outcome; ms: number; detail: string }): void {
    this.whole[call.outcome] += 1;
    if (call.outcome !== "ok") this.problem(`${call.kind} ${call.outcome} ${call.detail}`);
    if (!this.measuring) return;
    let kind = this.#kinds.get(call.kind);
    if (kind === undefined) {
      kind = { latencies: [], outcomes: noOutcomes() };
      this.#kinds.set(call.kind, kind);
    }
    kind.outcomes[call.outcome] += 1;
    if (call.outcome !== "ok" && call.outcome !== "rejected") return;
    kind.latencies.push(call.ms);
    this.measured += 1;
  }

  problem(text: string): void {
    const short = text.trim().slice(0, 160);
    this.errors.set(short, (this.errors.get(short) ?? 0) + 1);
  }

  overall(): Percentiles {
    return percentiles([...this.#kinds.values()].flatMap(({ latencies }) => latencies));
  }

  perKind(): Record<string, KindTally> {
    return Object.fromEntries(
      [...this.#kinds].map(([kind, { latencies, outcomes }]) => [
        kind,
        { ...percentiles(latencies), outcomes },
      ]),
    );
  }
}

export function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (percent: number): number | null => {
    const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
    return value === undefined ? null : rounded(value, 2);
  };
  return { p50: at(50), p95: at(95), p99: at(99), max: at(100) };
}

/** The middle value; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error("no median of nothing");
  return (low + high) / 2;
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
