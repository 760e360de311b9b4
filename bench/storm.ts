// Everybody comes back at once. A fleet is connected and booted, its server is killed (or all of
// its sockets are cut), and within a minute all are back, each with a boot and three statuses:
//   npm run bench -- storm [--stations 18000] [--seconds 60] [--how kill|cut]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { eachWithLimit } from "./each-with-limit.ts";
import { prepareFleet } from "./fleet.ts";
import { sampleProcess } from "./process/process-sample.ts";
import { freePort, startServer } from "./process/server.ts";
import { countEvents } from "./seeded/log-file.ts";
import { table } from "./table.ts";
import { percentiles, rounded } from "./tally.ts";
import { type ApiSeen, watchApi } from "./wire/api-watch.ts";
import { type MeasuredServer, startMeasured } from "./wire/memory.ts";
import { count, newRecord, ReturningStation, type ReturnRecord } from "./wire/returning-station.ts";

const servedWithinSecondsMax = 90;
const p99MsMax = 5_000;
const connectingAtOnce = 200;
/** Beyond the time in which all must have been served: who is later counts as never. */
const patienceMs = 120_000;

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "18000" },
    seconds: { type: "string", default: "60" },
    how: { type: "string", default: "kill" },
  },
});
const options = {
  stations: Number(values.stations),
  seconds: Number(values.seconds),
  kill: values.how === "kill",
};

const boots = (dataDir: string) => countEvents(dataDir, "ConfiguredChargingStationBooted");

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function prepare(dataDir: string): Promise<void> {
  const server = await startServer({ dataDir });
  try {
    await prepareFleet(server, options.stations, { tokens: false });
  } finally {
    await server.stop();
  }
}

async function connectAll(server: MeasuredServer, stations: readonly ReturningStation[]) {
  const record = newRecord();
  const start = performance.now();
  await eachWithLimit(stations, connectingAtOnce, async (station) => {
    await station.comeBack(server.stationUrl, record, start + patienceMs);
  });
  return { record, seconds: rounded((performance.now() - start) / 1000, 1) };
}

/** Each comes at a moment of its own within the seconds; resolves when all were served. */
async function returnAll(url: string, stations: readonly ReturningStation[], start: number) {
  const record = newRecord();
  const done = await Promise.all(
    stations.map(async (station) => {
      await wait(Math.random() * options.seconds * 1000);
      return station.comeBack(url, record, start + patienceMs);
    }),
  );
  for (const served of done) if (!served) count(record.setbacks, "never served");
  return record;
}

function figuresOf(record: ReturnRecord, start: number, server: number) {
  const at = record.servedAt.map((moment) => (moment - start) / 1000).sort((a, b) => a - b);
  const perSecond = new Map<number, number>();
  for (const second of at) count(perSecond, Math.floor(second));
  const list = (map: ReadonlyMap<string | number, number>) =>
    Object.fromEntries([...map].sort(([a], [b]) => Number(a) - Number(b)));
  return {
    served: at.length,
    servedWithinSeconds: rounded(at.at(-1) ?? Number.NaN, 1),
    servedAfterServerWasThereSeconds: rounded((at.at(-1) ?? Number.NaN) - server, 1),
    busiestSecondStations: Math.max(0, ...perSecond.values()),
    handshakeMs: percentiles(record.handshakes),
    answerMs: percentiles(record.answers),
    setbacks: list(record.setbacks),
    retryAfterSeconds: list(record.retryAfter),
    bootIntervals: { different: record.intervals.size, ...spanOf(record.intervals) },
  };
}

function spanOf(map: ReadonlyMap<number, number>) {
  return { least: Math.min(...map.keys()), most: Math.max(...map.keys()) };
}

