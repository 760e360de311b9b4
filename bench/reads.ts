// How long reads of the API take on a large network: every GET of the OpenAPI document, at
// concurrency 1 and 8, alone and with stations calling beside it.
//   npm run bench -- reads [--stations 50000] [--sessions 1000000] [--seconds 60] [--rate 500]
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ApiAccess } from "./fleet.ts";
import type { LoadResult } from "./load.ts";
import { startChild } from "./process/child.ts";
import { sampleProcess } from "./process/process-sample.ts";
import { type Server, startServer } from "./process/server.ts";
import { seededLog, startSeeded } from "./seeded/log-file-seeded.ts";
import { table } from "./table.ts";
import { median, percentiles, rounded } from "./tally.ts";
import { prepareOffice } from "./wire/office.ts";
import { type ReadCase, readCases } from "./wire/read-cases.ts";

interface Phase {
  readonly name: string;
  readonly concurrency: number;
  readonly isLoaded: boolean;
}

interface Measured {
  readonly phase: string;
  readonly route: string;
  readonly cases: number;
  readonly reads: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  /** The case whose median is the highest. */
  readonly slowest: string;
  readonly slowestP50Ms: number;
}

const p95MsMax = 100;
const phases: readonly Phase[] = [
  { name: "idle, 1", concurrency: 1, isLoaded: false },
  { name: "idle, 8", concurrency: 8, isLoaded: false },
  { name: "loaded, 1", concurrency: 1, isLoaded: true },
  { name: "loaded, 8", concurrency: 8, isLoaded: true },
];
const warmupSeconds = 10;
const loadStations = 200;
const minimumRounds = 2;

async function read(agent: Agent, access: ApiAccess, url: string): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    const headers = { authorization: `Bearer ${access.apiKey}` };
    const asked = request(`${access.apiUrl}${url}`, { agent, headers }, (response) => {
      response.resume();
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url}: ${response.statusCode}`));
      });
    });
    asked.on("error", reject);
    asked.end();
  });
  return performance.now() - start;
}

/** Reads all cases again and again in random order until the time is over. */
async function measure(
  access: ApiAccess,
  cases: readonly ReadCase[],
  { concurrency, seconds }: { readonly concurrency: number; readonly seconds: number },
): Promise<Map<ReadCase, number[]>> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times = new Map<ReadCase, number[]>(cases.map((one) => [one, []]));
  const until = performance.now() + seconds * 1000;
  let queue: ReadCase[] = [];
  let rounds = 0;
  const next = (): ReadCase | undefined => {
    if (queue.length === 0) {
      if (rounds >= minimumRounds && performance.now() > until) return undefined;
      rounds += 1;
      queue = shuffled(cases);
    }
    if (rounds > minimumRounds && performance.now() > until) return undefined;
    return queue.pop();
  };
  const worker = async () => {
    for (let one = next(); one !== undefined; one = next()) {
      times.get(one)?.push(await read(agent, access, one.url));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  return times;
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

function figuresOf(phase: string, times: ReadonlyMap<ReadCase, readonly number[]>): Measured[] {
  const routes = Map.groupBy(times, ([one]) => one.route);
  return [...routes].map(([route, entries]) => {
    const all = entries.flatMap(([, found]) => found);
    const medians = entries.map(([one, found]) => ({ about: one.about, p50: median(found) }));
    const slowest = medians.reduce((a, b) => (b.p50 > a.p50 ? b : a));
    const { p50, p95, p99, max } = percentiles(all);
    return {
      ...{ phase, route, cases: entries.length, reads: all.length },
      ...{ p50Ms: p50, p95Ms: p95, p99Ms: p99, maxMs: max },
      slowest: slowest.about,
      slowestP50Ms: rounded(slowest.p50, 2),
    };
  });
}

/** Stations that call beside the reads, in a process of their own; the result says how it went. */
function startLoad(server: Server, options: { readonly rate: number; readonly seconds: number }) {
  const file = join(import.meta.dirname, "load.ts");
  const { rate, seconds } = options;
  const args = ["--url", server.stationUrl, "--stations", String(loadStations)];
  const timing = ["--rate", String(rate), "--seconds", String(seconds), "--warmup", "5"];
  const child = startChild([process.execPath, file, ...args, ...timing]);
  return {
    stop: child.stop,
    result: async (): Promise<LoadResult> => {
      const { code } = await child.exit;
      const said = child.said();
      if (code !== 0) throw new Error(`the load failed: ${said}`);
      return JSON.parse(said.slice(said.indexOf("{")));
    },
  };
}

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "50000" },
    sessions: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "500" },
    /** Only routes that hold this text. */
    only: { type: "string", default: "" },
  },
});
const seconds = Number(values.seconds);
const seeded = await seededLog({
  stations: Number(values.stations),
  sessions: Number(values.sessions),
});
const first = await startSeeded(seeded);
await first.stop();
const startedMs = performance.now();
const server = await startServer({ dataDir: seeded.dataDir, apiKey: seeded.apiKey });
const readySeconds = rounded((performance.now() - startedMs) / 1000, 2);
const measured: Measured[] = [];
try {
  const rssMbAtStart = rounded(sampleProcess(server.pid).rssKb / 1024, 0);
  await prepareOffice(server);
  const cases = (await readCases(server)).filter(({ route }) => route.includes(values.only));
  process.stderr.write(
    `${cases.length} reads of ${new Set(cases.map((c) => c.route)).size} routes\n`,
  );
  await measure(server, cases, { concurrency: 2, seconds: warmupSeconds });
  const loads: unknown[] = [];
  for (const { name, concurrency, isLoaded } of phases) {
    const load = isLoaded
      ? startLoad(server, { rate: Number(values.rate), seconds: seconds + 5 })
      : undefined;
    if (isLoaded) await wait(5_000);
    const times = await measure(server, cases, { concurrency, seconds });
    measured.push(...figuresOf(name, times));
    if (load === undefined) continue;
    const { callsPerSecond, latencyMs, outcomes } = await load.result();
    loads.push({ phase: name, callsPerSecond, latencyMs, outcomes });
  }
  const { events, megabytes } = seeded;
  const rssMb = rounded(sampleProcess(server.pid).rssKb / 1024, 0);
  const process_ = { readySeconds, rssMbAtStart, rssMb };
  const shape = { stations: seeded.stations, sessions: seeded.sessions, events, megabytes };
  const result = { ...shape, server: process_, loads, measured };
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n\n${table(measured)}\n`);
} catch (error) {
  process.stderr.write(`${server.said()}\n`);
  throw error;
} finally {
  await server.stop();
}
const tooSlow = measured.filter(
  ({ p95Ms, slowestP50Ms }) => !((p95Ms ?? Number.NaN) < p95MsMax && slowestP50Ms < p95MsMax),
);
for (const { phase, route, p95Ms, slowest, slowestP50Ms } of tooSlow) {
  const what = `${route} (${phase}): p95 ${p95Ms} ms; slowest is ${slowest}, ${slowestP50Ms} ms`;
  process.stderr.write(`${what}; at most ${p95MsMax}\n`);
  process.exitCode = 1;
}
