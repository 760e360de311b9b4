// The full cycle of OCPP 1.6 through the real server beside the bare wire, in turns:
//   npm run bench -- cycle [--stations 200,1000] [--rounds 3] [--seconds 20]
// A run counts only if nothing was refused, late or cut off, and the log holds every start that was
// acknowledged. All servers are loaded by the same program on the same machine, so that the figure
// to trust is their ratio.
import { parseArgs } from "node:util";
import { prepareFleet } from "./fleet.ts";
import { type LoadOptions, type LoadResult, runLoad } from "./load.ts";
import { startCeiling, startStoredWire } from "./process/ceiling-process.ts";
import { sampleMachine, stolenShare } from "./process/machine-sample.ts";
import { startServer } from "./process/server.ts";
import { syncFloorP99Ms } from "./process/sync-floor.ts";
import { countEvents } from "./seeded/log-file.ts";
import { table } from "./table.ts";
import { median, rounded } from "./tally.ts";

interface Settings {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
}

/** Ours between two runs of the ceiling: the machine is faster in one minute than in the next. */
interface Round {
  readonly before: LoadResult;
  readonly ours: LoadResult;
  readonly after: LoadResult;
  /** The wire with our stores and without a domain: what being durable alone costs. */
  readonly stored: LoadResult;
  /** In stretches: what the host does to a few seconds must not be the whole round's latency. */
  readonly halfLoad: readonly LoadResult[];
  /** The bare wire at the very same rate, after each of them: what the machine alone makes late. */
  readonly ceilingAtHalfLoad: readonly LoadResult[];
  /** What the disk alone made late, after each of them. */
  readonly syncFloorP99Ms: readonly number[];
  /** The share of the machine's time that its host gave to others. */
  readonly stolenShare: number;
}

/** Of half load, each round; each is half as long as the run at full load. */
const stretches = 3;

/** What a fleet's size comes to: medians over the rounds. */
interface Figures {
  readonly stations: number;
  readonly ceilingCallsPerSecond: number;
  readonly callsPerSecond: number;
  readonly shareOfCeiling: number;
  readonly ceilingCpuPer1000: number;
  readonly cpuPer1000: number;
  readonly cpuMultiple: number;
  readonly storedCallsPerSecond: number;
  readonly storedCpuMultiple: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p99AtHalfLoadMs: number;
  readonly ceilingP99AtHalfLoadMs: number;
  readonly syncFloorP99Ms: number;
  readonly rssMb: number;
  readonly stolenShare: number;
}

/** What each size must reach; the aims are 3, 0.5 and the same. */
const gates: readonly {
  readonly name: keyof Figures;
  readonly holds: (value: number) => boolean;
  readonly says: string;
}[] = [
  { name: "cpuMultiple", holds: (value) => value <= 4, says: "at most 4 times the ceiling's CPU" },
  { name: "shareOfCeiling", holds: (value) => value >= 0.4, says: "at least 0.4 of its calls/s" },
  { name: "p99AtHalfLoadMs", holds: (value) => value <= 50, says: "at most 50 ms" },
];

async function ceilingRun(
  stations: number,
  settings: Settings,
  start = startCeiling,
): Promise<LoadResult> {
  const ceiling = await start();
  try {
    const result = await runLoad({
      ...settings,
      stations,
      url: ceiling.stationUrl,
      sample: { server: ceiling.pid },
    });
    mustBeClean("the ceiling's run", result);
    return result;
  } finally {
    await ceiling.stop();
  }
}

async function roundOf(stations: number, settings: Settings): Promise<Round> {
  const server = await startServer();
  const machineBefore = sampleMachine();
  try {
    await prepareFleet(server, stations);
    const options = { ...settings, stations, url: server.stationUrl };
    const sample = { server: server.pid };
    const before = await ceilingRun(stations, settings);
    const ours = await runLoad({ ...options, sample });
    mustBeClean("our run", ours);
    const after = await ceilingRun(stations, settings);
    const stored = await ceilingRun(stations, settings, startStoredWire);
    const rate = ours.callsPerSecond / 2;
    const paced = await halfLoadOf({ ...options, sample, rate });
    const acknowledged = [ours, ...paced.halfLoad].reduce(
      (sum, run) => sum + run.startsAcknowledged,
      0,
    );
    const logged = countEvents(server.dataDir, "TransactionStarted");
    if (logged !== acknowledged) {
      throw new Error(`${acknowledged} starts were acknowledged, and the log holds ${logged}`);
    }
    const stolen = stolenShare(machineBefore, sampleMachine());
    return { before, ours, after, stored, ...paced, stolenShare: stolen };
  } catch (error) {
    process.stderr.write(`${server.said()}\n`);
    throw error;
  } finally {
    await server.stop();
  }
}

/** Stretches of ours and of the ceiling in turns, all at one rate. */
async function halfLoadOf(
  options: LoadOptions & Settings,
): Promise<Pick<Round, "halfLoad" | "ceilingAtHalfLoad" | "syncFloorP99Ms">> {
  const syncFloor: number[] = [];
  const halfLoad: LoadResult[] = [];
  const ceilingAtHalfLoad: LoadResult[] = [];
  const ceiling = await startCeiling();
  const bare = { url: ceiling.stationUrl, sample: { server: ceiling.pid } };
  try {
    for (let stretch = 1; stretch <= stretches; stretch += 1) {
      const warmupSeconds = stretch === 1 ? options.warmupSeconds : options.warmupSeconds / 10;
      const paced = { ...options, warmupSeconds, seconds: options.seconds / 2 };
      const run = await runLoad(paced);
      mustBeClean("our run at half load", run);
      halfLoad.push(run);
      const control = await runLoad({ ...paced, ...bare });
      mustBeClean("the ceiling's run at the same rate", control);
      ceilingAtHalfLoad.push(control);
      syncFloor.push(syncFloorP99Ms(options.seconds / 4));
    }
    return { halfLoad, ceilingAtHalfLoad, syncFloorP99Ms: syncFloor };
  } finally {
    await ceiling.stop();
  }
}

