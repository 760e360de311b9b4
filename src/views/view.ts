import type { TSchema } from "@sinclair/typebox";
import type { StoredEvent, ViewRow, ViewTable, ViewValue } from "#bus";
import { type EventDataOf, type EventMeta, type EventType, keyOf } from "#core";
import type { Columns, RowOf } from "./columns.ts";
import { browsingIndexes } from "./list-index.ts";

/** An event as views see it: the data parsed once for all of them, the meta when somebody asks. */
export interface ViewEvent<T extends EventType = EventType> {
  readonly position: number;
  readonly stream: string;
  /** Key of the stream: of the station, the transaction, the token … */
  readonly key: string;
  readonly type: T;
  readonly data: EventDataOf<T>;
  readonly meta: EventMeta;
}

/** Values of a table's key columns, in their order. */
export type Key = readonly ViewValue[];

/** A table with its columns; `indexes` serve what queries and `where` handlers look for. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
  readonly key: readonly (keyof C & string)[];
  readonly indexes: readonly (readonly (keyof C & string)[])[];
  /** A row with every column at its initial value. */
  readonly empty: RowOf<C>;
  /** What the row is about has ended, and hardly anything more will be heard of it. */
  readonly isOver?: ((row: RowOf<C>) => boolean) | undefined;
}

/** Adds a row to an append-only table, whatever was there under its key. */
export type Insert = <C extends Columns>(table: Table<C>, row: RowOf<C>) => void;

/** One row's next value; undefined: there is no such row (any more); the same: nothing changed. */
export type Fold<R, T extends EventType> = (
  row: R | undefined,
  event: ViewEvent<T>,
  insert: Insert,
) => R | undefined;

/** What an event does to a view; a bare function folds the row under the stream's key. */
export type Handler<R, T extends EventType> =
  | Fold<R, T>
  | {
      /** Keys of the rows that it changes; none: it concerns no row. */
      readonly keys: (event: ViewEvent<T>) => readonly Key[];
      readonly fold: (row: R | undefined, event: ViewEvent<T>, key: Key) => R | undefined;
    }
  | {
      /** Column values that its rows share; undefined: it concerns no row. */
      readonly where: (event: ViewEvent<T>) => Partial<R> | undefined;
      readonly change: (rows: readonly R[], event: ViewEvent<T>) => Changed<R>;
    }
  | { readonly insert: (event: ViewEvent<T>) => readonly R[] };

/** What becomes of a group of rows: those that are new or different, and those that are gone. */
export interface Changed<R> {
  readonly put?: readonly R[];
  readonly remove?: readonly R[];
}

type Handlers<R> = { readonly [T in EventType]?: Handler<R, T> };

/** What lists of a view can be narrowed and ordered by. */
export interface Listing<Name extends string = string> {
  /** Columns that a filter may name (as the item shows them). */
  readonly filters: readonly Name[];
  /** Further columns that a list is narrowed by from and until, such as those that orders name. */
  readonly ranges?: readonly Name[];
  /** Columns that `search` looks into. */
  readonly search?: readonly Name[];
  /**
   * Where that is: a column with the folded words of all of them; or an id, from its beginning, and
   * the stations whose id holds the text. Without it each column is looked through.
   */
  readonly searchIn?: { readonly text: Name } | { readonly id: Name };
  /** Columns that lists are ordered by; `-`: highest first. The first is the default. */
  readonly orders: readonly (Name | `-${Name}`)[];
  /** Filters by what another table says of the station that a row is about. */
  readonly related?: Readonly<Record<string, Related>>;
  /**
   * The table's own indexes serve its lists: it is large, or is asked for one station at a time.
   * Otherwise each order has an index that holds all filters.
   */
  readonly ownIndexes?: true;
}

/** A filter that finds the stations of which `table` has a row with this value in `column`. */
export interface Related {
  readonly table: string;
  readonly column: string;
  readonly where: ViewRow;
  readonly schema: TSchema;
}

/** One view: its table, the events that it is made of, and how it is asked. */
interface ViewDeclaration<C extends Columns> {
  readonly name: string;
  /** Raised whenever a handler changes what it makes of events: the views are then built again. */
  readonly version: number;
  readonly table: Table<C>;
  readonly on: Handlers<RowOf<C>>;
  readonly list: Listing<keyof C & string>;
  /** Rows that lists show; the others are the view's own memory. */
  readonly visible?: Partial<RowOf<C>>;
  /** How many rows of other tables belong to an item, counted when it is asked for. */
  readonly counts?: Counts<keyof C & string>;
}

