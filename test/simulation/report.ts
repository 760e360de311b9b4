import { invariants } from "./checks/violations.ts";
import { checkedOut } from "./commit.ts";
import type { RunOptions, RunResult } from "./run.ts";

/** How the number of nodes is said on the command line. */
export function nodesFlag(nodes: RunOptions["nodes"]): string {
  return nodes === undefined ? "" : ` --nodes ${nodes}`;
}

/** What a failed seed says: what is broken, and the one command that shows it again. */
export function failureText({ seed, violations }: RunResult, flags = ""): string {
  const [first] = violations;
  if (first === undefined) return `seed ${seed}: nothing is broken`;
  return [
    `seed ${seed}: ${first.invariant}: ${invariants[first.invariant]}`,
    `  ${first.detail}`,
    `  at ${first.at}, step ${first.step}, commit ${checkedOut()}`,
    `  npm run simulate:long -- --seed ${seed}${flags}`,
  ].join("\n");
}

/** The sums of many seeds. */
export class Totals {
  seeds = 0;
  failed = 0;
  steps = 0;
  virtualMs = 0;
  readonly faults = new Map<string, number>();
  readonly counts = new Map<string, number>();

  add({ violations, steps, virtualMs, faults, counts }: RunResult): void {
    this.seeds += 1;
    if (violations.length > 0) this.failed += 1;
    this.steps += steps;
    this.virtualMs += virtualMs;
    for (const [name, count] of faults) sum(this.faults, name, count);
    for (const [name, count] of Object.entries(counts)) sum(this.counts, name, count);
  }

  /** One line, for whoever waits. */
  line(seconds: number): string {
    const rate = (this.seeds / seconds).toFixed(1);
    const days = (this.virtualMs / 86_400_000).toFixed(1);
    return `${this.seeds} seeds, ${this.failed} failed, ${rate}/s, ${days} virtual days`;
  }

  table(seconds: number): string {
    const rows = [
      ["seeds", this.seeds],
      ["failed", this.failed],
      ["seconds", Math.round(seconds)],
      ["virtual hours", Math.round(this.virtualMs / 3_600_000)],
      ["steps", this.steps],
      ...this.counts,
      ["kWh", Math.round((this.counts.get("wh") ?? 0) / 1000)],
      ["", ""],
      ["fault", "times"],
      ...[...this.faults].sort(([one], [other]) => (one < other ? -1 : 1)),
    ] as const;
    return rows
      .map(([name, value]) => `${name.padEnd(28)} ${String(value).padStart(12)}`)
      .join("\n");
  }
}

function sum(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
