// The log's file as an archive reads it from end to end, and as an import fills a new one.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import {
  type ArchiveCounts,
  type ArchiveRow,
  type ArchiveSource,
  type ArchiveTable,
  type ArchiveTarget,
  archiveTables,
  type CommitUnit,
  noFaults,
  restoredMark,
} from "#bus";
import { StoreProblem } from "#store-problem";
import { openLog, openLogReader } from "./log-schema.ts";
import { LogWriter } from "./log-writer.ts";
import { lockDirectory } from "./opening/directory-lock.ts";
import { logName, opening } from "./opening/sqlite-errors.ts";

/** Rows that are in memory at a time. */
const rowsAtOnce = 2_000;
/** An import has the machine to itself. */
const chainCacheMax = 500_000;

/** Not of the log: what the store writes to find out whether its disk works, and its own past. */
const withoutOwn = `WHERE consumer NOT IN ('probe of the disk', '${restoredMark}')`;

const selects: Readonly<Record<ArchiveTable, string>> = {
  event: `SELECT e.position, s.name, e.version, t.key, e.correlation, e.type, e.schema, e.data,
    e.meta FROM events e JOIN streams s ON s.id = e.stream LEFT JOIN stations t ON t.id = e.station
    ORDER BY e.position`,
  receipt: "SELECT id, position, answer, expires_ms FROM receipts ORDER BY id",
  token: "SELECT ref, lookup, sealed FROM vault ORDER BY ref",
  credential: "SELECT owner, secret FROM credentials ORDER BY owner",
  connection: `SELECT station, node, epoch, connected_at, last_seen_at, disconnected_at, protocol,
    address FROM connections ORDER BY station`,
  request: "SELECT request_id, station, position FROM requests ORDER BY request_id",
  checkpoint: `SELECT consumer, position FROM checkpoints ${withoutOwn} ORDER BY consumer`,
};

const froms: Readonly<Record<ArchiveTable, string>> = {
  event: "events",
  receipt: "receipts",
  token: "vault",
  credential: "credentials",
  connection: "connections",
  request: "requests",
  checkpoint: `checkpoints ${withoutOwn}`,
};

const inserts: Readonly<Record<Exclude<ArchiveTable, "event">, string>> = {
  receipt: "INTO receipts (id, position, answer, expires_ms)",
  token: "INTO vault (ref, lookup, sealed)",
  credential: "INTO credentials (owner, secret)",
  connection: `INTO connections (station, node, epoch, connected_at, last_seen_at,
    disconnected_at, protocol, address)`,
  request: "INTO requests (request_id, station, position)",
  checkpoint: "INTO checkpoints (consumer, position)",
};

/** Reads the log of a data directory, in use or not, as it is at this moment. */
export function openSqliteArchive(directory: string): ArchiveSource {
  const path = join(directory, logName);
  if (!existsSync(path)) {
    throw new StoreProblem("missing", `There is no log in ${directory}. Name its folder.`);
  }
  const database = opening(path, () => {
    const reader = openLogReader(path);
    // One transaction, so that all tables are of one moment.
    reader.exec("BEGIN; SELECT count(*) FROM checkpoints");
    return reader;
  });
  return {
    counts: async () => countsOf(database),
    rows: (table) => rowsOf(database, selects[table]),
    close: async () => database.close(),
  };
}

function countsOf(database: DatabaseSync): ArchiveCounts {
  const entries = Object.keys(selects).map((table) => {
    const from = froms[table as ArchiveTable];
    const row = database.prepare(`SELECT count(*) AS count FROM ${from}`).get();
    return [table, Number(row?.count)];
  });
  return Object.fromEntries(entries) as ArchiveCounts;
}

async function* rowsOf(database: DatabaseSync, select: string): AsyncGenerator<ArchiveRow[]> {
  const statement = database.prepare(select);
  statement.setReturnArrays(true);
  let rows: ArchiveRow[] = [];
  for (const row of statement.iterate()) {
    rows.push(row as unknown as ArchiveRow);
    if (rows.length < rowsAtOnce) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** Fills a data directory that holds no log yet. Until it is complete the log has another name. */
export function createSqliteArchive(directory: string): ArchiveTarget {
  const lock = lockDirectory(directory);
  try {
    const path = join(directory, logName);
    if (existsSync(path)) {
      const words = `${directory} holds a log already. Name a folder that is empty or not there.`;
      throw new StoreProblem("notEmpty", words);
    }
    return new ImportedLog(directory, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

class ImportedLog implements ArchiveTarget {
  readonly #directory: string;
  /** A folder of its own, so that the write-ahead file goes with it. */
  readonly #workshop: string;
  readonly #database: DatabaseSync;
  readonly #writer: LogWriter;
  readonly #release: () => void;

  constructor(directory: string, release: () => void) {
    this.#directory = directory;
    this.#release = release;
    this.#workshop = join(directory, "import");
    rmSync(this.#workshop, { recursive: true, force: true });
    mkdirSync(this.#workshop);
    this.#database = openLog(join(this.#workshop, logName));
    // Synced once, at its end: before that nobody relies on it.
    this.#database.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000");
    this.#writer = new LogWriter({
      ...{ database: this.#database, chainCacheMax, receiptScanMax: 1, faults: noFaults },
    });
  }

  async add(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void> {
    if (table === "event") this.#addEvents(rows);
    else this.#insert(table, rows);
  }

  async complete(): Promise<void> {
    this.#writer.settle();
    this.#database.exec("PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
    this.#database.close();
    renameSync(join(this.#workshop, logName), join(this.#directory, logName));
    rmSync(this.#workshop, { recursive: true, force: true });
    this.#release();
  }

  async abandon(): Promise<void> {
    this.#database.close();
    rmSync(this.#workshop, { recursive: true, force: true });
    this.#release();
  }

  #addEvents(rows: readonly ArchiveRow[]): void {
    const units = rows.map(unitOf);
    const first = this.#writer.head + 1;
    const { results } = this.#writer.commit(units, []);
    for (const [at, result] of results.entries()) {
      const [position, stream, version] = rows[at] ?? [];
      const isRight = result.status === "committed" && position === first + at;
      if (isRight && position === result.firstPosition) continue;
      throw new StoreProblem(
        "badArchive",
        `The archive's event at position ${position} (${stream}, version ${version}) does not ` +
          "follow from those before it.",
      );
    }
  }

  #insert(table: Exclude<ArchiveTable, "event">, rows: readonly ArchiveRow[]): void {
    const places = archiveTables[table].map(() => "?").join(", ");
    const statement = this.#database.prepare(`INSERT ${inserts[table]} VALUES (${places})`);
    this.#database.exec("BEGIN");
    for (const row of rows) statement.run(...row);
    this.#database.exec("COMMIT");
  }
}

/** Each event is a unit of its own: what stood in one unit is in their places. */
function unitOf(row: ArchiveRow): CommitUnit {
  const [, stream, version, station, correlation, type, schema, data, meta] = row;
  return {
    station: station === null ? undefined : String(station),
    correlationId: correlation === null ? undefined : String(correlation),
    appends: [
      {
        stream: String(stream),
        expectedVersion: Number(version) - 1,
        events: [
          { type: String(type), schema: Number(schema), data: String(data), meta: String(meta) },
        ],
      },
    ],
  };
}
