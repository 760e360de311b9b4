// Whether memory grows with what comes: the heap after a forced collection, again and again.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as (options: object) => void;
const whole = { type: "major", execution: "sync" };
/** As before a process runs out of memory: compiled code that nobody needs goes, too. */
const lastResort = { ...whole, flavor: "last-resort" };

/** The heap after so many frames. */
export interface HeapSample {
  readonly frames: number;
  readonly heapBytes: number;
}

/** Bounds of a run's growth. */
export interface GrowthBound {
  /** What may come and go by itself. */
  readonly bytes: number;
  readonly bytesPerFrame: number;
}

/** How the heap went, and whether that is more than it may. */
export interface Growth {
  readonly samples: readonly HeapSample[];
  readonly grownBytes: number;
  readonly bytesPerFrame: number;
  readonly beyond: boolean;
}

/** The heap once all that nobody needs is gone. */
export async function heapNow(frames: number): Promise<HeapSample> {
  // What ends in finalizers or in the next turn ends between the collections.
  for (const options of [whole, lastResort]) {
    collect(options);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { frames, heapBytes: process.memoryUsage().heapUsed };
}

/** Growth after the warm-up, which is the first quarter: from the lowest of each half. */
export function growthOf(samples: readonly HeapSample[], bound: GrowthBound): Growth {
  const warm = samples.slice(Math.floor(samples.length / 4));
  const middle = Math.ceil(warm.length / 2);
  const before = lowest(warm.slice(0, middle));
  const after = lowest(warm.slice(middle));
  const frames = Math.max(1, (after?.frames ?? 0) - (before?.frames ?? 0));
  const grownBytes = (after?.heapBytes ?? 0) - (before?.heapBytes ?? 0);
  const bytesPerFrame = grownBytes / frames;
  const beyond = warm.length > 1 && grownBytes > bound.bytes + bound.bytesPerFrame * frames;
  return { samples, grownBytes, bytesPerFrame, beyond };
}

function lowest(samples: readonly HeapSample[]): HeapSample | undefined {
  return [...samples].sort((a, b) => a.heapBytes - b.heapBytes)[0];
}
