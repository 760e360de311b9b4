import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ViewRow, ViewTable, ViewValue } from "#bus";
import { RowWriter } from "./row-writer.ts";
import { quoted } from "./view-table-sql.ts";

/** A view's table with its statements, prepared once each. */
export class OpenTable {
  readonly #database: DatabaseSync;
  readonly #name: string;
  readonly #columns: readonly string[];
  readonly #key: readonly string[];
  readonly #byKey: string;
  readonly #get: StatementSync;
  readonly #put: RowWriter;
  readonly #remove: StatementSync;
  /** By the columns that they set; events of one type change the same ones. */
  readonly #updates = new Map<string, StatementSync>();
  readonly #updatesMax: number;

  constructor(database: DatabaseSync, table: ViewTable, updatesMax: number) {
    this.#database = database;
    this.#updatesMax = updatesMax;
    this.#columns = Object.keys(table.columns);
    this.#key = table.key;
    const name = quoted(table.name);
    const byKey = table.key.map((column) => `${quoted(column)} = ?`).join(" AND ");
    const all = this.#columns.map(quoted).join(", ");
    this.#name = name;
    this.#byKey = byKey;
    this.#get = database.prepare(`SELECT ${all} FROM ${name} WHERE ${byKey}`);
    const columns = this.#columns.map(quoted);
    this.#put = new RowWriter(database, { into: `OR REPLACE INTO ${name}`, columns });
    this.#remove = database.prepare(`DELETE FROM ${name} WHERE ${byKey}`);
  }

  get(key: readonly ViewValue[]): ViewRow | undefined {
    const row = this.#get.get(...key);
    return row === undefined ? undefined : ({ ...row } as ViewRow);
  }

  /** Puts a row; it may wait until `flush`. */
  put(row: ViewRow): void {
    this.#put.addFrom(row, this.#columns);
  }

  /** Writes the rows that wait. */
  flush(): void {
    this.#put.flush();
  }

  /** Forgets the rows that wait: their transaction was taken back. */
  drop(): void {
    this.#put.drop();
  }

  /** Sets some columns of a stored row, so that only their indexes are written. */
  update(row: ViewRow, columns: readonly string[]): void {
    if (columns.length === 0) return;
    const values = columns.map((column) => row[column] ?? null);
    for (const column of this.#key) values.push(row[column] ?? null);
    const { changes } = this.#update(columns).run(...values);
    // Nothing is stored under its key after all: the row is whole, so it can be put.
    if (Number(changes) > 0) return;
    this.put(row);
    this.flush();
  }

  remove(key: readonly ViewValue[]): void {
    this.#remove.run(...key);
  }

  #update(columns: readonly string[]): StatementSync {
    const name = columns.join();
    const known = this.#updates.get(name);
    if (known !== undefined) return known;
    if (this.#updates.size >= this.#updatesMax) this.#updates.clear();
    const set = columns.map((column) => `${quoted(column)} = ?`).join(", ");
    const sql = `UPDATE ${this.#name} SET ${set} WHERE ${this.#byKey}`;
    const statement = this.#database.prepare(sql);
    this.#updates.set(name, statement);
    return statement;
  }
}
