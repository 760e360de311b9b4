/** A value that a view's table can hold. Booleans are 0 and 1. */
export type ViewValue = string | number | null;

/** A row of a view's table, by column name. */
export type ViewRow = Readonly<Record<string, ViewValue>>;

/**
 * A column: its SQL type, and whether lists are filtered or ordered by it (then it has an index).
 */
export interface ViewColumn {
  readonly type: "text" | "integer" | "real";
}

/** A table of a view. `key` is its primary key; `indexes` list what queries filter and order by. */
export interface ViewTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ViewColumn>>;
  readonly key: readonly string[];
  readonly indexes?: readonly (readonly string[])[] | undefined;
}

/** What a batch of events changes in one table: whole rows, the last word of the batch on each. */
export interface ViewChange {
  readonly table: string;
  readonly put: readonly ViewRow[];
  /** Keys of rows that are gone. */
  readonly remove: readonly (readonly ViewValue[])[];
}

/** A compiled query: SQL text with `?` and its parameters. */
export interface ViewQuery {
  readonly sql: string;
  readonly parameters: readonly ViewValue[];
}

/**
 * Rows of all views, disposable. Rows and checkpoint of a batch are committed together; the commit
 * is not synced, since everything here can be built again from the log.
 */
export interface ViewStore {
  /** Creates what is missing; a table whose columns differ from what is stored is dropped first. */
  migrate(tables: readonly ViewTable[]): Promise<{ readonly rebuilt: readonly string[] }>;
  get(table: string, key: readonly ViewValue[]): Promise<ViewRow | undefined>;
  getMany(
    table: string,
    keys: readonly (readonly ViewValue[])[],
  ): Promise<readonly (ViewRow | undefined)[]>;
  commit(batch: {
    readonly changes: readonly ViewChange[];
    readonly checkpoint: number;
  }): Promise<void>;
  checkpoint(): Promise<number>;
  query(query: ViewQuery): Promise<readonly ViewRow[]>;
  clear(): Promise<void>;
  close(): Promise<void>;
}
