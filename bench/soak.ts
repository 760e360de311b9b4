// Half load for half an hour, with everything that goes on around it: does memory grow?
//   npm run bench -- soak [--minutes 30] [--stations 1000] [--rate calls/s]
// Without a rate, half of what a first run at full speed has reached. Stations come and go, the API
// is asked, live streams are opened and closed, commands are sent. Memory is measured once in a
// window: RSS, the least heap that `/metrics` told, and all threads' heaps after a collection.
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
import { type MeasuredServer, startMeasured } from "./wire/memory.ts";
import { slopePerHour } from "./wire/slope.ts";

const calibrationSeconds = 15;
const windows = 30;
const windowSecondsMin = 10;
/** Of the run: caches fill, and the compiler is at work. */
const warmShare = 1 / 3;
/** Only a run of this length can tell a leak from a cache that fills. */
const minutesThatCount = 20;
const heapMbPerHourMax = 40;
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
  /** The least that was seen in the window. */
  readonly leastHeapMb: number;
  /** After a collection: of the main thread, and of all. */
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
  const { mainHeapMb, heapsMb, externalMb } = await server.collect();
  const at = rounded((performance.now() - start) / 1000, 0);
  const least = rounded(leastHeapMb, 1);
  return { seconds: at, rssMb, anonMb, leastHeapMb: least, mainHeapMb, heapsMb, externalMb };
}

function slopesOf(samples: readonly Sample[]) {
  const warm = samples.slice(Math.floor(samples.length * warmShare));
  const slope = (value: (sample: Sample) => number) => {
    const points = warm.map((sample) => ({ seconds: sample.seconds, value: value(sample) }));
    return rounded(slopePerHour(points), 1);
  };
  return {
    rssMbPerHour: slope(({ rssMb }) => rssMb),
    anonMbPerHour: slope(({ anonMb }) => anonMb),
    leastHeapMbPerHour: slope(({ leastHeapMb }) => leastHeapMb),
    mainHeapMbPerHour: slope(({ mainHeapMb }) => mainHeapMb),
    heapsMbPerHour: slope(({ heapsMb }) => heapsMb),
  };
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
  try {
    while (performance.now() - start < (seconds - windowSeconds / 2) * 1000) {
      samples.push(await measureWindow(server, start));
      process.stderr.write(`${JSON.stringify(samples.at(-1))}\n`);
    }
    await load.exit;
  } finally {
    await everyday.stop();
    await api.stop();
    await load.stop("SIGKILL");
  }
  const said = load.said();
  const result = JSON.parse(said.slice(said.indexOf("{"))) as LoadResult;
  const { callsPerSecond, latencyMs, outcomes, errors, openAtEnd } = result;
  const held = { callsPerSecond, latencyMs, outcomes, errors, openAtEnd };
  return { stations, rate, load: held, around: everyday.counts(), api: api.seen(), samples };
}

const server = await startMeasured();
try {
  const found = await soak(server);
  const slopes = slopesOf(found.samples);
  process.stdout.write(`${JSON.stringify({ ...found, slopes }, null, 1)}\n\n`);
  process.stdout.write(`${table(found.samples)}\n\n${table([slopes])}\n`);
  const { ok, ...failures } = found.load.outcomes;
  const aside = Object.keys({ ...found.around.failures, ...found.api.failures });
  const short = [
    Object.values(failures).some((times) => times > 0) || ok === 0 ? "not all was answered" : "",
    aside.length > 0 ? `beside the load failed: ${aside.slice(0, 5).join("; ")}` : "",
    Number(values.minutes) >= minutesThatCount && !(slopes.heapsMbPerHour <= heapMbPerHourMax)
      ? `heaps grow by ${slopes.heapsMbPerHour} MB an hour; at most ${heapMbPerHourMax}`
      : "",
  ];
  for (const line of short.filter((text) => text !== "")) {
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${server.said()}\n`);
  throw error;
} finally {
  await server.stop();
}
