import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { DeviationCount, DeviationQuery, Frame, ModelDeviation } from "#bus";
import { columns, modelKey, stationKey, tallied } from "../../deviation-tally.ts";
import { prepareAll } from "../statements.ts";

// The second table is the first one's sums, so that a fleet's overview costs no look at each of its
// stations. A table of former days knew no models.
const tables = `
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS station_deviations (
  station TEXT, code TEXT, vendor TEXT, model TEXT, firmware TEXT, count INTEGER NOT NULL,
  first_at TEXT NOT NULL, last_at TEXT NOT NULL,
  PRIMARY KEY (station, code, vendor, model, firmware)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deviations_by_code ON station_deviations (code, station);
CREATE TABLE IF NOT EXISTS model_deviations (
  vendor TEXT, model TEXT, firmware TEXT, code TEXT, count INTEGER NOT NULL,
  stations INTEGER NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
  PRIMARY KEY (vendor, model, firmware, code)) STRICT, WITHOUT ROWID;
`;

const former = `
BEGIN IMMEDIATE;
INSERT OR IGNORE INTO station_deviations
  SELECT station, code, '', '', '', count, first_at, last_at FROM deviations;
INSERT OR IGNORE INTO model_deviations
  SELECT '', '', '', code, sum(count), count(*), min(first_at), max(last_at)
  FROM deviations GROUP BY code;
DROP TABLE deviations;
COMMIT;
`;

const sql = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  count: `INSERT INTO station_deviations (station, code, vendor, model, firmware, count, first_at,
      last_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (station, code, vendor, model, firmware) DO UPDATE SET count = count + ?6,
      first_at = min(first_at, ?7), last_at = max(last_at, ?8)
    RETURNING count`,
  sum: `INSERT INTO model_deviations (vendor, model, firmware, code, count, stations, first_at,
      last_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (vendor, model, firmware, code) DO UPDATE SET count = count + ?5,
      stations = stations + ?6, first_at = min(first_at, ?7), last_at = max(last_at, ?8)`,
  oldest: "SELECT last_at FROM station_deviations ORDER BY last_at DESC LIMIT 1 OFFSET ?",
  drop: "DELETE FROM station_deviations WHERE last_at <= ?",
};

const shown = "vendor, model, firmware AS firmwareVersion, count, first_at AS firstAt";

/** How often each station, and each model, showed each deviation. */
export class DeviationCounters {
  readonly #database: DatabaseSync;
  readonly #run: ReturnType<typeof prepareAll<typeof sql>>;
  readonly #lists = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(tables);
    const known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'deviations'";
    if (this.#database.prepare(known).get() !== undefined) this.#database.exec(former);
    this.#run = prepareAll(this.#database, sql);
  }

  count(frames: readonly Frame[]): void {
    const tallies = tallied(frames);
    if (tallies.length === 0) return;
    this.#run.begin.run();
    try {
      for (const { about, count, firstAt, lastAt } of tallies) {
        const row = this.#run.count.get(...about, count, firstAt, lastAt);
        const newStations = Number(row?.count) === count ? 1 : 0;
        const [, code, ...model] = about;
        this.#run.sum.run(...model, code, count, newStations, firstAt, lastAt);
      }
      this.#run.commit.run();
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  list(query: DeviationQuery): DeviationCount[] {
    const what = `SELECT station, code, ${shown}, last_at AS lastAt FROM station_deviations`;
    return this.#list(what, stationKey, query) as unknown as DeviationCount[];
  }

  models(query: DeviationQuery): ModelDeviation[] {
    const what = `SELECT code, ${shown}, last_at AS lastAt, stations FROM model_deviations`;
    const { station: _station, ...rest } = query;
    return this.#list(what, modelKey, rest) as unknown as ModelDeviation[];
  }

  /** Stations that deviated longest ago are forgotten beyond so many rows; the sums stay. */
  keep(most: number): void {
    const oldest = this.#run.oldest.get(most)?.last_at;
    if (oldest !== undefined) this.#run.drop.run(oldest);
  }

  close(): void {
    this.#database.close();
  }

  /** A statement for each choice of filters: at most 64, and each uses its index. */
  #list(what: string, key: readonly string[], query: DeviationQuery) {
    const filters = Object.entries(columns).filter(
      ([name]) => query[name as keyof typeof columns] !== undefined,
    );
    const places = key.map((_column, at) => `?${at + 1}`);
    const beyond = query.after === undefined ? [] : [`(${key.join()}) > (${places.join()})`];
    const after = query.after ?? [];
    const equal = filters.map(([, column], at) => `${column} = ?${after.length + at + 1}`);
    const where = [...beyond, ...equal].join(" AND ");
    const text =
      `${what}${where === "" ? "" : ` WHERE ${where}`} ORDER BY ${key.join()} ` +
      `LIMIT ?${after.length + filters.length + 1}`;
    const statement = this.#lists.get(text) ?? this.#database.prepare(text);
    this.#lists.set(text, statement);
    const values = filters.map(([name]) => query[name as keyof typeof columns] ?? "");
    return statement.all(...after, ...values, query.limit ?? -1);
  }
}
