import { expect, it } from "vitest";
import { slopePerHour } from "./slope.ts";

it("a line's slope is found among noise, and a level has none", () => {
  const minutes = Array.from({ length: 31 }, (_none, minute) => minute);
  const noise = (minute: number) => (minute % 3) - 1;
  const line = minutes.map((minute) => ({
    ...{ seconds: minute * 60, value: 100 + minute * 0.5 + noise(minute) },
  }));
  expect(slopePerHour(line)).toBeGreaterThan(29);
  expect(slopePerHour(line)).toBeLessThan(31);
  const level = minutes.map((minute) => ({ seconds: minute * 60, value: 100 }));
  expect(slopePerHour(level)).toBe(0);
  expect(slopePerHour([])).toBeNaN();
});
