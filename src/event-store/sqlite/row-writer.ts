import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

/** Rows of one statement, largest first: what is left goes in ever smaller ones. */
const sizes = [32, 8, 1] as const;

/** Where rows go. */
export interface RowTarget {
  /** `INTO` and a table, behind what is to happen to a row that is there. */
  readonly into: string;
  readonly columns: readonly string[];
  /** What follows the values, for example what to do on a conflict. */
  readonly ending?: string;
}

/**
 * Inserts rows of one table many at a time: what a statement itself costs is most of what a row
 * costs, and so it is shared. Rows wait until `flush`, or until there are enough of them.
 */
export class RowWriter {
  readonly #statements: readonly { readonly rows: number; readonly insert: StatementSync }[];
  readonly #width: number;
  #waiting: SQLInputValue[] = [];

  constructor(database: DatabaseSync, { into, columns, ending = "" }: RowTarget) {
    const row = `(${columns.map(() => "?").join(", ")})`;
    this.#width = columns.length;
    this.#statements = sizes.map((rows) => {
      const values = Array.from({ length: rows }, () => row).join(", ");
      const sql = `INSERT ${into} (${columns.join(", ")}) VALUES ${values} ${ending}`;
      return { rows, insert: database.prepare(sql) };
    });
  }

  /** Takes a row's values, in the columns' order. */
  add(...values: SQLInputValue[]): void {
    for (const value of values) this.#waiting.push(value);
    if (this.#waiting.length >= sizes[0] * this.#width) this.flush();
  }

  /** Takes a row from the members of an object. */
  addFrom(row: Readonly<Record<string, SQLInputValue>>, members: readonly string[]): void {
    for (const member of members) this.#waiting.push(row[member] ?? null);
    if (this.#waiting.length >= sizes[0] * this.#width) this.flush();
  }

  /** Writes the rows that wait. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    let from = 0;
    for (const { rows, insert } of this.#statements) {
      const length = rows * this.#width;
      for (; from + length <= waiting.length; from += length) {
        insert.run(...waiting.slice(from, from + length));
      }
    }
  }

  /** Forgets the rows that wait: their transaction was taken back. */
  drop(): void {
    this.#waiting = [];
  }
}
