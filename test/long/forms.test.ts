import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandLine, longForms } from "./forms.ts";

const root = join(import.meta.dirname, "..", "..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

it.each(longForms.map((form) => [commandLine(form), form] as const))(
  "%s names a script that there is",
  (_line, { command: [script, , bench] }) => {
    expect(Object.keys(scripts)).toContain(script);
    // A bench is a file of its own, which its first argument names.
    if (script === "bench") expect(existsSync(join(root, "bench", `${bench}.ts`))).toBe(true);
  },
);

it("names each form once", () => {
  expect(new Set(longForms.map(({ name }) => name)).size).toBe(longForms.length);
});
