// Well-behaved stations, and what they notice of what happens beside them.
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { stationIdOf, uidOf } from "../fleet.ts";
import { type Percentiles, percentiles } from "../tally.ts";
import { type FinishedCall, LoadStation } from "./load-station.ts";

/** What the group saw. */
export interface GroupSeen extends Percentiles {
  readonly calls: number;
  /** Calls that were not answered `Accepted`, by what became of them. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Stations that call at a steady pace. */
export interface ControlGroup {
  /** What was seen since the last look. */
  readonly seen: () => GroupSeen;
  readonly stop: () => Promise<void>;
}

const everyMs = 500;
const callTimeoutMs = 20_000;

/** Connects the first so many stations of the fleet; each calls twice a second. */
export async function startControlGroup(url: string, stations: number): Promise<ControlGroup> {
  let latencies: number[] = [];
  let failures: Record<string, number> = {};
  let stopped = false;
  const finished = ({ outcome, ms, detail }: FinishedCall) => {
    latencies.push(ms);
    if (outcome !== "ok") failures[outcome + detail] = (failures[outcome + detail] ?? 0) + 1;
  };
  const group = Array.from(
    { length: stations },
    (_none, at) => new LoadStation({ stationId: stationIdOf(at), uid: uidOf(at), finished }),
  );
  const sweep = setInterval(() => {
    for (const station of group) station.expire(performance.now(), callTimeoutMs);
  }, 500);
  const loops = group.map(async (station) => {
    await station.connect(url, callTimeoutMs);
    await station.call("boot");
    let due = performance.now() + Math.random() * everyMs;
    for (let call = 0; !stopped && station.open; call += 1) {
      await wait(Math.max(0, due - performance.now()));
      await station.call(call % 2 === 0 ? "heartbeat" : "status");
      due = Math.max(due + everyMs, performance.now());
    }
  });
  return {
    seen: () => {
      const seen = { calls: latencies.length, ...percentiles(latencies), failures };
      latencies = [];
      failures = {};
      return seen;
    },
    stop: async () => {
      stopped = true;
      await Promise.all(loops);
      clearInterval(sweep);
      for (const station of group) station.terminate();
    },
  };
}
