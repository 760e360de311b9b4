import { DatabaseSync } from "node:sqlite";
import { StoreProblem } from "#store-problem";

/** Version of the log's tables that this release writes. A change is a higher number and a step. */
export const logSchema = 2;

/** Events of a stream between two of its milestones, where a walk backwards may jump. */
export const milestoneEvery = 64;

/** Events after which the ends of all chains are written, if they changed. */
export const endsWrittenEvery = 2_000;

/** Where the ends of chains are true; an older log has them with each commit. */
const chainEnds = `
CREATE TABLE chain_ends (
  position INTEGER NOT NULL) STRICT;
INSERT INTO chain_ends (position) SELECT coalesce(max(position), 0) FROM events;`;

/*
 * Measured (1,000 stations, 50 units a commit): indexes (stream, version) and (station, position)
 * cost 2.4 times the CPU of chains, since each dirties a page of its own per station and commit. So
 * each event names its predecessor in its stream (`prev`) and of its station (`prev_station`), and
 * the stream's last event whose version is a multiple of 64 (`milestone`). Reading walks back from
 * the chain's end in `streams` or `stations`. Even these rows lie on so many pages that writing
 * them with each commit doubled what a commit writes: they are true up to the position in
 * `chain_ends`, and what came later is found in the events behind it. For the same reason receipts
 * have no index by their end: the sweep looks through them bit by bit.
 */
const tables = `
CREATE TABLE events (
  position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, version INTEGER NOT NULL,
  prev INTEGER NOT NULL, milestone INTEGER NOT NULL,
  station INTEGER, prev_station INTEGER NOT NULL, correlation TEXT,
  type TEXT NOT NULL, schema INTEGER NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL) STRICT;
CREATE INDEX events_by_correlation ON events (correlation) WHERE correlation IS NOT NULL;
CREATE TABLE streams (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  last INTEGER NOT NULL, milestone INTEGER NOT NULL) STRICT;
CREATE TABLE stations (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, last INTEGER NOT NULL) STRICT;
${chainEnds}
CREATE TABLE receipts (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, answer TEXT NOT NULL,
  expires_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE vault (
  ref TEXT PRIMARY KEY, lookup TEXT NOT NULL UNIQUE, sealed TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE credentials (
  owner TEXT PRIMARY KEY, secret TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE requests (
  request_id TEXT PRIMARY KEY, station TEXT NOT NULL, position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_station ON requests (station, position);
CREATE TABLE connections (
  station TEXT PRIMARY KEY, node TEXT NOT NULL, epoch INTEGER NOT NULL,
  connected_at TEXT NOT NULL, last_seen_at TEXT NOT NULL, disconnected_at TEXT,
  protocol TEXT, address TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
  stream TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, version INTEGER NOT NULL,
  state TEXT NOT NULL) STRICT;
CREATE TABLE checkpoints (
  consumer TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** From each schema to the next. Before 2 the ends of chains were written with each commit. */
const steps: Readonly<Record<number, string>> = { 1: chainEnds };

/** Came later, and harms no release that does not know it. */
const laterTables = `
CREATE TABLE IF NOT EXISTS checkpoint_epochs (
  consumer TEXT PRIMARY KEY, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/*
 * KiB of pages in memory. A commit in which pages of an index were split ends with a walk through
 * all of them (SQLite moves a split page through a number beyond the file's end, then looks for
 * such pages): at 32,000 that was 7 % of the writer's CPU. What is written often fits in this: the
 * ends of chains of 15,000 stations take 2 MB, the receipts of the last seconds less.
 */
const cacheKib = 8_000;

/** Opens the log for writing, and creates its tables where there are none. */
export function openLog(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA cache_size = -${cacheKib}; PRAGMA secure_delete = OFF`);
    createTables(database, path);
    database.exec(laterTables);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens the log for reading, beside its writer. */
export function openLogReader(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true });
}

function createTables(database: DatabaseSync, path: string): void {
  const stored = Number(database.prepare("PRAGMA user_version").get()?.user_version);
  if (stored > logSchema) throw newerSchema(path, stored);
  if (stored === logSchema) return;
  // One step after the other, from whichever release it is.
  const since = Object.entries(steps).filter(([from]) => Number(from) >= stored);
  const changes = stored === 0 ? [tables] : since.map(([, step]) => step);
  database.exec(
    `BEGIN IMMEDIATE; ${changes.join("\n")} PRAGMA user_version = ${logSchema}; COMMIT`,
  );
}

function newerSchema(path: string, stored: number): StoreProblem {
  return new StoreProblem(
    "newerSchema",
    `${path} was written by a newer Motown (schema ${stored}; this one knows ${logSchema}). ` +
      "Start the newer release, or choose another folder with --data-dir.",
  );
}
