// A day in fast-forward: does anything grow that should not? The virtual disk and the books of the
// checks are in the same heap, so they are put away before the last look; what is left is the
// product's. A day is compared with an hour of the same world: between them only time has passed.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { RunResult } from "./run.ts";
import { runSeed } from "./run.ts";
import { namedDice } from "./world/dice.ts";
import { longWorld } from "./world/profile.ts";
import type { World } from "./world/world.ts";

/** What a world's heap came to. */
export interface Soak {
  readonly result: RunResult;
  readonly hours: number;
  /** Bytes after a collection, hour by hour, with disk and books. */
  readonly hourly: readonly number[];
  /** Bytes of the product alone, once all is settled. */
  readonly restBytes: number;
}

const hourMs = 3_600_000;

/** Runs one world for so long, and looks at the heap. */
export async function soak(given: {
  readonly seed: number;
  readonly hours: number;
  readonly stations: number;
}): Promise<Soak> {
  const { seed, hours, stations } = given;
  const collect = collector();
  const hourly: number[] = [];
  let restBytes = 0;
  const look = (world: World): void => {
    world.timeline.after(hourMs, () => {
      if (world.isCalm) return;
      hourly.push(collect());
      look(world);
    });
  };
  const result = await runSeed({
    seed,
    profile: longWorld(namedDice(seed, "profile"), { stations, hours }),
    stepsMax: Number.POSITIVE_INFINITY,
    plant: look,
    rested: (world) => {
      world.putAway();
      restBytes = collect();
    },
  });
  return { result, hours, hourly, restBytes };
}

/** Collects garbage and says what is left. */
function collector(): () => number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  return () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
}

/** Bytes that come with each hour, by least squares. */
export function slopeOf(samples: readonly number[]): number {
  const middle = (samples.length - 1) / 2;
  const mean = samples.reduce((sum, one) => sum + one, 0) / samples.length;
  let [above, below] = [0, 0];
  for (const [at, one] of samples.entries()) {
    above += (at - middle) * (one - mean);
    below += (at - middle) ** 2;
  }
  return below === 0 ? 0 : above / below;
}

/** In words and figures. */
export function soakText(hour: Soak, day: Soak): string {
  const kB = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;
  const { events = 0, callsFromStations = 0 } = day.result.counts;
  const hours = day.hours - hour.hours;
  const growth = day.restBytes - hour.restBytes;
  const [first, last] = [kB(hour.restBytes), kB(day.restBytes)];
  return [
    `${day.hours} h, ${callsFromStations} calls, ${events} events, ${day.result.steps} steps`,
    `heap with disk and books: ${kB(slopeOf(day.hourly))} per hour`,
    `product alone: ${first} after ${hour.hours} h, ${last} after ${day.hours} h`,
    `slope of the product's heap: ${kB(growth / hours)} per hour`,
  ].join("\n");
}
