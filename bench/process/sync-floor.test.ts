import { expect, it } from "vitest";
import { waitsOf } from "./sync-floor.ts";

it("a call waits for the sync that began after it came", () => {
  const ends = [0, 2, 4, 6, 8];
  const waits = waitsOf(ends);
  // From just before a sync's end to just after its beginning.
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...waits)).toBeLessThanOrEqual(4);
  expect(waits).toHaveLength(24);
});

it("one slow sync is met by all that come before it and during it", () => {
  const even = Array.from({ length: 1001 }, (_none, at) => at);
  const slow = even.map((ms) => (ms > 500 ? ms + 100 : ms));
  const late = waitsOf(slow).filter((ms) => ms > 50).length;
  // Those of the sync before it, and of its first half.
  expect(late).toBeGreaterThan(4 * 50);
  expect(late).toBeLessThan(4 * 55);
  expect(waitsOf([])).toEqual([]);
});
