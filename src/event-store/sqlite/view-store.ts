import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { ViewChange, ViewQuery, ViewRow, ViewStore, ViewTable, ViewValue } from "#bus";
import type { Limits } from "#limits";
import { Statements } from "./statements.ts";

const settings = `
CREATE TABLE IF NOT EXISTS motown_tables (
  name TEXT PRIMARY KEY, definition TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS motown_checkpoint (
  id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL) STRICT;
`;

/**
 * Views in a file, or in memory (`:memory:`), in the thread that calls. Its answers are ready at
 * once; they are promises because those of other stores are.
 */
export function openSqliteViewStore(path: string, limits: Limits): ViewStore {
  const tables = new ViewTables(path, limits.viewStatementsMax);
  return {
    migrate: async (wanted) => tables.migrate(wanted),
    get: async (table, key) => tables.get(table, key),
    getMany: async (table, keys) => keys.map((key) => tables.get(table, key)),
    commit: async (batch) => tables.commit(batch.changes, batch.checkpoint),
    checkpoint: async () => tables.checkpoint(),
    query: async (query) => tables.query(query),
    clear: async () => tables.clear(),
    close: async () => tables.close(),
  };
}

/** A table with its statements. */
interface OpenTable {
  readonly columns: readonly string[];
  readonly get: StatementSync;
  readonly put: StatementSync;
  readonly remove: StatementSync;
}

class ViewTables {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #tables = new Map<string, OpenTable>();

  constructor(path: string, statementsMax: number) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${settings}`);
    this.#statements = new Statements(this.#database, statementsMax);
    for (const { definition } of this.#stored()) this.#open(JSON.parse(definition));
  }

  migrate(wanted: readonly ViewTable[]): { rebuilt: string[] } {
    const stored = new Map(this.#stored().map(({ name, definition }) => [name, definition]));
    const changed = wanted.filter((table) => stored.get(table.name) !== definitionOf(table));
    if (changed.length === 0) return { rebuilt: [] };
    // A prepared statement would keep the table that it reads from being dropped.
    this.#statements.clear();
    this.#inTransaction(() => {
      for (const table of changed) this.#create(table);
    });
    for (const table of changed) this.#open(table);
    return { rebuilt: changed.map((table) => table.name) };
  }

  get(table: string, key: readonly ViewValue[]): ViewRow | undefined {
    const row = this.#table(table).get.get(...key);
    return row === undefined ? undefined : ({ ...row } as ViewRow);
  }

  commit(changes: readonly ViewChange[], checkpoint: number): void {
    this.#inTransaction(() => {
      for (const change of changes) this.#change(change);
      this.#setCheckpoint(checkpoint);
    });
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

  clear(): void {
    this.#inTransaction(() => {
      for (const name of this.#tables.keys()) this.#database.exec(`DELETE FROM ${quoted(name)}`);
      this.#setCheckpoint(0);
    });
  }

  close(): void {
    this.#database.close();
  }

  #change({ table, put, remove }: ViewChange): void {
    const open = this.#table(table);
    for (const key of remove) open.remove.run(...key);
    for (const row of put) open.put.run(...open.columns.map((column) => row[column] ?? null));
  }

  #setCheckpoint(position: number): void {
    const sql = "INSERT OR REPLACE INTO motown_checkpoint (id, position) VALUES (1, ?)";
    this.#statements.get(sql).run(position);
  }

  #stored(): { name: string; definition: string }[] {
    const sql = "SELECT name, definition FROM motown_tables";
    return this.#database.prepare(sql).all() as { name: string; definition: string }[];
  }

  #create(table: ViewTable): void {
    this.#database.exec(createSql(table));
    this.#database
      .prepare("INSERT OR REPLACE INTO motown_tables (name, definition) VALUES (?, ?)")
      .run(table.name, definitionOf(table));
  }

  #open(table: ViewTable): void {
    const columns = Object.keys(table.columns);
    const name = quoted(table.name);
    const byKey = table.key.map((column) => `${quoted(column)} = ?`).join(" AND ");
    const values = columns.map(() => "?").join(", ");
    const all = columns.map(quoted).join(", ");
    this.#tables.set(table.name, {
      columns,
      get: this.#database.prepare(`SELECT ${all} FROM ${name} WHERE ${byKey}`),
      put: this.#database.prepare(`INSERT OR REPLACE INTO ${name} (${all}) VALUES (${values})`),
      remove: this.#database.prepare(`DELETE FROM ${name} WHERE ${byKey}`),
    });
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
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

/** What a table is compared by: columns, key and indexes, in their order. */
function definitionOf({ name, columns, key, indexes }: ViewTable): string {
  return JSON.stringify({ name, columns, key, indexes });
}

function createSql({ name, columns, key, indexes }: ViewTable): string {
  const table = quoted(name);
  const list = Object.entries(columns).map(([column, { type }]) => `${quoted(column)} ${type}`);
  const primaryKey = `PRIMARY KEY (${key.map(quoted).join(", ")})`;
  const inner = [...list, primaryKey].join(", ");
  const created = `CREATE TABLE ${table} (${inner}) STRICT, WITHOUT ROWID`;
  const indexed = (indexes ?? []).map(
    (on, at) =>
      `CREATE INDEX ${quoted(`${name}_${at}`)} ON ${table} (${on.map(quoted).join(", ")})`,
  );
  return [`DROP TABLE IF EXISTS ${table}`, created, ...indexed].join(";");
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
