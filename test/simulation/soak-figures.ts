// What samples of memory say: how fast the product grows, and whether that is a leak.

/** The memory of the process at one moment, after a collection. */
export interface Sample {
  readonly heapBytes: number;
  /** What V8 has taken for the heap, used or not. */
  readonly heapTotalBytes: number;
  readonly rssBytes: number;
  /** The most that pages of the views have taken so far: in memory here, in files elsewhere. */
  readonly viewBytes: number;
  readonly events: number;
}

/** Memory of a world: hour by hour, and at rest without disk and books. */
export interface Remembered {
  readonly hours: number;
  readonly samples: readonly Sample[];
  readonly restBytes: number;
}

/** Growth in bytes per hour. */
export interface Growth {
  /** Of the whole process, with disk and books. */
  readonly heap: number;
  readonly rss: number;
  /** Of the product alone: its heap, and what it has taken beyond the heap. */
  readonly productHeap: number;
  readonly productRss: number;
  readonly leaks: readonly ("heap" | "RSS")[];
}

/** Caches fill and code is compiled in the first part of the time. */
const warmUp = 1 / 3;
/**
 * What chance makes of a flat line, twice over: a collection leaves compiled code or not, and RSS
 * comes and goes with what the allocator gives back. Some 130 kB per hour of the heap were code
 * that is still being compiled, by comparison of snapshots. A leak of 100 bytes per call would
 * make 600 kB per hour, one of a buffer per connection several MB.
 */
export const productHeapMost = 256 * 1024;
export const productRssMost = 1024 * 1024;

/** Compares a long time with a short one of the same world: between them only time has passed. */
export function growthOf(short: Remembered, long: Remembered): Growth {
  const { samples } = long;
  const warm = samples.slice(Math.floor(samples.length * warmUp));
  const slope = (bytesOf: (sample: Sample) => number) => slopeOf(warm.map(bytesOf));
  const productHeap = (long.restBytes - short.restBytes) / (long.hours - short.hours);
  const productRss = slope(
    ({ rssBytes, heapTotalBytes, viewBytes }) => rssBytes - heapTotalBytes - viewBytes,
  );
  return {
    heap: slope(({ heapBytes }) => heapBytes),
    rss: slope(({ rssBytes }) => rssBytes),
    productHeap,
    productRss,
    leaks: [
      ...(productHeap > productHeapMost ? ["heap" as const] : []),
      ...(productRss > productRssMost ? ["RSS" as const] : []),
    ],
  };
}

/** The median of the slopes between any two samples, one hour apart: no spike tilts it. */
export function slopeOf(samples: readonly number[]): number {
  const slopes = samples.flatMap((later, at) =>
    samples.slice(0, at).map((earlier, before) => (later - earlier) / (at - before)),
  );
  slopes.sort((one, other) => one - other);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
