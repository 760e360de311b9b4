import { describe, expect, it } from "vitest";
import { testDice } from "#support/environment";
import { spreadSeconds } from "./spread.ts";

const limits = { heartbeatSpreadPercent: 10, retrySpreadPercent: 50 };
const many = (seconds: number, of: "heartbeat" | "retry", own = limits) => {
  const dice = testDice();
  const parts = { dice, limits: own };
  return Array.from({ length: 5_000 }, () => spreadSeconds(parts, seconds, of));
};

describe("seconds that are spread", () => {
  it.each([
    [300, "heartbeat", 270, 330],
    [30, "retry", 15, 45],
    [1, "retry", 1, 1],
    [0, "heartbeat", 0, 0],
  ] as const)(
    "of %s s for a %s are between %s and %s, and all of them",
    (given, of, least, most) => {
      const found = new Set(many(given, of));
      expect(Math.min(...found)).toBe(least);
      expect(Math.max(...found)).toBe(most);
      expect(found.size).toBe(most - least + 1);
    },
  );

  it("are as set on average", () => {
    const found = many(300, "heartbeat");
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
    expect(Math.abs(mean - 300)).toBeLessThan(2);
  });

  it("are never zero, and exact where nothing is to be spread", () => {
    const wide = { heartbeatSpreadPercent: 0, retrySpreadPercent: 100 };
    expect(Math.min(...many(10, "retry", wide))).toBe(1);
    expect(new Set(many(300, "heartbeat", wide))).toEqual(new Set([300]));
  });
});
