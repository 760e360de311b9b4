import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Prepares a table of statements, once each. */
export function prepareAll<T extends Readonly<Record<string, string>>>(
  database: DatabaseSync,
  sql: T,
): { readonly [K in keyof T]: StatementSync } {
  const entries = Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(entries);
}

/** Statements by their text, prepared when first needed; the one used longest ago is forgotten. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #max: number;
  readonly #known = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, max: number) {
    this.#database = database;
    this.#max = max;
  }

  get(sql: string): StatementSync {
    const statement = this.#known.get(sql) ?? this.#database.prepare(sql);
    this.#known.delete(sql);
    this.#known.set(sql, statement);
    if (this.#known.size > this.#max) this.#known.delete(this.#known.keys().next().value ?? "");
    return statement;
  }

  clear(): void {
    this.#known.clear();
  }
}
