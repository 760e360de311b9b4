// A data directory as a network has it after some weeks: tokens in the vault, a log of so many
// stations and sessions with its receipts, and the views. Built once under node_modules/.cache
// and used again while size, history and schema are the same. By hand:
//   node bench/seeded/log-file-seeded.ts [--stations 50000] [--sessions 1000000]
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { eachWithLimit } from "../each-with-limit.ts";
import { callApi, stationIdOf, uidOf } from "../fleet.ts";
import { type Server, startServer } from "../process/server.ts";
import { newStation, sessionsOf } from "./fleet-history.ts";
import { recordsOf } from "./fleet-history-records.ts";
import { openLogFile, readEvents } from "./log-file.ts";
import { LogFiller } from "./log-file-filler.ts";

/** How large a network is. */
export interface NetworkSize {
  readonly stations: number;
  readonly sessions: number;
}

/** A data directory that is ready to be served. */
export interface SeededLog extends NetworkSize {
  readonly dataDir: string;
  readonly apiKey: string;
  readonly events: number;
  readonly megabytes: { readonly log: number; readonly views: number };
  /** Seconds that it took to build, by step. */
  readonly built: Readonly<Record<string, number>>;
}

const root = resolve(import.meta.dirname, "../..");
const cache = join(root, "node_modules", ".cache", "motown-bench");
const tokensMax = 5_000;
const viewsWithinMs = 7_200_000;
/** What decides what is in the directory. */
const sources = [
  "bench/seeded/fleet-history.ts",
  "bench/seeded/fleet-history-records.ts",
  "bench/seeded/log-file-filler.ts",
  "src/event-store/sqlite/log-schema.ts",
];

/** The directory of a network of this size; the first time it is built. */
export async function seededLog(size: NetworkSize): Promise<SeededLog> {
  const folder = join(cache, `${size.stations}-${size.sessions}-${schemaOf()}`);
  const note = join(folder, "seeded.json");
  if (existsSync(note)) return JSON.parse(readFileSync(note, "utf8"));
  process.stderr.write(`building ${folder}, once\n`);
  const seeded = await build(folder, size);
  writeFileSync(note, JSON.stringify(seeded, null, 1));
  return seeded;
}

function schemaOf(): string {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(readFileSync(join(root, source)));
  return hash.digest("hex").slice(0, 12);
}

const apiKey = "bench-key-of-a-seeded-log-0123456789";

async function build(folder: string, size: NetworkSize): Promise<SeededLog> {
  const dataDir = join(folder, "data");
  const { events, ...steps } = await logOf(folder, size);
  const views = await timed("views", () =>
    withServer({ dataDir, apiKey }, (server) => viewsReach(server, events)),
  );
  const built = { ...steps, views: views.seconds };
  const megabytes = { log: sizeOf(dataDir, "log.sqlite"), views: sizeOf(dataDir, "views.sqlite") };
  return { ...size, dataDir, apiKey, events, megabytes, built };
}

/** The log; one that is there already is taken as it is, if only the views were not finished. */
async function logOf(
  folder: string,
  size: NetworkSize,
): Promise<{ readonly events: number; readonly tokens: number; readonly log: number }> {
  const note = join(folder, "log.json");
  if (existsSync(note)) return JSON.parse(readFileSync(note, "utf8"));
  const dataDir = join(folder, "data");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const tokens = await timed("tokens", () => withServer({ dataDir, apiKey }, prepareOffice));
  const log = await timed("log", () => fill(dataDir, size));
  const filled = { events: log.result, tokens: tokens.seconds, log: log.seconds };
  writeFileSync(note, JSON.stringify(filled, null, 1));
  return filled;
}

async function timed<T>(name: string, work: () => Promise<T> | T) {
  const start = performance.now();
  const result = await work();
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  process.stderr.write(`  ${name}: ${seconds} s\n`);
  return { result, seconds };
}

function sizeOf(dataDir: string, file: string): number {
  return Math.round(statSync(join(dataDir, file)).size / 1e6);
}

async function withServer(
  options: { readonly dataDir: string; readonly apiKey: string },
  work: (server: Server) => Promise<void>,
): Promise<void> {
  const server = await startServer(options);
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

/** Tokens, a catalogue, a few people: what operators set up by the API. */
async function prepareOffice(server: Server): Promise<void> {
  const numbers = Array.from({ length: tokensMax }, (_none, at) => at);
  await eachWithLimit(numbers, 16, async (at) => {
    const path = `/api/v1/tokens/${uidOf(at)}`;
    await callApi(server, { method: "PUT", path, body: { status: "accepted" } });
  });
}

function fill(dataDir: string, { stations, sessions }: NetworkSize): number {
  const tokenRefs = readEvents(dataDir, ["TokenSet"]).map(({ stream }) => stream.slice(6));
  const rounds = Math.ceil(sessions / stations);
  const shape = {
    stations,
    tokenRefs,
    stationIdOf,
    // One session in ten is of a station that samples each minute.
    metersOf: (n: number, round: number) => ((n + round) % 10 === 0 ? 12 : 0),
    goesOn: (n: number, round: number) => round === rounds - 1 && n >= stations * 0.9,
  };
  const filler = new LogFiller(dataDir);
  for (let n = 0; n < stations; n += 1) {
    filler.addAll(newStation(shape, n));
    filler.addAll(recordsOf(shape, n));
  }
  for (let round = 0; round < rounds; round += 1) filler.addAll(sessionsOf(shape, round));
  return filler.end();
}

/**
 * Starts the server on such a directory. A release with other views builds them first: that takes
 * its time, and is done once.
 */
export async function startSeeded({ dataDir, apiKey }: SeededLog): Promise<Server> {
  const server = await startServer({ dataDir, apiKey });
  try {
    await viewsReach(server, headOf(dataDir));
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function headOf(dataDir: string): number {
  const log = openLogFile(dataDir);
  try {
    return Number(log.prepare("SELECT max(position) AS head FROM events").get()?.head ?? 0);
  } finally {
    log.close();
  }
}

async function viewsReach(server: Server, events: number): Promise<void> {
  const views = new DatabaseSync(viewsFile(server.dataDir), { readOnly: true });
  const deadline = performance.now() + viewsWithinMs;
  let shownAt = performance.now();
  try {
    // Not prepared once: a statement that is kept would keep a table from being dropped.
    for (;;) {
      const row = views.prepare("SELECT position FROM motown_checkpoint").get();
      const now = Number(row?.position ?? 0);
      if (now >= events) return;
      if (!server.running() || performance.now() > deadline) {
        throw new Error(`the views stand at ${now} of ${events}: ${server.said()}`);
      }
      if (performance.now() - shownAt > 30_000) {
        shownAt = performance.now();
        const seconds = Math.round(shownAt / 1000);
        process.stderr.write(`  views at ${now} of ${events}, ${seconds} s\n`);
      }
      await wait(200);
    }
  } finally {
    views.close();
  }
}

/** A rebuild by the API has put another file in its place. */
function viewsFile(dataDir: string): string {
  const pointer = join(dataDir, "views.current");
  const name = existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : "views.sqlite";
  return join(dataDir, name);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      stations: { type: "string", default: "50000" },
      sessions: { type: "string", default: "1000000" },
    },
  });
  const size = { stations: Number(values.stations), sessions: Number(values.sessions) };
  process.stdout.write(`${JSON.stringify(await seededLog(size), null, 1)}\n`);
}
