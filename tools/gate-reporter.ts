import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import type { SuiteRun } from "./gate-report.ts";

/** Writes what each suite did, as JSON, to the file named by MOTOWN_GATE_RESULTS. */
export default class GateReporter implements Reporter {
  readonly #queuedAt = new Map<string, number>();
  readonly #endedAt = new Map<string, number>();

  onTestModuleQueued(module: TestModule): void {
    const suite = module.project.name;
    if (!this.#queuedAt.has(suite)) this.#queuedAt.set(suite, performance.now());
  }

  onTestModuleEnd(module: TestModule): void {
    this.#endedAt.set(module.project.name, performance.now());
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const runs = new Map<string, SuiteRun>();
    for (const module of modules) {
      const suite = module.project.name;
      const run = runs.get(suite) ?? { suite, seconds: this.#seconds(suite), ...noTests() };
      runs.set(suite, add(run, module));
    }
    const errors = unhandled.map((error) => error.message);
    const file = process.env["MOTOWN_GATE_RESULTS"];
    if (file) writeFileSync(file, JSON.stringify({ runs: [...runs.values()], errors }));
  }

  #seconds(suite: string): number {
    const [from, to] = [this.#queuedAt.get(suite), this.#endedAt.get(suite)];
    return from === undefined || to === undefined ? 0 : (to - from) / 1000;
  }
}

const noTests = () => ({ passed: 0, failures: [] as string[], skipped: [] as string[] });

function add(run: SuiteRun, module: TestModule): SuiteRun {
  const sum = { ...run, failures: [...run.failures], skipped: [...run.skipped] };
  for (const test of module.children.allTests()) {
    const name = `${module.relativeModuleId} > ${test.fullName}`;
    const { state } = test.result();
    if (state === "passed") sum.passed += 1;
    else if (state === "skipped") sum.skipped.push(name);
    else sum.failures.push(name);
  }
  // A file that does not load, or a hook that throws, holds no failed test; it is one itself.
  const broken = module.errors().length > 0;
  const brokenGroups = [...module.children.allSuites()].filter(
    (group) => group.errors().length > 0,
  );
  if (broken) sum.failures.push(`${module.relativeModuleId} (the file itself)`);
  for (const group of brokenGroups) {
    sum.failures.push(`${module.relativeModuleId} > ${group.fullName} (its hooks)`);
  }
  return sum;
}
