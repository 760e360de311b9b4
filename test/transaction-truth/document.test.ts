import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { reviewReasons } from "#core";
import { groups } from "./cases/index.ts";
import { casesWith, transactionTruth } from "./document.ts";

it("the page says what the cases say; if not: npm run gen", () => {
  const written = readFileSync(new URL(`../../${transactionTruth.file}`, import.meta.url), "utf8");
  expect(transactionTruth.text()).toBe(written);
});

it("every case has a title of its own, and stores something", () => {
  const cases = groups.flatMap((group) => group.cases);
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  expect(cases.filter(({ stored, answered }) => stored.length * answered.length === 0)).toEqual([]);
});

it.each(Object.keys(reviewReasons))("some case raises %s", (reason) => {
  expect(casesWith(reason)).toBeGreaterThan(0);
});
