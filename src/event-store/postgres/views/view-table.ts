import type { ViewChange, ViewRow, ViewTable, ViewUpdate, ViewValue } from "#bus";
import type { Statement } from "#postgres";
import { indexedColumns, quoted } from "./view-schema.ts";
import { arrayOf, type ColumnWriting, columnTypes } from "./view-values.ts";

let tables = 0;

/** A view's table: the statements that read and write many of its rows at once. */
export class OpenTable {
  readonly #name: string;
  readonly #columns: readonly ColumnWriting[];
  readonly #key: readonly ColumnWriting[];
  readonly #updatesMax: number;
  /** Sets of columns that are updated by a prepared statement; events change few different ones. */
  readonly #updates = new Map<string, string>();
  /** Names of statements: those of a table that was made anew must not be taken for its own. */
  readonly #prefix: string;

  constructor(table: ViewTable, updatesMax: number) {
    const indexed = indexedColumns(table);
    this.#columns = Object.entries(table.columns).map(([name, { type }]) => {
      return { name, type, isIndexed: indexed.has(name) };
    });
    this.#key = table.key.flatMap((name) => this.#columns.filter((one) => one.name === name));
    this.#name = quoted(table.name);
    this.#updatesMax = updatesMax;
    tables += 1;
    this.#prefix = `v${tables}`;
  }

  /** Rows under these keys: of each the place of its key in the list, then its values. */
  read(keys: readonly (readonly ViewValue[])[]): Statement {
    const wanted = this.#key.map((_column, at) => `k${at}`);
    const same = this.#key.map(({ name }, at) => `t.${quoted(name)} = wanted.k${at}`);
    const all = this.#columns.map(({ name }) => `t.${quoted(name)}`).join(", ");
    return {
      name: `${this.#prefix} read`,
      text: `SELECT wanted.place, ${all} FROM unnest(${parametersOf(this.#key)})
        WITH ORDINALITY AS wanted (${wanted.join(", ")}, place)
        JOIN ${this.#name} AS t ON ${same.join(" AND ")}`,
      values: this.#keyArrays(keys),
    };
  }

  /** The row of what `read` has found. */
  row(values: readonly ViewValue[]): ViewRow {
    return Object.fromEntries(this.#columns.map(({ name }, at) => [name, values[at] ?? null]));
  }

  /** What a batch changes, in the order in which it has to be done. */
  *change({ put, update = [], remove }: ViewChange): Generator<Statement> {
    if (remove.length > 0) yield this.#remove(remove);
    if (put.length > 0) {
      const own = this.#columns.filter((column) => !this.#key.includes(column));
      yield this.#write(put, own, `${this.#prefix} put`);
    }
    for (const [name, updates] of Map.groupBy(update, ({ columns }) => columns.join())) {
      if (name === "") continue;
      yield this.#update(name, updates);
    }
  }

  /** The rows are whole, so that one which is not stored after all is put. */
  #update(name: string, updates: readonly ViewUpdate[]): Statement {
    const changed = new Set(updates[0]?.columns);
    const columns = this.#columns.filter((column) => changed.has(column.name));
    const rows = updates.map(({ row }) => row);
    return this.#write(rows, columns, this.#updateName(name));
  }

  #updateName(columns: string): string | undefined {
    const known = this.#updates.get(columns);
    if (known !== undefined || this.#updates.size >= this.#updatesMax) return known;
    const name = `${this.#prefix} update ${this.#updates.size}`;
    this.#updates.set(columns, name);
    return name;
  }

  #remove(keys: readonly (readonly ViewValue[])[]): Statement {
    const gone = this.#key.map((_column, at) => `k${at}`).join(", ");
    const same = this.#key.map(({ name }, at) => `t.${quoted(name)} = gone.k${at}`);
    return {
      name: `${this.#prefix} remove`,
      text: `DELETE FROM ${this.#name} AS t USING unnest(${parametersOf(this.#key)})
        AS gone (${gone}) WHERE ${same.join(" AND ")}`,
      values: this.#keyArrays(keys),
    };
  }

  #write(
    rows: readonly ViewRow[],
    changed: readonly ColumnWriting[],
    name: string | undefined,
  ): Statement {
    const last = this.#lastOfEach(rows);
    const all = this.#columns.map((column) => quoted(column.name)).join(", ");
    const key = this.#key.map((column) => quoted(column.name)).join(", ");
    const set = changed.map((one) => `${quoted(one.name)} = excluded.${quoted(one.name)}`);
    const replaced = set.length === 0 ? "NOTHING" : `UPDATE SET ${set.join(", ")}`;
    return {
      ...(name !== undefined && { name }),
      text: `INSERT INTO ${this.#name} (${all})
        SELECT * FROM unnest(${parametersOf(this.#columns)}) ON CONFLICT (${key}) DO ${replaced}`,
      values: this.#columns.map((column) =>
        arrayOf(
          column,
          last.map((row) => row[column.name] ?? null),
        ),
      ),
    };
  }

  /** One statement writes a row once: of those under one key, the last. */
  #lastOfEach(rows: readonly ViewRow[]): readonly ViewRow[] {
    const byKey = new Map<string, ViewRow>();
    for (const row of rows) {
      byKey.set(JSON.stringify(this.#key.map(({ name }) => row[name])), row);
    }
    return byKey.size === rows.length ? rows : [...byKey.values()];
  }

  #keyArrays(keys: readonly (readonly ViewValue[])[]): string[] {
    return this.#key.map((column, at) =>
      arrayOf(
        column,
        keys.map((key) => key[at] ?? null),
      ),
    );
  }
}

function parametersOf(columns: readonly ColumnWriting[]): string {
  return columns.map(({ type }, at) => `$${at + 1}::${columnTypes[type]}[]`).join(", ");
}
