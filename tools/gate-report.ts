import { type Suite, type SuiteName, suites } from "../test/budget.ts";

/** What one suite did. */
export interface SuiteRun {
  readonly suite: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
}

/** What the whole gate did, in words, and the code to exit with. */
export interface GateReport {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1;
}

/** Sums up a run. A suite over its budget, or an error outside every test, counts as a failure. */
export function gateReport(runs: readonly SuiteRun[], errors: readonly string[] = []): GateReport {
  const slow = runs.filter((run) => run.seconds > budgetOf(run.suite)).map(tooSlow);
  const failures = [...runs.flatMap((run) => run.failures), ...errors, ...slow];
  const skipped = runs.flatMap((run) => run.skipped);
  const passed = runs.reduce((sum, run) => sum + run.passed, 0);
  return {
    lines: [
      "",
      ...table(runs),
      ...listed("Skipped", skipped),
      ...listed("Failed", failures),
      "",
      `${passed} passed, ${failures.length} failed`,
    ],
    exitCode: failures.length > 0 || passed === 0 ? 1 : 0,
  };
}

function budgetOf(suite: string): number {
  const known: Suite | undefined = suites[suite as SuiteName];
  return known?.seconds ?? 0;
}

function tooSlow(run: SuiteRun): string {
  const allowed = budgetOf(run.suite);
  return `${run.suite} took ${run.seconds.toFixed(1)} s; test/budget.ts allows ${allowed} s`;
}

function table(runs: readonly SuiteRun[]): string[] {
  const rows = runs.map((run) => [
    run.suite,
    String(run.passed),
    String(run.failures.length),
    run.seconds.toFixed(1),
    String(budgetOf(run.suite)),
  ]);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0).toFixed(1);
  const allowed = runs.reduce((sum, run) => sum + budgetOf(run.suite), 0);
  const head = ["suite", "passed", "failed", "seconds", "budget"];
  return [head, ...rows, ["all", "", "", seconds, String(allowed)]].map((cells) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(14) : cell.padStart(9))).join(""),
  );
}

function listed(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : ["", `${title}:`, ...names.map((name) => `  ${name}`)];
}
