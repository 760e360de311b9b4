// A text that nobody asks for is translated for nothing, and read by everybody who looks for one.
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { en } from "../../console/src/strings/en/index.ts";

const sources = resolve(import.meta.dirname, "../../console/src");

/** What the console is made of, besides its texts and its tests. */
const code = globSync("**/*.{ts,tsx}", { cwd: sources })
  .filter((file) => !/^strings\/(en|nl|de)\/|\.test\.ts$/.test(file))
  .map((file) => readFileSync(join(sources, file), "utf8"))
  .join("\n");

/** The names of texts that are written out. */
const asked = new Set([...code.matchAll(/"([\w.]+)"/g)].map(([, key = ""]) => key));

/** Of those that are composed, as `state.${word}`, all are asked for: a prefix has no others. */
const prefixes = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map(([, prefix = ""]) => prefix);

it("are all asked for somewhere", () => {
  const composed = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
  expect(Object.keys(en).filter((key) => !asked.has(key) && !composed(key))).toEqual([]);
});
