// What the kernel says about the machine as a whole. Linux only.
import { readFileSync } from "node:fs";
import { rounded } from "../tally.ts";

/** The machine's processors at one moment, in ticks of their lives so far. */
export interface MachineSample {
  readonly ticks: number;
  /** Of them: wanted here, and given to another machine by the host (proc(5), `steal`). */
  readonly stolen: number;
}

export function sampleMachine(): MachineSample {
  const [first = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user, nice, system, idle, iowait, irq, softirq, steal; guests are in user already.
  const ticks = first.split(/\s+/).slice(1, 9).map(Number);
  return { ticks: ticks.reduce((sum, one) => sum + one, 0), stolen: ticks[7] ?? 0 };
}

/** The share of the machine's time that it did not get, between two samples. */
export function stolenShare(before: MachineSample, after: MachineSample): number {
  const ticks = after.ticks - before.ticks;
  return ticks === 0 ? 0 : rounded((after.stolen - before.stolen) / ticks, 3);
}
