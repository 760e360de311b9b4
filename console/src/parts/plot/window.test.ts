import { expect, it } from "vitest";
import { clockLabels, windowOf } from "./window.ts";

it("shows a line that has only begun in a window of minutes, the newest at the right", () => {
  expect(windowOf(1000, 1002)).toEqual([702, 1002]);
  expect(windowOf(1000, 1000)).toEqual([700, 1000]);
});

it("shows all of a longer one", () => {
  expect(windowOf(1000, 9000)).toEqual([1000, 9000]);
});

const second = (text: string) => new Date(text).getTime() / 1000;
const now = new Date("2026-03-02T15:00:00");

it("says the time alone of what was today", () => {
  const splits = [second("2026-03-02T09:00:00"), second("2026-03-02T09:00:30")];
  expect(clockLabels({ splits, step: 30, now, language: "en" })).toEqual(["09:00:00", "09:00:30"]);
  expect(clockLabels({ splits, step: 60, now, language: "en" })).toEqual(["09:00", "09:00"]);
});

it("says the day where one begins, of what was not today alone", () => {
  const splits = ["2026-02-28T23:00:00", "2026-03-01T11:00:00", "2026-03-01T23:00:00"].map(second);
  expect(clockLabels({ splits, step: 43_200, now, language: "en" })).toEqual([
    "23:00\nFeb 28",
    "11:00\nMar 1",
    "23:00",
  ]);
  expect(clockLabels({ splits: [], step: 60, now, language: "de" })).toEqual([]);
});

it("says days where marks are days apart, and the year that is another one", () => {
  const splits = ["2025-12-18", "2025-12-25", "2026-01-01", "2026-01-08"].map((day) =>
    second(`${day}T00:00:00`),
  );
  expect(clockLabels({ splits, step: 7 * 86_400, now, language: "en" })).toEqual([
    "Dec 18\n2025",
    "Dec 25",
    "Jan 1\n2026",
    "Jan 8",
  ]);
  expect(clockLabels({ splits: splits.slice(2), step: 86_400, now, language: "de" })).toEqual([
    "1. Jan.",
    "8. Jan.",
  ]);
});
