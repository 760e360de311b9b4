import { posix } from "node:path";
import { bigFolders } from "./allowances.ts";
import { functionsIn } from "./functions.ts";
import { isGenerated, isOurCode, isTest } from "./paths.ts";
import type { Finding, Rule } from "./rule.ts";
import { lineAt, type SourceFile } from "./source.ts";

const fileLinesMax = 400;
const testFileLinesMax = 600;
const functionLinesMax = 70;
const lineWidthMax = 100;
/** A test's title is a sentence, and no formatter breaks it. */
const titleWidthMax = 120;
const folderEntriesMax = 25;

const measured = (tree: readonly SourceFile[]) =>
  tree.filter((file) => isOurCode(file.path) && !isGenerated(file.path));

function longFiles(tree: readonly SourceFile[]): Finding[] {
  return measured(tree).flatMap(({ path, text }) => {
    const allowed = path.startsWith("test/") || path.endsWith(".test.ts");
    const most = allowed ? testFileLinesMax : fileLinesMax;
    const lines = text.trimEnd().split("\n").length;
    return lines > most
      ? [{ path, line: most + 1, problem: `${lines} lines; at most ${most}` }]
      : [];
  });
}

function longFunctions(tree: readonly SourceFile[]): Finding[] {
  return measured(tree).flatMap(({ path, code }) =>
    functionsIn(code).flatMap(({ start, end }) => {
      // A describe block, or a contract suite, is a list of tests and no function to understand.
      const isSuite = /\b(describe|it|test)(\.\w+)?\(/.test(code.slice(start, end));
      const line = lineAt(code, start);
      const lines = lineAt(code, end) - line + 1;
      if (lines <= functionLinesMax || (isSuite && /^test\/|\.test\.ts$/.test(path))) return [];
      return [{ path, line, problem: `a function of ${lines} lines; at most ${functionLinesMax}` }];
    }),
  );
}

function longLines(tree: readonly SourceFile[]): Finding[] {
  return measured(tree).flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, at) => {
      // An address cannot be broken, and Biome reads its own notes from one line.
      const unbreakable = /\b(https?|wss?):\/\/|^\s*\/\/ biome-ignore /.test(line);
      const isTitle = isTest(path) && /^\s*(?:it|describe|\]\))\(?["`]/.test(line);
      // A text of the console's catalogues is one sentence or two, and no formatter breaks it.
      const isText = /^console\/src\/strings\/\w\w\//.test(path) && /^\s*"/.test(line);
      const most = isTitle ? titleWidthMax : lineWidthMax;
      if (line.length <= most || unbreakable || isText) return [];
      const problem = `${line.length} characters; at most ${most}`;
      return [{ path, line: at + 1, problem }];
    }),
  );
}

/** Entries per folder; a file and its tests are one entry. */
function bigFoldersIn(tree: readonly SourceFile[]): Finding[] {
  const entries = new Map<string, Set<string>>();
  for (const { path } of measured(tree)) {
    for (let inner = path; inner.includes("/"); inner = posix.dirname(inner)) {
      const folder = posix.dirname(inner);
      const entry = posix.basename(inner).replace(/(\.(int|e2e))?(\.test)?\.tsx?$/, "");
      entries.set(folder, (entries.get(folder) ?? new Set()).add(entry));
    }
  }
  return [...entries].flatMap(([folder, names]) => {
    const most = bigFolders.find((one) => one.folder === folder)?.entries ?? folderEntriesMax;
    if (names.size <= most) return [];
    const problem = `${names.size} entries; at most ${most}: it wants a folder inside`;
    return [{ path: folder, line: 1, problem }];
  });
}

const lines = (count: number, of = "x();") => `${of}\n`.repeat(count);

export const sizeRules: readonly Rule[] = [
  {
    name: `a file has at most ${fileLinesMax} lines, a test ${testFileLinesMax}`,
    find: longFiles,
    bad: [
      { "src/bus/a.ts": lines(401) },
      { "src/bus/a.test.ts": lines(601) },
      { "tools/a.mjs": lines(401) },
    ],
    good: [
      {
        "src/bus/a.ts": lines(400),
        "test/support/a.ts": lines(600),
        "src/ocpp/v1_6/payloads.gen.ts": lines(5000),
      },
    ],
  },
  {
    name: `a function has at most ${functionLinesMax} lines`,
    find: longFunctions,
    bad: [
      { "src/bus/a.ts": `function a(b: string): { c: number } {\n${lines(70)}}` },
      {
        "src/bus/a.ts": `const a = async (): Promise<Map<string, () => void>> => {\n${lines(70)}};`,
      },
      { "src/bus/a.ts": `class A {\n  run<T>(x: T): x is T & B {\n${lines(70)}}\n}` },
      { "src/bus/a.ts": `const a = (b) => ({\n${lines(70, "x: 1,")}});` },
      { "src/bus/a.test.ts": `describe("a", () => {\nit("b", async () => {\n${lines(70)}});\n});` },
    ],
    good: [
      { "src/bus/a.ts": `function a(): void {\n${lines(68)}}` },
      { "src/bus/a.ts": `export const table = {\n${lines(100, "x: 1,")}};` },
      { "src/bus/a.ts": `if (a) {\n${lines(100)}}\nfor (const b of c()) {\n${lines(100)}}` },
      { "src/bus/a.ts": `switch (a) {\ncase f(x): {\n${lines(100)}}\n}` },
      { "src/bus/a.test.ts": `describe("a", () => {\n${lines(100)}it("b", () => {});\n});` },
    ],
  },
  {
    name: `a line has at most ${lineWidthMax} characters`,
    find: longLines,
    bad: [{ "src/bus/a.ts": `// ${"x".repeat(98)}` }],
    good: [
      { "src/bus/a.test.ts": `it("${"x".repeat(100)}", () => {` },
      { "src/bus/a.ts": `// ${"x".repeat(97)}` },
      { "console/src/strings/en/a.ts": `  "a.b": "${"x".repeat(120)}",` },
      { "src/bus/a.ts": `// https://example.org/${"x".repeat(98)}` },
    ],
  },
  {
    name: `a folder has at most ${folderEntriesMax} entries`,
    find: bigFoldersIn,
    bad: [Object.fromEntries(Array.from({ length: 26 }, (_, n) => [`src/bus/a${n}.ts`, ""]))],
    good: [
      Object.fromEntries(
        Array.from({ length: 25 }, (_, n) => [`src/bus/a${n}.ts`, ""]).concat(
          Array.from({ length: 25 }, (_, n) => [`src/bus/a${n}.test.ts`, ""]),
        ),
      ),
    ],
  },
];
