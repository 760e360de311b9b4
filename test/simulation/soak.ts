// A day in fast-forward: does anything grow that should not? The virtual disk and the books of the
// checks are in the same heap, so they are put away before the last look; what is left is the
// product's. A day is compared with a part of the same day. Caches have small limits in this world:
// they are full soon, and what still grows is a leak. No process dies in it: its leaks would go
// with it.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type RunResult, runSeed } from "./run.ts";
import {
  growthOf,
  productHeapMost,
  productRssMost,
  type Remembered,
  type Sample,
} from "./soak-figures.ts";
import { namedDice } from "./world/dice.ts";
import { longWorld } from "./world/profile.ts";
import type { World } from "./world/world.ts";

/** What a world's memory came to. */
export interface Soak extends Remembered {
  readonly result: RunResult;
}

/** How a long world is run. */
export interface SoakOptions {
  readonly seed: number;
  readonly hours: number;
  readonly stations: number;
  /** Changes the world before its first step: the leaks of a test. */
  readonly plant?: (world: World) => void;
  /** Told hour by hour. */
  readonly sampled?: (hour: number, sample: Sample) => void;
}

const hourMs = 3_600_000;
/** Of real time, while nothing else happens. */
const givenBackWithinMs = 250;

/** Runs one world for so long, and looks at the memory of the process hour by hour. */
export async function soak(options: SoakOptions): Promise<Soak> {
  const { seed, hours, stations, plant, sampled } = options;
  const collect = collector();
  const samples: Sample[] = [];
  let restBytes = 0;
  const look = (world: World): void => {
    world.timeline.after(hourMs, () => {
      if (world.isCalm) return;
      void sampleOf(world, collect).then((sample) => {
        samples.push(sample);
        sampled?.(samples.length, sample);
      });
      look(world);
    });
  };
  const result = await runSeed({
    seed,
    profile: longWorld(namedDice(seed, "profile"), { stations, hours }),
    stepsMax: Number.POSITIVE_INFINITY,
    plant: (world) => {
      plant?.(world);
      look(world);
    },
    rested: (world) => {
      world.putAway();
      restBytes = collect().heapUsed;
    },
  });
  return { result, hours, samples, restBytes };
}

async function sampleOf(world: World, collect: () => NodeJS.MemoryUsage): Promise<Sample> {
  const { heapUsed, heapTotal, rss } = collect();
  const viewBytes = await world.disk.views.mostBytes();
  return {
    ...{ heapBytes: heapUsed, heapTotalBytes: heapTotal, rssBytes: rss },
    ...{ viewBytes, events: world.log.position },
  };
}

/** Collects garbage and says what is left. Code that was compiled stays, or it would be chance. */
function collector(): () => NodeJS.MemoryUsage {
  setFlagsFromString("--no-flush-bytecode");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (options: object) => void;
  // As where memory is short: pages that a collection has emptied are not kept for the next time.
  const wholly = { type: "major", execution: "sync", flavor: "last-resort" };
  const never = new Int32Array(new SharedArrayBuffer(4));
  return () => {
    collect(wholly);
    // V8's own threads give them back.
    Atomics.wait(never, 0, 0, givenBackWithinMs);
    return process.memoryUsage();
  };
}

/** In words and figures. */
export function soakText(short: Soak, long: Soak): string {
  const { events = 0, callsFromStations = 0 } = long.result.counts;
  const { heap, rss, productHeap, productRss, leaks } = growthOf(short, long);
  const kB = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;
  const rest = ({ restBytes, hours }: Soak) => `${kB(restBytes)} after ${hours} h`;
  const rests = `${rest(short)}, ${rest(long)}`;
  return [
    `${long.hours} h, ${callsFromStations} calls, ${events} events, ${long.result.steps} steps`,
    `heap with disk and books: ${kB(heap)} per hour`,
    `RSS with disk and books: ${kB(rss)} per hour`,
    `heap of the product: ${rests}`,
    `slope of the product's heap: ${kB(productHeap)} per hour, ${kB(productHeapMost)} at most`,
    `slope of its RSS beyond the heap: ${kB(productRss)} per hour, ${kB(productRssMost)} at most`,
    ...leaks.map((leak) => `LEAK: the product's ${leak} grows`),
  ].join("\n");
}

/** A line of an hour. */
export function sampleText(hour: number, sample: Sample): string {
  const { heapBytes, heapTotalBytes, rssBytes, viewBytes, events } = sample;
  const MB = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;
  const beyond = rssBytes - heapTotalBytes - viewBytes;
  const memory = `heap ${MB(heapBytes)}, RSS ${MB(rssBytes)}, ${MB(beyond)} beyond heap and views`;
  return `hour ${hour}: ${memory}, ${events} events`;
}
