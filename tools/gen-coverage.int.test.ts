import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coverage, coverageSections } from "./gen-coverage.ts";
import { motownCommands } from "./inventory/motown-commands.ts";
import { motownEvents } from "./inventory/motown-events.ts";

it("has written what the sources say today; if not: npm run gen", () => {
  const written = readFileSync(new URL(`../${coverage.file}`, import.meta.url), "utf8");
  expect(coverage.text()).toBe(written);
});

it("names each command and event of the Java Motown once", () => {
  for (const [list, count] of [
    [motownCommands, 75],
    [motownEvents, 84],
  ] as const) {
    expect(new Set(list.map((entry) => entry.motown)).size).toBe(count);
    expect(list).toHaveLength(count);
  }
});

describe("nothing is missing", () => {
  it.each(coverageSections().map((section) => [section.title.split(":", 1)[0], section]))(
    "%s",
    (_title, section) => {
      expect(section).toMatchObject({ missing: [] });
    },
  );
});
