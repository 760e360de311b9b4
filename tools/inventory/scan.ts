// What the sources say of themselves, so that the coverage cannot go stale.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of ours, by its path inside the project. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** All TypeScript files in a folder of the project, in the order of their paths. */
export function sourcesIn(folder: string): readonly Source[] {
  return readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") }));
}

export const isTest = ({ path }: Source): boolean => path.endsWith(".test.ts");

/** Where the row of a command or an event is written. */
export function rowFile(sources: readonly Source[], name: string): string | undefined {
  const makers = "command|asking|commandRows|event|requested|eventRows|numbered";
  const row = new RegExp(`\\b${name}: (?:${makers})\\b`);
  return sources.find((source) => !isTest(source) && row.test(source.text))?.path;
}

/** Tests that tell of a command, by the title of a `describe`; those beside its row come first. */
export function storiesOfCommand(sources: readonly Source[], name: string): readonly string[] {
  return pathsWith(sources, `describe\\("${name}"`);
}

/** Tests that name an event. */
export function storiesOfEvent(sources: readonly Source[], name: string): readonly string[] {
  return pathsWith(sources, `"${name}"`);
}

/** Tests that expect a refusal. */
export function storiesOfRejection(sources: readonly Source[], code: string): readonly string[] {
  return pathsWith(sources, `(?:thenRefused|toBe)\\(\\s*"${code}"`);
}

/** Titles of tests that begin with a case's number, for example `TC_004_1 …`. */
export function testsOfCase(
  sources: readonly Source[],
  number: string,
): readonly { readonly path: string; readonly title: string }[] {
  const title = new RegExp(
    `\\b(?:it|test|describe)\\(\\s*(["'\`])(TC_${number}(?![0-9])(?:(?!\\1).)*)`,
    "g",
  );
  return sources
    .filter(isTest)
    .flatMap(({ path, text }) =>
      [...text.matchAll(title)].map((match) => ({ path, title: match[2] ?? "" })),
    );
}

/** Tests that name an action of the wire: quoted, or as a row of a table. */
export function testsOfAction(sources: readonly Source[], action: string): readonly string[] {
  return pathsWith(sources, `["'\`]${action}\\b|\\b${action}: `);
}

function pathsWith(sources: readonly Source[], pattern: string): readonly string[] {
  const wanted = new RegExp(pattern);
  return sources
    .filter((source) => isTest(source) && wanted.test(source.text))
    .map((source) => source.path);
}
