// Kills the real server again and again while stations charge, and looks afterwards whether anything
// that a station was told is missing from the log, or there twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultPoint } from "#bus";
import { prepareFleet, stationIdOf, uidOf } from "../../bench/fleet.ts";
import { freePort, type Server, startServer } from "../../bench/server.ts";
import { type Audit, audit, findings } from "./audit.ts";
import { DrillStation } from "./drill-station.ts";

export interface DrillOptions {
  /** In each, one kill at a random moment and one at a fault point. */
  readonly rounds: number;
  readonly stations: number;
  readonly progress?: (line: string) => void;
}

export interface DrillReport {
  readonly kills: {
    readonly random: number;
    readonly whileStarting: number;
    readonly fault: number;
  };
  readonly audit: Audit;
  /** Empty if nothing was lost, doubled or wrong. */
  readonly findings: readonly string[];
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
const finishWithinMs = 30_000;
const answerWithinMs = 5_000;

type Start = (environment?: Record<string, string>, wait?: boolean) => Promise<Server>;

/** Runs the drill; fails only if the server does not start any more, or stations cannot finish. */
export async function killDrill(options: DrillOptions): Promise<DrillReport> {
  const dataDir = mkdtempSync(join(tmpdir(), "motown-kill-"));
  const port = await freePort();
  const start: Start = (environment = {}, wait = true) =>
    startServer({ dataDir, port, apiKey: "drill-key-of-a-drill", environment, wait });
  let stations: DrillStation[] = [];
  try {
    const first = await start();
    await prepareFleet(first, options.stations);
    stations = stationsOf(options.stations, first.stationUrl);
    const runs = Promise.all(stations.map((station) => station.run()));
    // Whatever ends a run early is seen when all are waited for; it is not unhandled until then.
    runs.catch(() => undefined);
    const kills = await killRounds(first, start, options);
    await finish(await start(), stations, runs);
    return report(dataDir, stations, kills);
  } finally {
    for (const station of stations) station.abandon();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Stations of a prepared fleet that keep what was not answered. */
export function stationsOf(count: number, stationUrl: string): DrillStation[] {
  return Array.from(
    { length: count },
    (_none, at) =>
      new DrillStation({ stationId: stationIdOf(at), uid: uidOf(at), stationUrl, answerWithinMs }),
  );
}

/** Lets each station end its session, and the server its work. */
export async function finish(
  server: Server,
  stations: readonly DrillStation[],
  runs: Promise<unknown>,
): Promise<void> {
  try {
    for (const station of stations) station.finish();
    const late = AbortSignal.timeout(finishWithinMs);
    await Promise.race([
      runs,
      new Promise((_resolve, reject) => {
        const message = `the stations could not finish; the server said:\n${server.said()}`;
        late.addEventListener("abort", () => reject(new Error(message)), { once: true });
      }),
    ]);
  } finally {
    await server.stop();
  }
}

async function killRounds(first: Server, start: Start, options: DrillOptions) {
  const kills = { random: 0, whileStarting: 0, fault: 0 };
  let server = first;
  for (let round = 1; round <= options.rounds; round += 1) {
    await wait(Math.random() * randomWithinMs);
    await server.stop("SIGKILL");
    kills.random += 1;
    if (round % startKillEvery === 0) {
      const starting = await start({}, false);
      await wait(Math.random() * startWithinMs);
      await starting.stop("SIGKILL");
      kills.whileStarting += 1;
    }
    const point = faultPoints[round % faultPoints.length];
    await dieAt(`${point}:${1 + Math.floor(Math.random() * faultHitsMax)}`, start);
    kills.fault += 1;
    options.progress?.(`round ${round} of ${options.rounds}: ${JSON.stringify(kills)}`);
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

function report(
  dataDir: string,
  stations: readonly DrillStation[],
  kills: DrillReport["kills"],
): DrillReport {
  const result = audit(
    dataDir,
    stations.flatMap(({ told }) => told),
  );
  const problems = stations.flatMap((station) => station.problems);
  return { kills, audit: result, findings: [...findings(result), ...problems] };
}
