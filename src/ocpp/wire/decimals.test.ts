import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlain, milliOf, plainOf } from "./decimals.ts";

describe("milliOf", () => {
  it.each([
    ["0", 0, 0],
    ["-0.0", 0, 0],
    ["1234", 0, 1_234_000],
    ["12,5", 0, 12_500],
    [" +.5 ", 0, 500],
    ["5.", 0, 5000],
    ["1.5e3", 0, 1_500_000],
    ["15E-1", 0, 1500],
    // What a float gets wrong: 1.005 × 1000 and 0.1 + 0.2.
    ["1.005", 3, 1_005_000],
    ["4.35", 3, 4_350_000],
    ["0.0005", 0, 1],
    ["0.00049", 0, 0],
    ["-0.0005", 0, -1],
    ["1e-30", 0, 0],
    ["00012", 0, 12_000],
    ["9007199254740.991", 0, 9_007_199_254_740_991],
  ])("reads %j × 10^%i exactly", (text, power, milli) => {
    expect(milliOf(text, power)).toEqual({ milli });
  });
  it.each(["", " ", ".", ",", "NaN", "Infinity", "12 Wh", "1.234,5", "0x10", "1e", "--1"])(
    "finds no number in %j",
    (text) => expect(milliOf(text)).toEqual({ problem: "unreadable" }),
  );
  it.each(["9007199254740.992", "1e300", "99999999999999999999"])("finds %j too large", (text) =>
    expect(milliOf(text)).toEqual({ problem: "tooLarge" }),
  );
  it.each(["-0", "01", "1.", "1.0", "1.2345", "+1", "1,5", " 1", "1e3", "", "1.50"])(
    "knows that it would not write %j",
    (text) => expect(isPlain(text)).toBe(false),
  );
  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (milli) => {
        expect(milliOf(plainOf(milli))).toEqual({ milli });
        expect(isPlain(plainOf(milli))).toBe(true);
      }),
    );
  });
});
