import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDateTime, isoOf, readInstant } from "./instants.ts";

describe("isDateTime", () => {
  it.each([
    "2026-05-04T10:15:00Z",
    "2026-05-04t10:15:00.1234567z",
    "2026-05-04T12:15:00+02:00",
    "2024-02-29T00:00:00Z",
    "2016-12-31T23:59:60Z",
  ])("takes %s", (text) => expect(isDateTime(text)).toBe(true));
  it.each([
    "2026-05-04T10:15:00",
    "2026-05-04 10:15:00Z",
    "2026-05-04T10:15:00,5Z",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-05-04T25:00:00Z",
    "2026-05-04T10:60:00Z",
    "2026-05-04",
    "yesterday",
    "",
  ])("refuses %s", (text) => expect(isDateTime(text)).toBe(false));
});

describe("readInstant", () => {
  it.each([
    ["2026-05-04T10:15:00", "2026-05-04T10:15:00.000Z", false],
    ["2026-05-04 10:15:00", "2026-05-04T10:15:00.000Z", false],
    ["2026-05-04T10:15:00,25Z", "2026-05-04T10:15:00.250Z", true],
    ["2026-05-04T10:15Z", "2026-05-04T10:15:00.000Z", true],
    ["2026-05-04T10:15:00+0200", "2026-05-04T08:15:00.000Z", true],
    ["2026-05-04T00:15:00+05:30", "2026-05-03T18:45:00.000Z", true],
    ["2026-05-04T24:00:00Z", "2026-05-05T00:00:00.000Z", true],
    [" 1970-01-01T00:00:00.9999Z ", "1970-01-01T00:00:00.999Z", true],
  ])("reads %s", (text, iso, zoned) => {
    const read = readInstant(text);
    expect(read && { iso: isoOf(read.ms), zoned: read.zoned }).toEqual({ iso, zoned });
  });
  it.each(["", "now", "04.05.2026 10:15", "2026-05-04T10", "2026-05-04T10:15:00+99:00"])(
    "does not guess what %s means",
    (text) => expect(readInstant(text)).toBeUndefined(),
  );
  it("agrees with the platform on every instant of four-digit years", () => {
    const range = { min: new Date(-62_167_219_200_000), max: new Date(253_402_300_799_999) };
    fc.assert(
      fc.property(fc.date({ ...range, noInvalidDate: true }), (date) => {
        const text = date.toISOString();
        expect(isoOf(date.getTime())).toBe(text);
        expect(readInstant(text)?.ms).toBe(date.getTime());
      }),
    );
  });
});
