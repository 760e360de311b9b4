import { DatabaseSync } from "node:sqlite";
import type { ViewChange, ViewQuery, ViewRow, ViewStore, ViewTable, ViewValue } from "#bus";
import { LeaseOver, RowsRefused } from "#bus";
import type { Limits } from "#limits";
import { isOfUnit } from "./opening/sqlite-errors.ts";
import { Statements } from "./statements.ts";
import { OpenTable } from "./view-table.ts";
import {
  columnsOf,
  createIndexesSql,
  createTableSql,
  dropIndexesSql,
  quoted,
} from "./view-table-sql.ts";

const settings = `
CREATE TABLE IF NOT EXISTS motown_tables (
  name TEXT PRIMARY KEY, definition TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS motown_checkpoint (
  id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS motown_lease (
  id INTEGER PRIMARY KEY CHECK (id = 1), epoch INTEGER NOT NULL) STRICT;
`;

/**
 * As much as this of the journal is moved into the file at once. Indexes take the same pages again
 * and again, and so the more batches it holds, the fewer times each page is written.
 */
const checkpointPages = 4_000;

/**
 * Views in a file, or in memory (`:memory:`), in the thread that calls. Its answers are ready at
 * once; they are promises because those of other stores are.
 */
export function openSqliteViewStore(path: string, limits: Limits): ViewStore {
  const tables = new ViewTables(path, limits);
  return {
    dialect: "sqlite",
    migrate: async (wanted, epoch) => tables.migrate(wanted, epoch),
    get: async (table, key) => orRefused(() => tables.get(table, key)),
    getMany: async (table, keys) => orRefused(() => keys.map((key) => tables.get(table, key))),
    commit: async (batch) => orRefused(() => tables.commit(batch)),
    claim: async (epoch) => tables.claim(epoch),
    checkpoint: async () => tables.checkpoint(),
    query: async (query) => orRefused(() => tables.query(query)),
    clear: async (epoch) => tables.clear(epoch),
    close: async () => tables.close(),
  };
}

/** Tells a value that cannot be stored from a store that does not work. */
function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isOfUnit(error)) throw error;
    throw new RowsRefused((error as Error).message, { cause: error });
  }
}

class ViewTables {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #tables = new Map<string, OpenTable>();
  readonly #statementsMax: number;

  constructor(path: string, { viewStatementsMax, viewPageCacheBytes }: Limits) {
    this.#database = new DatabaseSync(path);
    // Negative: kibibytes instead of pages.
    const cacheSize = -Math.ceil(viewPageCacheBytes / 1024);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = ${cacheSize}; PRAGMA wal_autocheckpoint = ${checkpointPages};
      ${settings}`);
    this.#statementsMax = viewStatementsMax;
    this.#statements = new Statements(this.#database, viewStatementsMax);
    for (const { definition } of this.#stored()) this.#open(JSON.parse(definition));
  }

  migrate(wanted: readonly ViewTable[], epoch?: number): { rebuilt: string[] } {
    if (epoch !== undefined) this.claim(epoch);
    const stored = new Map(this.#stored().map(({ name, definition }) => [name, definition]));
    const changed = wanted.filter((table) => stored.get(table.name) !== definitionOf(table));
    if (changed.length === 0) return { rebuilt: [] };
    const rebuilt = changed.filter((table) => columnsOf(table) !== columnsIn(stored, table.name));
    // A prepared statement would keep the table that it reads from being dropped.
    this.#statements.clear();
    this.#inTransaction(() => {
      if (epoch !== undefined) this.#hold(epoch);
      for (const table of changed) {
        if (rebuilt.includes(table)) this.#database.exec(createTableSql(table));
        this.#index(table);
      }
    });
    for (const table of changed) this.#open(table);
    return { rebuilt: rebuilt.map((table) => table.name) };
  }

  get(table: string, key: readonly ViewValue[]): ViewRow | undefined {
    return this.#table(table).get(key);
  }

  commit({ changes, checkpoint, epoch }: Parameters<ViewStore["commit"]>[0]): void {
    this.#inTransaction(() => {
      if (epoch !== undefined) this.#hold(epoch);
      for (const change of changes) this.#change(change);
      this.#setCheckpoint(checkpoint);
    });
  }

  claim(epoch: number): void {
    this.#inTransaction(() => this.#hold(epoch));
  }

  #hold(epoch: number): void {
    const row = this.#statements.get("SELECT epoch FROM motown_lease").get();
    const newest = Number(row?.epoch ?? 0);
    if (newest > epoch) throw new LeaseOver(epoch, newest);
    if (newest === epoch) return;
    this.#statements
      .get("INSERT OR REPLACE INTO motown_lease (id, epoch) VALUES (1, ?)")
      .run(epoch);
  }

  checkpoint(): number {
    const row = this.#statements.get("SELECT position FROM motown_checkpoint").get();
    return Number(row?.position ?? 0);
  }

  /** Reads only, whatever the text says: a query may come from an add-on. */
  query({ sql, parameters }: ViewQuery): ViewRow[] {
    this.#statements.get("PRAGMA query_only = 1").all();
    try {
      const rows = this.#statements.get(sql).all(...parameters);
      return rows.map((row) => ({ ...row }) as ViewRow);
    } finally {
      this.#statements.get("PRAGMA query_only = 0").all();
    }
  }

  clear(epoch?: number): void {
    this.#inTransaction(() => {
      if (epoch !== undefined) this.#hold(epoch);
      for (const name of this.#tables.keys()) this.#database.exec(`DELETE FROM ${quoted(name)}`);
      this.#setCheckpoint(0);
    });
  }

  close(): void {
    this.#database.close();
  }

  #change({ table, put, update = [], remove }: ViewChange): void {
    const open = this.#table(table);
    for (const key of remove) open.remove(key);
    for (const row of put) open.put(row);
    open.flush();
    for (const { row, columns } of update) open.update(row, columns);
  }

  #setCheckpoint(position: number): void {
    const sql = "INSERT OR REPLACE INTO motown_checkpoint (id, position) VALUES (1, ?)";
    this.#statements.get(sql).run(position);
  }

  #stored(): { name: string; definition: string }[] {
    const sql = "SELECT name, definition FROM motown_tables";
    return this.#database.prepare(sql).all() as { name: string; definition: string }[];
  }

  #index(table: ViewTable): void {
    const sql =
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql <> ''";
    const known = this.#database.prepare(sql).all(table.name) as { name: string }[];
    this.#database.exec(dropIndexesSql(known.map(({ name }) => name)));
    this.#database.exec(createIndexesSql(table));
    this.#database
      .prepare("INSERT OR REPLACE INTO motown_tables (name, definition) VALUES (?, ?)")
      .run(table.name, definitionOf(table));
  }

  #open(table: ViewTable): void {
    this.#tables.set(table.name, new OpenTable(this.#database, table, this.#statementsMax));
  }

  #table(name: string): OpenTable {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`there is no view table ${name}`);
    return table;
  }

  #inTransaction(write: () => void): void {
    this.#statements.get("BEGIN IMMEDIATE").run();
    try {
      write();
      this.#statements.get("COMMIT").run();
    } catch (error) {
      for (const table of this.#tables.values()) table.drop();
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

/** What a table is compared by: columns, key and indexes, in their order. */
function definitionOf({ name, columns, key, indexes }: ViewTable): string {
  return JSON.stringify({ name, columns, key, indexes });
}

function columnsIn(stored: ReadonlyMap<string, string>, name: string): string | undefined {
  const definition = stored.get(name);
  return definition === undefined ? undefined : columnsOf(JSON.parse(definition));
}