/** Rows of `table` that have this row's value in the column `by` and the values of `where`. */
type Counts<Name extends string = string> = Readonly<
  Record<string, { readonly table: string; readonly by: Name; readonly where: ViewRow }>
>;

/** A handler without its types, as the projector runs it. */
export type AnyHandler =
  | {
      readonly kind: "fold";
      readonly keys: (event: ViewEvent) => readonly Key[];
      readonly fold: (
        row: ViewRow | undefined,
        event: ViewEvent,
        key: Key,
        insert: Insert,
      ) => ViewRow | undefined;
    }
  | {
      readonly kind: "where";
      readonly where: (event: ViewEvent) => ViewRow | undefined;
      readonly change: (rows: readonly ViewRow[], event: ViewEvent) => Changed<ViewRow>;
    }
  | { readonly kind: "insert"; readonly insert: (event: ViewEvent) => readonly ViewRow[] };

/** A view without its types, as projector and queries know it. */
export interface View {
  readonly name: string;
  readonly version: number;
  readonly table: Table;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  readonly list: Listing;
  readonly visible: ViewRow;
  readonly counts: Counts;
}

/** Declares a table. */
export function defineTable<C extends Columns>(table: {
  readonly name: string;
  readonly columns: C;
  readonly key: readonly (keyof C & string)[];
  readonly indexes?: readonly (readonly (keyof C & string)[])[];
  readonly isOver?: (row: RowOf<C>) => boolean;
}): Table<C> {
  const initial = Object.entries(table.columns).map(([name, column]) => [name, column.initial]);
  const empty = Object.fromEntries(initial) as RowOf<C>;
  return { indexes: [], ...table, empty };
}

/** Declares a view. An order by what may be empty would lose rows between pages: it throws. */
export function defineView<C extends Columns>(view: ViewDeclaration<C>): View {
  for (const order of view.list.orders) {
    if (view.table.columns[columnOfOrder(order)]?.nullable !== false) {
      throw new Error(`${view.name} cannot be ordered by ${order}`);
    }
  }
  const handlers = Object.entries(view.on).map(([type, handler]) => [
    type,
    erased(handler as unknown as Handler<ViewRow, EventType>),
  ]);
  return {
    name: view.name,
    version: view.version,
    table: withIndexes(view as unknown as ViewDeclaration<Columns>),
    handlers: Object.fromEntries(handlers),
    list: view.list,
    visible: (view.visible ?? {}) as ViewRow,
    counts: view.counts ?? {},
  };
}

function withIndexes({ table, list, visible }: ViewDeclaration<Columns>): Table {
  if (list.ownIndexes === true) return table;
  const browsing = browsingIndexes(table, list, Object.keys(visible ?? {}));
  return { ...table, indexes: [...table.indexes, ...browsing] };
}

/** The column of an order such as `-startedAt`. */
export function columnOfOrder(order: string): string {
  return order.startsWith("-") ? order.slice(1) : order;
}

/** The store's description of a table. */
export function viewTableOf<C extends Columns>(table: Table<C>): ViewTable {
  const columns = Object.entries(table.columns).map(([name, { type, nullable }]) => [
    name,
    nullable ? { type, nullable } : { type },
  ]);
  const { name, key, indexes } = table;
  return { name, columns: Object.fromEntries(columns), key, indexes };
}

/** Reads a stored event; the data are parsed here, once. */
export function viewEventOf(stored: StoredEvent): ViewEvent {
  let meta: EventMeta | undefined;
  const { position, stream, type } = stored;
  return {
    position,
    stream,
    key: keyOf(stream),
    type: type as EventType,
    data: JSON.parse(stored.data) as EventDataOf<EventType>,
    get meta() {
      meta ??= JSON.parse(stored.meta) as EventMeta;
      return meta;
    },
  };
}

function erased(handler: Handler<ViewRow, EventType>): AnyHandler {
  if (typeof handler === "function") {
    const keys = (event: ViewEvent) => [[event.key]];
    return { kind: "fold", keys, fold: (row, event, _key, insert) => handler(row, event, insert) };
  }
  if ("insert" in handler) return { kind: "insert", ...handler };
  if ("keys" in handler) return { kind: "fold", ...handler };
  return { kind: "where", ...handler } as AnyHandler;
}

/** Schema of a view's items by member name, from the columns that they show. */
export function itemProperties(
  table: Table,
): Record<string, { schema: TSchema; optional: boolean }> {
  const shown = Object.entries(table.columns).flatMap(([name, column]) =>
    column.shown === undefined || column.shown.onlyAsked === true
      ? []
      : [
          [
            column.shown.name ?? name,
            { schema: column.shown.schema, optional: column.nullable },
          ] as const,
        ],
  );
  return Object.fromEntries(shown);
}
