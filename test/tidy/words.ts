import { anyTypes, clockAndDice, defaultExports, sockets } from "./allowances.ts";
import { isGenerated, isOurCode, isProduct, isTest, isTidy, matchesAny } from "./paths.ts";
import { findPattern, type Rule } from "./rule.ts";

const except = (list: readonly { files: string }[], path: string) =>
  matchesAny(
    path,
    list.map((one) => one.files),
  );

const isHandwritten = (path: string) => isOurCode(path) && !isGenerated(path);

const clockOrDice = new RegExp(
  [
    /\b(?:Date|performance)\.now\b/,
    /\bnew Date\(/,
    /\bset(?:Timeout|Interval|Immediate)\b/,
    /\bMath\.random\b/,
    /\brandomUUID\b/,
  ]
    .map((one) => one.source)
    .join("|"),
  "g",
);

export const wordRules: readonly Rule[] = [
  {
    name: "only adapters read the clock, wait or throw dice",
    find: (tree) =>
      findPattern(tree, {
        pattern: clockOrDice,
        where: (path) => isProduct(path) && !except(clockAndDice, path),
        problem: ([word]) => `${word}: ask for a Clock, Ids or Dice, or be handed the instant`,
      }),
    bad: [
      { "src/core/a.ts": "const at = Date.now();" },
      { "src/views/a.ts": "const at = new Date(text);" },
      { "src/bus/a.ts": "setTimeout(run, 10);" },
      { "src/ocpp/rpc/a.ts": "const id = crypto.randomUUID();" },
      { "src/event-store/memory.ts": "const dice = Math.random();" },
    ],
    good: [
      { "src/bus/system-clock.ts": "const at = Date.now();" },
      { "src/core/a.ts": '// Date.now() is not ours.\nconst text = "setTimeout";' },
      { "src/bus/a.test.ts": "setTimeout(run, 10);" },
    ],
  },
  {
    name: "only adapters know ws",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\bfrom\s*["']ws["']|import\s*\(?\s*["']ws["']/g,
        wholeText: true,
        where: (path) => isProduct(path) && !except(sockets, path),
        problem: () => "ws is for the gateway and the simulator; use the Socket port",
      }),
    bad: [{ "src/ocpp/rpc/a.ts": 'import type { WebSocket } from "ws";' }],
    good: [{ "src/ocpp/gateway/a.ts": 'import { WebSocketServer } from "ws";' }],
  },
  {
    name: "no work is left as a note in the code",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\b(TODO|FIXME|XXX)\b/g,
        wholeText: true,
        where: (path) => isOurCode(path) && !isTidy(path),
        problem: ([word]) => `${word}: do it, or write it in the tracker`,
      }),
    bad: [{ "src/bus/a.ts": "// TODO later" }, { "tools/a.mjs": "/* FIXME */" }],
    good: [{ "src/bus/a.ts": "const todos = 1;" }],
  },
  {
    name: "no default exports",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\bexport\s+default\b|\bas\s+default\b/g,
        where: (path) => isHandwritten(path) && !except(defaultExports, path),
        problem: () => "give it a name",
      }),
    bad: [
      { "src/bus/a.ts": "export default function a() {}" },
      { "src/bus/a.ts": "export { a as default };" },
    ],
    good: [{ "vitest.config.ts": "export default {};" }],
  },
  {
    name: "no enum and no namespace",
    find: (tree) =>
      findPattern(tree, {
        pattern: /^\s*(?:export\s+|declare\s+|const\s+)*(enum|namespace)\s+\w/gm,
        where: isHandwritten,
        problem: (match) => `${match[1]}: the sources must run as they are; use a union, a module`,
      }),
    bad: [
      { "src/bus/a.ts": "export enum A { B }" },
      { "src/bus/a.ts": "const enum A { B }" },
      { "src/bus/a.ts": "declare namespace A {}" },
    ],
    good: [{ "src/bus/a.ts": 'const schema = { enum: ["a"] };' }],
  },
  {
    name: "no any",
    find: (tree) =>
      findPattern(tree, {
        pattern: /(?<![.\w$])any(?![\w$(:?])/g,
        where: (path) => isHandwritten(path) && /\.tsx?$/.test(path) && !except(anyTypes, path),
        problem: () => "any: say unknown and narrow it, or say what it is",
      }),
    bad: [
      { "src/bus/a.ts": "const a = b as any;" },
      { "src/bus/a.ts": "function a(b: any[]) {}" },
      { "src/bus/a.ts": "const a: Map<string, any> = b;" },
    ],
    good: [{ "src/bus/a.ts": "await Promise.any(a); // any\nconst b = anything;" }],
  },
  {
    name: "no test is skipped, alone or still to be written",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\b(describe|it|test|suite|bench)\.(skip|only|todo)\b|\bx(it|describe|test)\(/g,
        where: (path) => isTest(path) || (path.startsWith("test/") && path.endsWith(".ts")),
        problem: ([word]) => `${word}: a test runs, or it is not there`,
      }),
    bad: [
      { "src/bus/a.test.ts": 'it.skip("a", () => {});' },
      { "test/support/a.ts": 'describe.only("a", () => {});' },
      { "test/e2e/a.e2e.test.ts": 'it.todo("a");' },
    ],
    good: [{ "src/bus/a.test.ts": 'it("a", () => {});' }],
  },
  {
    name: "the product names no package registry and no machine of ours",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|\bnpmjs\.(org|com)|\/(work|root|home)\/\w+/g,
        wholeText: true,
        where: (path) => !isTidy(path),
        problem: ([word]) => `${word} is of no concern to who reads this`,
      }),
    bad: [
      { "package-lock.json": '"resolved": "https://registry.example.org/ws-8.tgz"' },
      { "README.md": "run it in /home/ada" },
    ],
    good: [{ "README.md": "npm config get registry; framework/main; ~/motown" }],
  },
];
