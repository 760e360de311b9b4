// The gate: types, Biome, then every suite of tests. Its last line is "N passed, N failed".
// With arguments only Vitest runs, on the test files whose path holds one of them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngines } from "./engines.ts";
import { gateReport, type SuiteRun } from "./gate-report.ts";

const root = join(import.meta.dirname, "..");
const modules = join(root, "node_modules");

function run(script: string, args: readonly string[], env: Record<string, string> = {}): number {
  const { status } = spawnSync(process.execPath, [join(modules, script), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

interface Check {
  readonly suite: string;
  readonly title: string;
  readonly script: string;
  /** Arguments of each of its runs. */
  readonly runs: readonly (readonly string[])[];
}

/** A tool that says yes or no counts as one test. */
function check({ suite, title, script, runs }: Check): SuiteRun {
  console.log(`\n== ${title}`);
  const startedAt = performance.now();
  const passed = runs.map((args) => run(script, args)).every((status) => status === 0);
  return {
    suite,
    seconds: (performance.now() - startedAt) / 1000,
    passed: passed ? 1 : 0,
    failures: passed ? [] : [`${suite} (see "== ${title}" above)`],
    skipped: [],
  };
}

interface VitestResults {
  readonly runs: readonly SuiteRun[];
  readonly errors: readonly string[];
}

function runTests(args: readonly string[]): VitestResults {
  console.log("\n== Tests");
  const folder = mkdtempSync(join(tmpdir(), "motown-gate-"));
  const results = join(folder, "results.json");
  const reporters = ["--reporter=dot", `--reporter=${join(root, "tools/gate-reporter.ts")}`];
  try {
    const status = run("vitest/vitest.mjs", ["run", ...reporters, ...args], {
      MOTOWN_GATE_RESULTS: results,
    });
    const read: VitestResults = JSON.parse(readFileSync(results, "utf8"));
    const saysWhy = read.errors.length > 0 || read.runs.some((suite) => suite.failures.length > 0);
    return status === 0 || saysWhy
      ? read
      : { ...read, errors: [`Vitest ended with code ${status} although no test failed`] };
  } catch {
    return { runs: [], errors: ["Vitest ended without results (see above)"] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

ensureEngines(console.log);
const filters = process.argv.slice(2);
const checks =
  filters.length > 0
    ? []
    : [
        check({
          suite: "types",
          title: "Types",
          script: "typescript/bin/tsc",
          // The console has a program of its own: a browser's types, and none of Node's modules.
          runs: [["--noEmit"], ["--noEmit", "--project", "console"]],
        }),
        check({
          suite: "biome",
          title: "Format and lint",
          script: "@biomejs/biome/bin/biome",
          runs: [
            [
              "ci",
              "--error-on-warnings",
              "--diagnostic-level=warn",
              ...(process.stdout.isTTY ? [] : ["--colors=off"]),
              ".",
            ],
          ],
        }),
      ];
const tests = runTests(filters);
const report = gateReport([...checks, ...tests.runs], tests.errors);
console.log(report.lines.join("\n"));
process.exitCode = report.exitCode;