async function storm(dataDir: string) {
  const port = await freePort();
  const first = await startMeasured({ dataDir, port });
  let second: MeasuredServer | undefined;
  try {
    const { apiKey } = first;
    const stations = Array.from(
      { length: options.stations },
      (_none, at) => new ReturningStation(at),
    );
    const before = await connectAll(first, stations);
    say(`connected and booted ${before.record.served.length} in ${before.seconds} s`);
    const memoryBefore = await first.collect();
    const bootsBefore = boots(dataDir);
    const start = performance.now();
    if (options.kill) await first.stop("SIGKILL");
    else for (const station of stations) station.terminate();
    const returned = returnAll(first.stationUrl, stations, start);
    second = options.kill ? await startMeasured({ dataDir, port, apiKey }) : first;
    const serverSeconds = (performance.now() - start) / 1000;
    const { record, api, peakRssMb, cpuSeconds } = await duringStorm(second, returned);
    const openAtEnd = stations.filter((station) => station.open).length;
    const memory = await second.collect();
    for (const station of stations) station.terminate();
    return {
      ...options,
      connectSeconds: before.seconds,
      connectPerSecond: rounded(options.stations / before.seconds, 0),
      serverBackSeconds: rounded(serverSeconds, 1),
      ...figuresOf(record, start, serverSeconds),
      openAtEnd,
      cpuSeconds,
      api,
      boots: boots(dataDir) - bootsBefore,
      memory: { before: memoryBefore, peakRssMb, after: memory },
    };
  } catch (error) {
    say((second ?? first).said());
    throw error;
  } finally {
    await first.stop();
    await second?.stop();
  }
}

async function duringStorm(server: MeasuredServer, returned: Promise<ReturnRecord>) {
  const watch = watchApi(server);
  const before = sampleProcess(server.pid);
  let peakRssMb = 0;
  const look = setInterval(() => {
    peakRssMb = Math.max(peakRssMb, server.rssMb());
  }, 1_000);
  try {
    const record = await returned;
    const cpuSeconds = sampleProcess(server.pid).cpuSeconds - before.cpuSeconds;
    return { record, api: watch.seen(), peakRssMb, cpuSeconds: rounded(cpuSeconds, 1) };
  } finally {
    clearInterval(look);
    await watch.stop();
  }
}

type Figures = Awaited<ReturnType<typeof storm>>;

/** What is not as it must be, in words. */
function shortOf(figures: Figures): string[] {
  const { served, servedWithinSeconds, answerMs, boots: logged, api } = figures;
  const failed = Object.entries(api.failures);
  return [
    served < options.stations ? `${options.stations - served} stations were never served` : "",
    servedWithinSeconds > servedWithinSecondsMax ? `served after ${servedWithinSeconds} s` : "",
    (answerMs.p99 ?? p99MsMax) >= p99MsMax ? `p99 of an answer is ${answerMs.p99} ms` : "",
    logged < served ? `${served} boots were answered, and the log holds ${logged}` : "",
    failed.length > 0 ? `the API did not answer: ${JSON.stringify(api.failures)}` : "",
  ].filter((line) => line !== "");
}

function rowOf(figures: Figures) {
  const { handshakeMs, answerMs, api, memory, setbacks } = figures;
  const refused = Object.entries(setbacks).map(([what, times]) => `${what} × ${times}`);
  return {
    stations: figures.stations,
    "served s": figures.servedWithinSeconds,
    "handshake p50/p99/max ms": spread(handshakeMs),
    "answer p50/p99/max ms": spread(answerMs),
    "API p95 ms": api.p95,
    "CPU s": figures.cpuSeconds,
    refused: refused.join(", ") || "none",
    boots: figures.boots,
    "heap MB before/after": `${memory.before.mainHeapMb}/${memory.after.mainHeapMb}`,
    "RSS MB before/peak/after": `${memory.before.rssMb}/${memory.peakRssMb}/${memory.after.rssMb}`,
  };
}

function spread({ p50, p99, max }: Pick<ApiSeen, "p50" | "p99" | "max">): string {
  return [p50, p99, max].join("/");
}

const dataDir = mkdtempSync(join(tmpdir(), "motown-storm-"));
try {
  await prepare(dataDir);
  say(`prepared ${options.stations} stations`);
  const figures = await storm(dataDir);
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n\n${table([rowOf(figures)])}\n`);
  for (const line of shortOf(figures)) {
    say(line);
    process.exitCode = 1;
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
