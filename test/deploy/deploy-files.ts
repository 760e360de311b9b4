import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { limitSettings, settingTable, variableOf } from "../../src/main/setting-table.ts";

const root = join(import.meta.dirname, "../..");

/** A file of the project. */
export function fileText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A YAML file of the project, anchors and merges resolved. */
export function yamlOf<Content>(path: string): Content {
  return parse(fileText(path), { merge: true }) as Content;
}

const settings = Object.entries({ ...settingTable, ...limitSettings });
const known = new Set([
  "MOTOWN_CONFIG",
  "MOTOWN_ADD_ONS",
  ...settings.map(([name]) => variableOf(name)),
  ...settings.flatMap(([name, row]) =>
    "secret" in row && row.secret === true ? [`${variableOf(name)}_FILE`] : [],
  ),
]);

/** Those of the names that no Motown would read. */
export function unknownVariables(names: readonly string[]): readonly string[] {
  return names.filter((name) => !known.has(name));
}

/** All names of the form `MOTOWN_…` in a text. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set(text.match(/\bMOTOWN_[A-Z0-9_]*[A-Z0-9]\b/g) ?? [])];
}
