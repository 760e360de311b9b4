// Kills the real server again and again while stations charge, and looks afterwards whether what a
// station was told is missing from the log, or there twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultPoint } from "#bus";
import { prepareFleet } from "../../bench/fleet.ts";
import { freePort, type Server, startServer } from "../../bench/server.ts";
import { type Conclusion, conclude } from "./conclude.ts";
import { type DrillStation, stationsOf } from "./drill-station.ts";

export interface DrillOptions {
  /** In each, one kill at a random moment and one at a fault point. */
  readonly rounds: number;
  readonly stations: number;
  /** No round begins later than this; at least one does. */
  readonly seconds?: number;
  readonly progress?: (line: string) => void;
}

export interface DrillReport extends Conclusion {
  readonly kills: {
    readonly random: number;
    readonly whileStarting: number;
    readonly fault: number;
  };
}

const faultPoints: readonly FaultPoint[] = [
  "afterCommitBeforeReply",
  "afterReplyBeforeAnswer",
  "afterCommitBeforeReply",
  "beforeCommit",
];
const randomWithinMs = 600;
/** Each so many rounds, the random kill hits the start instead. */
const startKillEvery = 5;
const startWithinMs = 800;
const faultHitsMax = 60;
const faultWithinMs = 30_000;
const answerWithinMs = 5_000;

type Start = (environment?: Record<string, string>, wait?: boolean) => Promise<Server>;

/** Runs the drill; fails only if the server does not start any more, or stations cannot finish. */
export async function killDrill(options: DrillOptions): Promise<DrillReport> {
  const dataDir = mkdtempSync(join(tmpdir(), "motown-kill-"));
  const port = await freePort();
  let running: Server | undefined;
  const start: Start = async (environment = {}, wait = true) => {
    const apiKey = "drill-key-of-a-drill";
    running = await startServer({ dataDir, port, apiKey, environment, wait });
    return running;
  };
  let stations: DrillStation[] = [];
  try {
    const first = await start();
    await prepareFleet(first, options.stations);
    stations = stationsOf({ ...first, count: options.stations, answerWithinMs });
    const runs = Promise.all(stations.map((station) => station.run()));
    // Whatever ends a run early is seen when all are waited for; it is not unhandled until then.
    runs.catch(() => undefined);
    const kills = await killRounds(first, start, options);
    return { kills, ...(await conclude({ server: await start(), stations, runs })) };
  } finally {
    for (const station of stations) station.abandon();
    await running?.stop("SIGKILL");
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function killRounds(first: Server, start: Start, options: DrillOptions) {
  const kills = { random: 0, whileStarting: 0, fault: 0 };
  let server = first;
  const last = performance.now() + 1000 * (options.seconds ?? Number.POSITIVE_INFINITY);
  for (let round = 1; round <= options.rounds; round += 1) {
    await wait(Math.random() * randomWithinMs);
    await server.stop("SIGKILL");
    kills.random += 1;
    if (round % startKillEvery === 1) {
      const starting = await start({}, false);
      await wait(Math.random() * startWithinMs);
      await starting.stop("SIGKILL");
      kills.whileStarting += 1;
    }
    const point = faultPoints[round % faultPoints.length];
    await dieAt(`${point}:${1 + Math.floor(Math.random() * faultHitsMax)}`, start);
    kills.fault += 1;
    options.progress?.(`round ${round} of ${options.rounds}: ${JSON.stringify(kills)}`);
    if (performance.now() > last) break;
    if (round < options.rounds) server = await start();
  }
  return kills;
}

/** The server kills itself when the load makes it reach the point. */
async function dieAt(fault: string, start: Start): Promise<void> {
  const server = await start({ MOTOWN_FAULT: fault }, false);
  const ended = await Promise.race([server.exit, wait(faultWithinMs, undefined, { ref: false })]);
  if (ended?.signal === "SIGKILL") return;
  await server.stop("SIGKILL");
  const how = ended === undefined ? `was not reached in ${faultWithinMs} ms` : "ended otherwise";
  throw new Error(`${fault} ${how}; the server said:\n${server.said()}`);
}
