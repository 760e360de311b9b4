import { expect, it } from "vitest";
import { testClock } from "#support/environment";
import { createPacing } from "./pacing.ts";

it("large frames share a line: one alone passes soon, many wait for each other", () => {
  const clock = testClock();
  const { waitMs } = createPacing(clock, { bulkBytesPerSecondMax: 1_000_000 });
  expect(waitMs(100_000)).toBe(100);
  expect(waitMs(100_000)).toBe(200);
  clock.advance(150);
  expect(waitMs(50_000)).toBe(100);
  // What was not used is not saved up.
  clock.advance(10_000);
  expect(waitMs(100_000)).toBe(100);
});
