import { describe, expect, it } from "vitest";
import { en } from "../strings/en/index.ts";
import { filled, type Translate } from "../strings/translate.ts";
import {
  ageOf,
  fieldInstant,
  fieldSecond,
  instantOfField,
  instantOfText,
  shortInstant,
  spanOf,
  startOfDay,
  utcInstant,
} from "./instants.ts";

const t: Translate = (key, ...[values]) => filled(en[key], values ?? {}, "en");
const now = new Date(2026, 4, 4, 15, 30, 0);

describe("an age", () => {
  it.each([
    [0, "now"],
    [30, "30 s ago"],
    [100, "2 min ago"],
    [3 * 3600, "3 h ago"],
    [3 * 86_400, "3 days ago"],
    [-20, "now"],
  ])("of %i s is %s", (seconds, words) => {
    expect(ageOf(new Date(now.getTime() - seconds * 1000), now, t)).toBe(words);
  });
});

it.each([
  [40, "40 s"],
  [125, "2 min"],
  [3600 + 5 * 60, "1 h 05 min"],
  [30 * 3600 - 20, "30 h 00 min"],
  [85 * 3600, "3 d 13 h"],
  [-5, "0 s"],
])("what lasted %i s lasted %s", (seconds, words) => {
  expect(spanOf(now, new Date(now.getTime() + seconds * 1000), t)).toBe(words);
});

it("a field for date and time says the same instant as the API", () => {
  const text = fieldInstant(now);
  expect(text).toBe("2026-05-04T15:30");
  expect(instantOfField(text)).toBe(now.toISOString());
  expect(instantOfField("")).toBeUndefined();
  expect(fieldSecond(now)).toBe("2026-05-04T15:30:00");
  expect([fieldInstant, fieldSecond].map((field) => field(new Date("no date")))).toEqual(["", ""]);
});

it("a field keeps the year that somebody has begun to write", () => {
  expect(fieldInstant(new Date("0002-05-04T15:30"))).toBe("0002-05-04T15:30");
});

it.each([
  ["2027-02-01", new Date(2027, 1, 1).toISOString()],
  ["2027-02-01 13:30", new Date(2027, 1, 1, 13, 30).toISOString()],
  ["2027-02-01T13:30:05", new Date(2027, 1, 1, 13, 30, 5).toISOString()],
  ["2027-02-01T13:30:05.5z", "2027-02-01T13:30:05.500Z"],
  ["2027-02-01T13:30+02:00", "2027-02-01T11:30:00.000Z"],
])("%s in a table is an instant", (text, instant) => {
  expect(instantOfText(text)).toBe(instant);
});

it.each(["05/06/2026", "01.02.2026", "2027-02-31", "2027-13-01", "2027", "2027-02-01T25:00", ""])(
  "%s in a table is none",
  (text) => {
    expect(instantOfText(text)).toBeUndefined();
  },
);

it("an instant of today has no day, and one of another year has its year", () => {
  expect(shortInstant(new Date(2026, 4, 4, 9, 5, 7), now, "en")).toBe("09:05:07");
  expect(shortInstant(new Date(2026, 4, 3, 9, 5), now, "en")).toContain("May 3");
  expect(shortInstant(new Date(2025, 4, 3, 9, 5), now, "en")).toContain("2025");
});

it("says UTC, and knows when the viewer's day began", () => {
  expect(utcInstant(new Date("2026-05-04T10:00:00.500Z"))).toBe("2026-05-04 10:00:00 UTC");
  expect(new Date(startOfDay(now)).getTime()).toBe(new Date(2026, 4, 4).getTime());
});
