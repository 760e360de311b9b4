// Kills the real server again and again while stations charge and an operator asks, and looks each
// time, and afterwards at everything, whether what somebody was told is missing, or there twice.
import { setTimeout as wait } from "node:timers/promises";
import type { FaultPoint } from "#bus";
import { prepareFleet } from "../../bench/fleet.ts";
import { whileRunning } from "../../bench/process/child.ts";
import { freePort, type Server, startServer } from "../../bench/process/server.ts";
import type { LoggedEvent } from "../../bench/seeded/log-file.ts";
import { factTypes, missing } from "./audit.ts";
import { type Conclusion, conclude, type Drill } from "./conclude.ts";
import { DrillOperator } from "./drill-operator.ts";
import { type DrillStation, stationsOf } from "./drill-station.ts";
import type { DurablePlace, DurableStore } from "./durable-stores.ts";

/** How a kill finds the server: at work, coming up, or at a point where it hurts. */
export type KillKind = "random" | "starting" | "fault";

/** Where a drill stands. */
export interface Progress {
  readonly kills: number;
  readonly told: number;
  readonly resent: number;
}

export interface DrillOptions {
  readonly store: DurableStore;
  readonly kills: number;
  readonly stations: number;
  /** No kill is prepared later than this; at least one of each kind is. */
  readonly seconds?: number;
  readonly progress?: (now: Progress) => void;
}

export interface DrillReport extends Conclusion {
  readonly kills: Readonly<Record<KillKind, number>>;
}

const faultPoints: readonly FaultPoint[] = [
  "afterCommitBeforeReply",
  "afterReplyBeforeAnswer",
  "afterCommitBeforeReply",
  "beforeCommit",
];
const kinds: readonly KillKind[] = ["random", "fault", "starting", "fault", "random"];
const randomWithinMs = 400;
const startWithinMs = 900;
const faultHitsMax = 60;
const sessionWithinMs = 60_000;
/** Beside other work a start alone may take half a minute. */
const faultWithinMs = 120_000;
const answerWithinMs = 5_000;
const apiKey = "drill-key-of-a-drill";

interface Scene extends Drill {
  readonly place: DurablePlace;
  readonly operators: readonly [DrillOperator];
  readonly start: (environment?: Record<string, string>, wait?: boolean) => Promise<Server>;
}

/** Runs the drill; fails only if the server does not start any more, or stations cannot finish. */
export async function killDrill(options: DrillOptions): Promise<DrillReport> {
  const place = await options.store.open();
  const port = await freePort();
  let running: Server | undefined;
  const start: Scene["start"] = async (environment = {}, wait = true) => {
    const all = { ...place.environment, ...environment };
    running = await startServer({ dataDir: place.dataDir, port, apiKey, environment: all, wait });
    return running;
  };
  let everyone: (DrillStation | DrillOperator)[] = [];
  try {
    const first = await start();
    await prepareFleet(first, options.stations);
    const stationUrls = [first.stationUrl];
    const stations = stationsOf({ stationUrls, count: options.stations, answerWithinMs });
    const operator = new DrillOperator({
      ...{ apiUrls: [first.apiUrl], apiKey },
      stationIds: stations.map(({ stationId }) => stationId),
    });
    everyone = [...stations, operator];
    const runs = Promise.all(everyone.map((one) => one.run()));
    // Whatever ends a run early is seen when all are waited for; it is not unhandled until then.
    runs.catch(() => undefined);
    const scene: Scene = { place, stations, operators: [operator], runs, start };
    const { kills, lost } = await killAll(scene, first, options);
    const conclusion = await conclude(scene, await start(), () => start());
    return { kills, ...conclusion, findings: [...lost, ...conclusion.findings] };
  } finally {
    for (const one of everyone) one.abandon();
    await running?.stop("SIGKILL");
    await place.dispose();
  }
}

async function killAll(scene: Scene, first: Server, options: DrillOptions) {
  const kills = { random: 0, starting: 0, fault: 0 };
  const last = performance.now() + 1000 * (options.seconds ?? Number.POSITIVE_INFINITY);
  const log = new FollowedLog(scene);
  const lost: string[] = [];
  let server: Server | undefined = first;
  for (let kill = 1; kill <= options.kills; kill += 1) {
    if (kill > kinds.length && performance.now() > last) break;
    const kind = kinds[(kill - 1) % kinds.length] ?? "random";
    await killOnce(kind, kill, { scene, server });
    server = undefined;
    kills[kind] += 1;
    lost.push(...(await log.lost()).map((key) => `after kill ${kill}: lost: ${key}`));
    options.progress?.(progressOf(kill, scene));
  }
  return { kills, lost };
}

async function killOnce(
  kind: KillKind,
  kill: number,
  { scene, server }: { readonly scene: Scene; readonly server: Server | undefined },
): Promise<void> {
  if (kind === "fault") {
    await server?.stop("SIGKILL");
    const point = faultPoints[kill % faultPoints.length];
    await dieAt(`${point}:${1 + Math.floor(Math.random() * faultHitsMax)}`, scene);
    return;
  }
  const target = server ?? (await scene.start({}, kind === "random"));
  if (kind === "random") await sessionEnded(target, scene);
  await wait(Math.random() * (kind === "random" ? randomWithinMs : startWithinMs));
  await target.stop("SIGKILL");
}

/** It is at work: who was killed before may hold what it needs for a while. */
async function sessionEnded(server: Server, { stations }: Scene): Promise<void> {
  const ended = () =>
    stations.reduce((sum, { told }) => sum + told.filter(({ kind }) => kind === "stop").length, 0);
  const before = ended();
  const options = { what: "the end of a session", withinMs: sessionWithinMs };
  await whileRunning(server, options, () => (ended() > before ? true : undefined));
}

/** The server kills itself when the load makes it reach the point. */
async function dieAt(fault: string, { start }: Scene): Promise<void> {
  const server = await start({ MOTOWN_FAULT: fault }, false);
  const ended = await Promise.race([server.exit, wait(faultWithinMs, undefined, { ref: false })]);
  if (ended?.signal === "SIGKILL") return;
  await server.stop("SIGKILL");
  const how = ended === undefined ? `was not reached in ${faultWithinMs} ms` : "ended otherwise";
  throw new Error(`${fault} ${how}; the server said:\n${server.said()}`);
}

function progressOf(kills: number, { stations, operators: [operator] }: Scene): Progress {
  const told = [...stations.flatMap((station) => station.told), ...operator.told];
  return {
    ...{ kills, told: told.length },
    resent: told.filter(({ attempts }) => attempts > 1).length,
  };
}

/** The log as it lies there, read on after each kill. */
class FollowedLog {
  readonly #scene: Scene;
  readonly #events: LoggedEvent[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** What stations had been told by now and is not there. */
  async lost(): Promise<string[]> {
    const { place, stations } = this.#scene;
    const told = stations.flatMap((station) => station.told);
    const after = this.#events.at(-1)?.position ?? 0;
    this.#events.push(...(await place.readEvents(factTypes, after)));
    return missing(this.#events, told);
  }
}
