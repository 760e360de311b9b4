import { expect, it } from "vitest";
import { createTally, createTimings, timesOf } from "./timings.ts";

it("counts how long things took by their bounds, each once", () => {
  const timings = createTimings([1, 10]);
  for (const tookMs of [0, 1, 1.5, 10, 10.1, 4_000]) timings.add(tookMs);
  expect(timings.counts).toEqual([2, 2, 2]);
  expect(timesOf(timings)).toBe(6);
  expect(timings.sumMs).toBeCloseTo(4_022.6);
});

it("tells names apart, but not for ever", () => {
  const tally = createTally(2);
  for (const name of ["disk full", "cut", "disk full", "page 17 is broken", "page 18 is broken"]) {
    tally.add(name);
  }
  expect(tally.counts()).toEqual({ "disk full": 2, cut: 1, other: 2 });
});
