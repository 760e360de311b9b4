// Half load for half an hour, with everything that goes on around it: does memory grow?
//   npm run bench -- soak [--minutes 30] [--stations 1000] [--rate calls/s]
// Without a rate, half of what a first run at full speed has reached. Stations come and go, the API
// is asked, live streams are opened and closed, commands are sent. Memory is measured once in a
// window: what the system has given, what V8 has taken of it for heaps, what is left of these after
// a collection, and what lies beside them (page caches, buffers, the allocator's own).
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { prepareFleet } from "./fleet.ts";
import { type LoadResult, runLoad } from "./load.ts";
import { type Child, startChild } from "./process/child.ts";
import { table } from "./table.ts";
import { rounded } from "./tally.ts";
import { watchApi } from "./wire/api-watch.ts";
import { startEveryday } from "./wire/everyday.ts";
import { type MeasuredServer, startMeasured, type ThreadUse } from "./wire/memory.ts";
import { type Trend, trendOf } from "./wire/slope.ts";

const calibrationSeconds = 15;
const windows = 30;
const windowSecondsMin = 10;
/** Of the run: caches fill, and the compiler is at work. */
const warmShare = 1 / 3;
/** Only a run of this length can tell a leak from a cache that fills. */
const minutesThatCount = 20;
/**
 * What may grow, in MB an hour beyond what chance explains. A tenth of a kilobyte kept for each
 * session is some 100 MB an hour; caches that are not full yet are less.
 */
const perHourMax: Readonly<Partial<Record<keyof Sample, number>>> = {
  heapsMb: 40,
  besideMb: 60,
  anonMb: 100,
};
/** Standard errors that chance explains. */
const chance = 2;
const churningShare = 0.1;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    stations: { type: "string", default: "1000" },
    rate: { type: "string" },
  },
});
const stations = Number(values.stations);
const churning = Math.max(1, Math.round(stations * churningShare));
const seconds = Number(values.minutes) * 60;
const windowSeconds = Math.max(windowSecondsMin, seconds / windows);

interface Sample {
  readonly seconds: number;
  readonly rssMb: number;
  readonly anonMb: number;
  /** What V8 has taken of it for the heaps of all threads, garbage included. */
  readonly takenMb: number;
  /** What is not mapped from files and is no heap. */
  readonly besideMb: number;
  /** The least that was seen in the window. */
  readonly leastHeapMb: number;
  /** After a collection: of the main thread, of all, and the buffers they own. */
  readonly mainHeapMb: number;
  readonly heapsMb: number;
  readonly externalMb: number;
}

async function calibrate(server: MeasuredServer): Promise<number> {
  if (values.rate !== undefined) return Number(values.rate);
  const full = await runLoad({ url: server.stationUrl, stations, seconds: calibrationSeconds });
  return rounded(full.callsPerSecond / 2, 0);
}

/** The load as a program of its own, so that its work does not delay what is measured here. */
function startLoad(server: MeasuredServer, rate: number): Child {
  return startChild([
    ...[process.execPath, join(import.meta.dirname, "load.ts"), "--url", server.stationUrl],
    ...["--stations", String(stations), "--rate", String(rate), "--seconds", String(seconds)],
    ...["--sample", `server:${server.pid}`],
  ]);
}

async function heapNow({ apiUrl, apiKey }: MeasuredServer): Promise<number> {
  const response = await fetch(`${apiUrl}/metrics`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const text = await response.text();
  const bytes = /^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1];
  if (bytes === undefined) throw new Error("/metrics does not tell nodejs_heap_size_used_bytes");
  return Number(bytes) / 1024 / 1024;
}

async function measureWindow(server: MeasuredServer, start: number): Promise<Sample> {
  const end = performance.now() + windowSeconds * 1000;
  let leastHeapMb = Number.POSITIVE_INFINITY;
  while (performance.now() < end) {
    leastHeapMb = Math.min(leastHeapMb, await heapNow(server));
    await wait(Math.min(1_000, Math.max(0, end - performance.now())));
  }
  // Before the collection, which gives some of it back.
  const rssMb = server.rssMb();
  const anonMb = server.anonMb();
  const { mainHeapMb, heapsMb, externalMb, threads } = await server.collect();
  const takenMb = rounded(
    threads.reduce((sum, thread) => sum + thread.takenMb, 0),
    1,
  );
  return {
    seconds: rounded((performance.now() - start) / 1000, 0),
    ...{ rssMb, anonMb, takenMb, besideMb: rounded(anonMb - takenMb, 1) },
    ...{ leastHeapMb: rounded(leastHeapMb, 1), mainHeapMb, heapsMb, externalMb },
  };
}

