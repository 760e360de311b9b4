import { expect, it } from "vitest";
import { growthOf, type Remembered, type Sample, slopeOf } from "./soak-figures.ts";

const MB = 1_048_576;

/** A day of a product that grows by so much per hour, beside a virtual disk that grows anyhow. */
function day(leak: { readonly heap?: number; readonly rss?: number }): [Remembered, Remembered] {
  const { heap = 0, rss = 0 } = leak;
  const at = (hour: number): Sample => {
    // The first hours fill caches; a spike and its end are no growth.
    const filling = Math.min(hour, 6) * MB;
    const spike = hour % 7 === 3 ? 40 * MB : 0;
    const heapBytes = 30 * MB + filling + hour * (3 * MB + heap);
    const heapTotalBytes = heapBytes * 1.3 + spike;
    const viewBytes = hour * MB;
    const rssBytes = 100 * MB + heapTotalBytes + viewBytes + filling + spike / 2 + hour * rss;
    return { heapBytes, heapTotalBytes, rssBytes, viewBytes, events: hour * 5_000 };
  };
  const remembered = (hours: number): Remembered => ({
    hours,
    samples: Array.from({ length: hours }, (_none, hour) => at(hour + 1)),
    restBytes: 34 * MB + hours * heap,
  });
  return [remembered(4), remembered(24)];
}

it("finds no leak where only the virtual disk, the views and their spikes grow", () => {
  const { heap, rss, productHeap, productRss, leaks } = growthOf(...day({}));
  expect(leaks).toEqual([]);
  expect([productHeap, productRss]).toEqual([0, 0]);
  expect(heap).toBeCloseTo(3 * MB);
  expect(rss).toBeGreaterThan(heap);
});

it.each([
  ["heap", { heap: 0.5 * MB }],
  ["RSS", { rss: 2 * MB }],
] as const)("finds a leak in the %s", (where, leak) => {
  expect(growthOf(...day(leak)).leaks).toEqual([where]);
});

it("says how much comes with each hour, whatever spikes there are", () => {
  expect(slopeOf([1, 3, 5, 99, 9, 11, 13])).toBe(2);
  expect(slopeOf([5])).toBe(0);
});
