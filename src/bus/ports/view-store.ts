/** A value that a view's table can hold. Booleans are 0 and 1. */
export type ViewValue = string | number | null;

/** A row of a view's table, by column name. */
export type ViewRow = Readonly<Record<string, ViewValue>>;

/** A column: its SQL type, and whether a row may hold nothing in it. */
export interface ViewColumn {
  readonly type: "text" | "integer" | "real";
  readonly nullable?: boolean | undefined;
}

/**
 * A table of a view. `key` is its primary key; `indexes` list what queries filter and order by, and
 * what they read on the way. An index that begins with a nullable column holds only rows that have
 * a value there: it costs nothing where there is none.
 */
export interface ViewTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ViewColumn>>;
  readonly key: readonly string[];
  readonly indexes?: readonly (readonly string[])[] | undefined;
}

/** Name of a table's n-th index, for queries that say which one they mean. */
export function viewIndexName(table: string, at: number): string {
  return `${table}_${at}`;
}

/** What a batch of events changes in one table: whole rows, the last word of the batch on each. */
export interface ViewChange {
  readonly table: string;
  readonly put: readonly ViewRow[];
  /** Rows that are stored, with the columns that differ: the others and their indexes stay. */
  readonly update?: readonly ViewUpdate[] | undefined;
  /** Keys of rows that are gone. */
  readonly remove: readonly (readonly ViewValue[])[];
}

/** A stored row's next value, and which of its columns differ from what is stored. */
export interface ViewUpdate {
  readonly row: ViewRow;
  readonly columns: readonly string[];
}

/** Which SQL a store of views understands. */
export type SqlDialect = "sqlite" | "postgres";

/** A compiled query: SQL text in the store's dialect (`?` or `$1`) and its parameters. */
export interface ViewQuery {
  readonly sql: string;
  readonly parameters: readonly ViewValue[];
}

/** The store works, and cannot hold what it was given: to try again would come to the same. */
export class RowsRefused extends Error {
  override readonly name = "RowsRefused";
}

/** Another node leads these rows by now. */
export class LeaseOver extends Error {
  override readonly name = "LeaseOver";

  constructor(epoch: number, newest: number) {
    super(`the lease of epoch ${epoch} is over: epoch ${newest} has begun`);
  }
}

/**
 * The store does not stand where its user believes: another program has committed to it, or an
 * earlier commit of one's own went through after all. Nothing was written; read the checkpoint.
 */
export class CheckpointMoved extends Error {
  override readonly name = "CheckpointMoved";
}

/**
 * Rows of all views, disposable. Rows and checkpoint of a batch are committed together; the commit
 * is not synced, since everything here can be built again from the log.
 */
export interface ViewStore {
  readonly dialect: SqlDialect;
  /**
   * Creates what is missing; a table whose columns differ from what is stored is dropped first.
   * Where only indexes differ, they are made anew and the rows stay. With the epoch of a lease as
   * `commit`, and so is `clear`: whoever has lost it must not drop what others build.
   */
  migrate(
    tables: readonly ViewTable[],
    epoch?: number,
  ): Promise<{ readonly rebuilt: readonly string[] }>;
  get(table: string, key: readonly ViewValue[]): Promise<ViewRow | undefined>;
  getMany(
    table: string,
    keys: readonly (readonly ViewValue[])[],
  ): Promise<readonly (ViewRow | undefined)[]>;
  /**
   * Fails with `RowsRefused` where a value is to blame, with `LeaseOver` where its epoch is older
   * than the one that has claimed the rows, with `CheckpointMoved` where several programs share the
   * store and it has moved since this one looked; else it may be tried again.
   */
  commit(batch: {
    readonly changes: readonly ViewChange[];
    readonly checkpoint: number;
    /** Of the lease under which it is made; absent where there is only one node. */
    readonly epoch?: number | undefined;
  }): Promise<void>;
  /** From here on, commits of older epochs are refused, as this is where there is a newer one. */
  claim(epoch: number): Promise<void>;
  checkpoint(): Promise<number>;
  query(query: ViewQuery): Promise<readonly ViewRow[]>;
  clear(epoch?: number): Promise<void>;
  close(): Promise<void>;
}
