import { type Suite, suites } from "../budget.ts";
import { entryPoints } from "./allowances.ts";
import { isConsole, isGenerated, isProduct, isTest, matchesAny } from "./paths.ts";
import { resolveImport } from "./rooms.ts";
import type { Finding, Rule } from "./rule.ts";
import { importsOf, type SourceFile } from "./source.ts";

function deadFiles(tree: readonly SourceFile[]): Finding[] {
  const alive = new Set(
    tree
      .filter((file) => /\.(tsx?|mjs|js)$/.test(file.path) && !isTest(file.path))
      .flatMap((file) => importsOf(file).map(({ target }) => resolveImport(file.path, target))),
  );
  const starts = entryPoints.map((entry) => entry.files);
  return tree
    .filter(({ path }) => isProduct(path) || isConsole(path) || isGeneratedProduct(path))
    .filter(({ path }) => !alive.has(path) && !matchesAny(path, starts))
    .map(({ path }) => ({
      path,
      line: 1,
      problem: "nothing but perhaps a test imports this file",
    }));
}

const isGeneratedProduct = (path: string) => isGenerated(path) && /^(src|console)\//.test(path);

function suitesOf(path: string): string[] {
  return Object.entries<Suite>(suites)
    .filter(([, suite]) => matchesAny(path, suite.files ?? []))
    .filter(([, suite]) => !matchesAny(path, suite.except ?? []))
    .map(([name]) => name);
}

function testsOutsideSuites(tree: readonly SourceFile[]): Finding[] {
  return tree
    .filter(({ path }) => isTest(path))
    .flatMap(({ path }) => {
      const mine = suitesOf(path);
      if (mine.length === 1) return [];
      const problem = `belongs to ${mine.length === 0 ? "no suite" : mine.join(" and ")}`;
      return [{ path, line: 1, problem: `${problem}; the suites are in test/budget.ts` }];
    });
}

interface LockEntry {
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
}

function lockProblems(tree: readonly SourceFile[]): Finding[] {
  return tree
    .filter(({ path }) => path === "package-lock.json")
    .flatMap(({ path, text }) => {
      const lock: { packages: Record<string, LockEntry> } = JSON.parse(text);
      return Object.entries(lock.packages).flatMap(([name, entry]) => {
        const problem = lockProblem(entry);
        return problem ? [{ path, line: 1, problem: `${name} ${problem}` }] : [];
      });
    });
}

function lockProblem(entry: LockEntry): string | undefined {
  if (entry.hasInstallScript) return "runs a script when it is installed; find another package";
  if (entry.resolved?.startsWith("http")) return "says where it was downloaded; .npmrc forbids it";
  return undefined;
}

function ciProblems(tree: readonly SourceFile[]): Finding[] {
  return tree
    .filter(
      ({ path, text }) => path === ".ci/run" && text !== "#!/usr/bin/env bash\nexec npm test\n",
    )
    .map(({ path }) => ({ path, line: 1, problem: "must be exactly: exec npm test" }));
}

export const wholeRules: readonly Rule[] = [
  {
    name: "no file of the product is dead",
    find: deadFiles,
    bad: [
      { "src/bus/lonely.ts": "" },
      { "console/src/parts/lonely.tsx": "" },
      { "src/bus/lonely.ts": "", "src/bus/lonely.test.ts": 'import "./lonely.ts";' },
      { "src/bus/lonely.ts": "", "src/bus/a.ts": '// import "./lonely.ts";' },
    ],
    good: [
      {
        "src/main.ts": 'import "#bus";\nimport "#ocpp/gateway";',
        "src/bus/index.ts": 'export { a } from "./a.ts";',
        "src/bus/a.ts": 'new Worker(new URL("./worker.ts", import.meta.url));',
        "src/bus/worker.ts": "",
        "src/ocpp/gateway/index.ts": "",
      },
    ],
  },
  {
    name: "every test belongs to exactly one suite",
    find: testsOutsideSuites,
    bad: [{ "docs/a.test.ts": "" }],
    good: [
      {
        "src/bus/a.test.ts": "",
        "src/bus/a.int.test.ts": "",
        "test/conformance/a.test.ts": "",
        "test/conformance/a.int.test.ts": "",
        "test/simulation/a.test.ts": "",
        "test/simulation/a.int.test.ts": "",
        "test/e2e/a.e2e.test.ts": "",
        "test/support/a.test.ts": "",
        "test/tidy.test.ts": "",
        "test/tidy/source.test.ts": "",
        "tools/a.int.test.ts": "",
      },
    ],
  },
  {
    name: "the suites' budgets add up to 840 seconds at most",
    find: () => {
      const sum = Object.values<Suite>(suites).reduce((total, { seconds }) => total + seconds, 0);
      return sum <= 840 ? [] : [{ path: "test/budget.ts", line: 1, problem: `${sum} s in all` }];
    },
    bad: [],
    good: [{}],
  },
  {
    name: "no dependency runs a script when installed",
    find: lockProblems,
    bad: [
      { "package-lock.json": '{"packages":{"node_modules/a":{"hasInstallScript":true}}}' },
      { "package-lock.json": '{"packages":{"node_modules/a":{"resolved":"https://x/a.tgz"}}}' },
    ],
    good: [{ "package-lock.json": '{"packages":{"":{},"node_modules/a":{"version":"1.0.0"}}}' }],
  },
  {
    name: "continuous integration runs exactly npm test",
    find: ciProblems,
    bad: [{ ".ci/run": "#!/usr/bin/env bash\nnpm run build && npm test\n" }],
    good: [{ ".ci/run": "#!/usr/bin/env bash\nexec npm test\n" }],
  },
];