type Measured = Exclude<keyof Sample, "seconds">;

function trendsOf(samples: readonly Sample[]): ReadonlyMap<Measured, Trend> {
  const warm = samples.slice(Math.floor(samples.length * warmShare));
  const trend = (what: Measured) =>
    trendOf(warm.map((sample) => ({ seconds: sample.seconds, value: sample[what] })));
  const [first] = samples;
  const measured = Object.keys(first ?? {}).filter((what) => what !== "seconds") as Measured[];
  return new Map(measured.map((what) => [what, trend(what)]));
}

/** What grows by more than it may. */
function growing(trends: ReadonlyMap<Measured, Trend>): string[] {
  return [...trends].flatMap(([what, { perHour, error }]) => {
    const most = perHourMax[what];
    if (most === undefined || perHour - chance * error <= most) return [];
    const found = `${rounded(perHour, 1)} ± ${rounded(error, 1)}`;
    return [`${what} grows by ${found} MB an hour; at most ${most}`];
  });
}

async function soak(server: MeasuredServer) {
  await prepareFleet(server, stations + churning);
  const rate = await calibrate(server);
  process.stderr.write(`${stations} stations, ${rate} calls/s, ${churning} come and go\n`);
  const load = startLoad(server, rate);
  const everyday = startEveryday(server, { first: stations, stations: churning });
  const api = watchApi(server);
  const start = performance.now();
  const samples: Sample[] = [];
  let threads: readonly ThreadUse[] = [];
  try {
    while (performance.now() - start < (seconds - windowSeconds / 2) * 1000) {
      if (!load.running()) throw new Error(`the load has ended before its time: ${load.said()}`);
      samples.push(await measureWindow(server, start));
      process.stderr.write(`${JSON.stringify(samples.at(-1))}\n`);
    }
    threads = (await server.collect()).threads;
    await load.exit;
  } finally {
    await everyday.stop();
    await api.stop();
    await load.stop("SIGKILL");
  }
  const said = load.said();
  const result = JSON.parse(said.slice(said.indexOf("{"))) as LoadResult;
  const { callsPerSecond, latencyMs, outcomes, errors, openAtEnd } = result;
  const { cpuSecondsPer1000 } = result.processes.server ?? {};
  const held = { callsPerSecond, cpuSecondsPer1000, latencyMs, outcomes, errors, openAtEnd };
  const seen = { around: everyday.counts(), api: api.seen() };
  return { stations, rate, load: held, ...seen, samples, threads };
}

const server = await startMeasured();
try {
  const found = await soak(server);
  const trends = trendsOf(found.samples);
  const slopes = [...trends].map(([what, { perHour, error }]) => ({
    ...{ what, "MB an hour": rounded(perHour, 1), "±": rounded(error, 1) },
  }));
  process.stdout.write(`${JSON.stringify({ ...found, slopes }, null, 1)}\n\n`);
  for (const rows of [found.samples, found.threads, slopes]) {
    process.stdout.write(`${table(rows)}\n\n`);
  }
  const { ok, ...failures } = found.load.outcomes;
  const aside = Object.keys({ ...found.around.failures, ...found.api.failures });
  const short = [
    Object.values(failures).some((times) => times > 0) || ok === 0 ? "not all was answered" : "",
    aside.length > 0 ? `beside the load failed: ${aside.slice(0, 5).join("; ")}` : "",
    ...(Number(values.minutes) >= minutesThatCount ? growing(trends) : []),
  ].filter((text) => text !== "");
  for (const line of short) process.stderr.write(`${line}\n`);
  process.stdout.write(`${short.length === 0 ? "PASSED" : "FAILED"}\n`);
  process.exitCode = short.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${server.said()}\n`);
  throw error;
} finally {
  await server.stop();
}
