// Whether a call costs the same, however many stations call and however long the log is:
//   npm run bench -- flat [--sizes 100,1000,5000,15000] [--rate 2000] [--rounds 3] [--seconds 20]
// All stations together send the same calls a second, well below what the server can do; the figure
// is its CPU per 1,000 calls. Sizes and logs take turns, and the medians are compared. The long log
// is that of `bench -- reads`, built once.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cycleFrom, fullCycle } from "./calls.ts";
import { eachWithLimit } from "./each-with-limit.ts";
import { callApi, stationIdOf, uidOf } from "./fleet.ts";
import { type LoadResult, runLoad } from "./load.ts";
import type { Server } from "./process/server.ts";
import { type SeededLog, seededLog, startSeeded } from "./seeded/log-file-seeded.ts";
import { table } from "./table.ts";
import { median, rounded } from "./tally.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,1000,5000,15000" },
    /** Stations that call beside the long log. */
    stations: { type: "string", default: "1000" },
    logStations: { type: "string", default: "50000" },
    logSessions: { type: "string", default: "1000000" },
    rate: { type: "string", default: "2000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "20" },
    /** `sizes` or `logs`: one of the two comparisons alone. */
    only: { type: "string", default: "" },
  },
});
const ratioMax = 1.3;
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const sizes = values.sizes.split(",").map(Number);
const requestsInFlightMax = 16;
/** Of the stations that call beside the long log: those that it does not know yet. */
const newShare = 0.1;

/** One way to run: so many stations on a log. */
interface Setting {
  readonly name: string;
  readonly stations: number;
  readonly log: SeededLog;
}

interface Run {
  readonly setting: string;
  readonly cpuPer1000: number;
  readonly load: LoadResult;
}

/** The n-th station that calls: most are known to the log, the last ones are new. */
function memberOf({ stations, log }: Setting): (at: number) => number {
  const known = log.sessions === 0 ? stations : Math.ceil(stations * (1 - newShare));
  return (at) => (at < known ? at : log.stations + at);
}

/** Tokens and new stations that are not there yet, by the API; a note says that they are. */
async function prepare(setting: Setting): Promise<void> {
  const { stations, log } = setting;
  const note = join(log.dataDir, "..", `flat-${stations}`);
  if (existsSync(note)) return;
  process.stderr.write(`preparing ${setting.name}, once\n`);
  await withServer(log, async (server) => {
    const numbers = Array.from({ length: stations }, (_none, at) => at);
    const member = memberOf(setting);
    await eachWithLimit(numbers, requestsInFlightMax, async (at) => {
      const path = `/api/v1/tokens/${uidOf(at)}`;
      await callApi(server, { method: "PUT", path, body: { status: "accepted" } });
      if (member(at) === at) return;
      const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "type2" }] }];
      const body = { stationId: stationIdOf(member(at)), accepted: true, evses };
      await callApi(server, { method: "POST", path: "/api/v1/charging-stations", body });
    });
  });
  writeFileSync(note, "");
}

async function withServer<T>(log: SeededLog, work: (server: Server) => Promise<T>): Promise<T> {
  const server = await startSeeded(log);
  try {
    return await work(server);
  } catch (error) {
    process.stderr.write(`${server.said()}\n`);
    throw error;
  } finally {
    await server.stop();
  }
}

async function run(setting: Setting): Promise<Run> {
  const load = await withServer(setting.log, (server) =>
    runLoad({
      url: server.stationUrl,
      stations: setting.stations,
      memberOf: memberOf(setting),
      rate,
      seconds,
      // A whole cycle of each station: what is asked once about a station or a token is remembered
      // then, and those that began behind their start are in step.
      warmupSeconds: Math.max(10, (cycleFrom(fullCycle).length * setting.stations) / rate),
      sample: { server: server.pid },
    }),
  );
  const { ok, ...failures } = load.outcomes;
  if (ok === 0 || Object.values(failures).some((count) => count > 0)) {
    const errors = JSON.stringify({ outcomes: load.outcomes, errors: load.errors });
    throw new Error(`${setting.name} does not count: ${errors}`);
  }
  const cpuPer1000 = load.processes.server?.cpuSecondsPer1000 ?? Number.NaN;
  process.stderr.write(`${setting.name}: ${cpuPer1000} CPU s/1,000, ${load.callsPerSecond}/s\n`);
  return { setting: setting.name, cpuPer1000, load };
}

/** All settings in turn, round after round; what each costs, as a multiple of the first. */
async function compare(settings: readonly Setting[]) {
  for (const setting of settings) await prepare(setting);
  const runs: Run[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // Forth and back, so that what grows with time favours nobody.
    const turn = round % 2 === 0 ? settings : settings.toReversed();
    for (const setting of turn) runs.push(await run(setting));
  }
  const middle = (name: string, figure: (one: Run) => number) =>
    median(runs.filter(({ setting }) => setting === name).map(figure));
  const [first] = settings;
  const base = middle(first?.name ?? "", ({ cpuPer1000 }) => cpuPer1000);
  const figures = settings.map(({ name, stations, log }) => {
    const cpuPer1000 = middle(name, (one) => one.cpuPer1000);
    return {
      setting: name,
      stations,
      eventsBefore: log.events,
      callsPerSecond: rounded(
        middle(name, ({ load }) => load.callsPerSecond),
        0,
      ),
      cpuPer1000: rounded(cpuPer1000, 4),
      multiple: rounded(cpuPer1000 / base, 3),
      p50Ms: rounded(
        middle(name, ({ load }) => load.latencyMs.p50 ?? Number.NaN),
        1,
      ),
      p99Ms: rounded(
        middle(name, ({ load }) => load.latencyMs.p99 ?? Number.NaN),
        1,
      ),
      rssMb: rounded(
        middle(name, ({ load }) => load.processes.server?.rssMb ?? Number.NaN),
        0,
      ),
    };
  });
  return { figures, runs };
}

/** Figures of which one is too far from the first. */
function tooDear(
  figures: readonly { readonly setting: string; readonly multiple: number }[],
): void {
  for (const { setting, multiple } of figures) {
    if (multiple <= ratioMax) continue;
    process.stderr.write(`${setting}: ${multiple} times the first; at most ${ratioMax}\n`);
    process.exitCode = 1;
  }
}

const compared: Record<string, unknown> = {};
const tables: string[] = [];
if (values.only !== "logs") {
  const log = await seededLog({ stations: Math.max(...sizes), sessions: 0 });
  const { figures, runs } = await compare(
    sizes.map((stations) => ({ name: `${stations} stations`, stations, log })),
  );
  compared.sizes = { figures, runs };
  tables.push(table(figures));
  tooDear(figures);
}
if (values.only !== "sizes") {
  const stations = Number(values.stations);
  const empty = await seededLog({ stations, sessions: 0 });
  const long = await seededLog({
    stations: Number(values.logStations),
    sessions: Number(values.logSessions),
  });
  const { figures, runs } = await compare([
    { name: "empty log", stations, log: empty },
    { name: "long log", stations, log: long },
  ]);
  compared.logs = { figures, runs };
  tables.push(table(figures));
  tooDear(figures);
}
process.stdout.write(`${JSON.stringify(compared, null, 1)}\n\n${tables.join("\n\n")}\n`);