function mustBeClean(what: string, { outcomes, errors }: LoadResult): void {
  const { ok, ...failures } = outcomes;
  const failed = Object.values(failures).some((count) => count > 0);
  if (!failed && ok > 0) return;
  const why = JSON.stringify({
    outcomes,
    errors: Object.fromEntries(Object.entries(errors).slice(0, 10)),
  });
  throw new Error(`${what} does not count: ${why}`);
}

async function roundsOf(stations: number, settings: Settings): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= settings.rounds; round += 1) {
    const found = await roundOf(stations, settings);
    rounds.push(found);
    const { before, ours, after } = found;
    const speeds = [before, ours, after].map((run) => rounded(run.callsPerSecond, 0)).join(", ");
    const multiple = rounded(multipleOf(found, ours), 2);
    const p99s = saidMs(p99sOf(found.halfLoad));
    const bareP99s = saidMs(p99sOf(found.ceilingAtHalfLoad));
    const stolen = rounded(found.stolenShare * 100, 1);
    const says =
      `${speeds} calls/s (ceiling, ours, ceiling), ${multiple} times its CPU, with stores and ` +
      `without a domain ${rounded(multipleOf(found, found.stored), 2)} times; p99 at half load ` +
      `${p99s} ms, of the bare wire ${bareP99s} ms, of the disk's syncs alone ` +
      `${saidMs(found.syncFloorP99Ms)} ms; ${stolen} % of the machine was the host's`;
    process.stderr.write(`${stations} stations, round ${round}: ${says}\n`);
  }
  return rounds;
}

function cpuOf(result: LoadResult): number {
  return result.processes.server?.cpuSecondsPer1000 ?? Number.NaN;
}

function ceilingCpu({ before, after }: Round): number {
  return (cpuOf(before) + cpuOf(after)) / 2;
}

function ceilingSpeed({ before, after }: Round): number {
  return (before.callsPerSecond + after.callsPerSecond) / 2;
}

function multipleOf(round: Round, of: LoadResult): number {
  return cpuOf(of) / ceilingCpu(round);
}

function p99sOf(runs: readonly LoadResult[]): number[] {
  return runs.map(({ latencyMs }) => latencyMs.p99 ?? Number.NaN);
}

function saidMs(times: readonly number[]): string {
  return times.map((ms) => rounded(ms, 0)).join(", ");
}

function figuresOf(stations: number, rounds: readonly Round[]): Figures {
  const middle = (value: (round: Round) => number | null | undefined, digits: number) =>
    rounded(median(rounds.map((round) => value(round) ?? Number.NaN)), digits);
  return {
    stations,
    ceilingCallsPerSecond: middle(ceilingSpeed, 0),
    callsPerSecond: middle(({ ours }) => ours.callsPerSecond, 0),
    shareOfCeiling: middle((round) => round.ours.callsPerSecond / ceilingSpeed(round), 3),
    ceilingCpuPer1000: middle(ceilingCpu, 4),
    cpuPer1000: middle(({ ours }) => cpuOf(ours), 4),
    cpuMultiple: middle((round) => multipleOf(round, round.ours), 2),
    storedCallsPerSecond: middle(({ stored }) => stored.callsPerSecond, 0),
    storedCpuMultiple: middle((round) => multipleOf(round, round.stored), 2),
    p50Ms: middle(({ ours }) => ours.latencyMs.p50, 1),
    p99Ms: middle(({ ours }) => ours.latencyMs.p99, 1),
    p99AtHalfLoadMs: rounded(median(rounds.flatMap((round) => p99sOf(round.halfLoad))), 1),
    ceilingP99AtHalfLoadMs: rounded(
      median(rounds.flatMap((round) => p99sOf(round.ceilingAtHalfLoad))),
      1,
    ),
    syncFloorP99Ms: rounded(median(rounds.flatMap((round) => round.syncFloorP99Ms)), 1),
    rssMb: middle(({ ours }) => ours.processes.server?.rssMb, 0),
    stolenShare: middle((round) => round.stolenShare, 3),
  };
}

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "200,1000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "20" },
    // Long enough for the compiler: it takes a tenth of the first seconds' CPU.
    warmup: { type: "string", default: "20" },
  },
});
const settings = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  warmupSeconds: Number(values.warmup),
};
const figures: Figures[] = [];
const rounds: Record<string, Round[]> = {};
for (const stations of values.stations.split(",").map(Number)) {
  const found = await roundsOf(stations, settings);
  rounds[stations] = found;
  figures.push(figuresOf(stations, found));
}
process.stdout.write(`${JSON.stringify({ figures, rounds }, null, 1)}\n\n${table(figures)}\n`);
for (const found of figures) {
  for (const { name, holds, says } of gates) {
    if (holds(found[name])) continue;
    process.stderr.write(`${found.stations} stations: ${name} is ${found[name]}; ${says}\n`);
    process.exitCode = 1;
  }
}
