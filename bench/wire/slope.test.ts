import { expect, it } from "vitest";
import { trendOf } from "./slope.ts";

const noise = (minute: number) => (minute % 3) - 1;
const minutes = Array.from({ length: 31 }, (_none, minute) => minute);
const points = (value: (minute: number) => number) =>
  minutes.map((minute) => ({ seconds: minute * 60, value: value(minute) }));

it("a line's slope is found among noise, and a level has none", () => {
  const { perHour } = trendOf(points((minute) => 100 + minute * 0.5 + noise(minute)));
  expect(perHour).toBeGreaterThan(29);
  expect(perHour).toBeLessThan(31);
  expect(trendOf(points(() => 100))).toEqual({ perHour: 0, error: 0 });
  expect(trendOf([]).perHour).toBeNaN();
  expect(trendOf(points(() => 100).slice(0, 2)).error).toBeNaN();
});

it("the more noise, the less sure is the slope", () => {
  const quiet = trendOf(points((minute) => minute + noise(minute)));
  const loud = trendOf(points((minute) => minute + 10 * noise(minute)));
  expect(loud.error).toBeCloseTo(10 * quiet.error);
  expect(Math.abs(loud.perHour - 60)).toBeLessThan(2 * loud.error);
});
