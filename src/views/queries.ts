import { type TSchema, Type } from "@sinclair/typebox";
import type { ViewRow, ViewStore, ViewValue } from "#bus";
import { stationKey } from "#core";
import {
  fewStationsMax,
  type ListShape,
  listStatement,
  matchingStations,
  ofStations,
  orderColumns,
  rowStatement,
  type SearchWay,
  type StationSet,
  statementBook,
} from "./statements.ts";
import { type Tally, type TallyQuery, tallyOf, tallyStatement } from "./tally.ts";
import { columnOfOrder, itemProperties, type View } from "./view.ts";

/** What a query answers with: camelCase, booleans, nested values, quantities in base units. */
export type Item = Readonly<Record<string, unknown>>;

/** One page of a list; `next` is there while there may be more. */
export interface Page {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** A question that cannot be answered as it was put, and which part of it is wrong. */
export interface BadQuery {
  readonly invalid: string;
  readonly reason: string;
}

/** Narrows and orders a list. */
export interface ListQuery {
  /**
   * Values by name: a filter of the view, `stationId`, or `{order}From` and `{order}Until` (both
   * inclusive) of a column that the view may be ordered by, or of its ranges.
   */
  readonly filter?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly search?: string | undefined;
  /** Only rows of the stations that are in a set, or are not. */
  readonly stations?: StationSet | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
  /** One of the view's orders, for example `-startedAt`. */
  readonly order?: string | undefined;
}

/** Asks the views. */
export interface Queries {
  list(view: string, query?: ListQuery): Promise<Page | BadQuery>;
  /** The item under a key: `["cp01", 1]`. Stations are named by key. */
  get(view: string, key: readonly ViewValue[]): Promise<Item | undefined>;
  /** How many rows there are of each kind. */
  tally(view: string, asked: TallyQuery): Promise<readonly Tally[]>;
  /** Waits until the views have passed a position; false: they have not in time. */
  passed(position: number): Promise<boolean>;
}

interface QueryDeps {
  readonly store: Pick<ViewStore, "query" | "dialect">;
  readonly views: Readonly<Record<string, View>>;
  readonly passed: (position: number) => Promise<boolean>;
  readonly limits: { readonly apiPageMax: number; readonly viewStatementsMax: number };
}

/** Pages where a caller does not say how long they should be. */
const pageDefault = 50;

/** Makes the queries of these views. A view that is not there is a bug of the caller. */
export function createQueries({ store, views, passed, limits }: QueryDeps): Queries {
  const book = statementBook(limits.viewStatementsMax);
  const viewOf = (name: string): View => {
    const view = views[name];
    if (view === undefined) throw new Error(`there is no view ${name}`);
    return view;
  };
  return {
    passed,
    list: async (name, query = {}) => {
      const view = viewOf(name);
      const limit = Math.min(Math.max(query.limit ?? pageDefault, 1), limits.apiPageMax);
      const question = questionOf(view, query);
      if ("invalid" in question) return question;
      const { values } = question;
      const search = await searchWay(store, view, values.search);
      const shape = { ...question.shape, search };
      const filling = { dialect: store.dialect, book, values: { ...values, limit: limit + 1 } };
      const rows = await store.query(listStatement(view, shape, filling));
      const page = rows.slice(0, limit);
      const items = page.map((row) => itemOf(view, row));
      const last = page.at(-1);
      return rows.length > limit && last !== undefined
        ? { items, next: nextOf(view, shape.order, last) }
        : { items };
    },
    get: async (name, key) => {
      const view = viewOf(name);
      const [row] = await store.query(rowStatement(view, key, store.dialect));
      return row === undefined ? undefined : itemOf(view, row);
    },
    tally: async (name, asked) => {
      const rows = await store.query(tallyStatement(viewOf(name), asked, store.dialect));
      return rows.map((row) => tallyOf(row, asked.sums));
    },
  };
}

/** A row as the outside world sees it; what is empty is left out. */
export function itemOf(view: View, row: ViewRow): Item {
  const item: Record<string, unknown> = {};
  const { columns } = view.table;
  if ("station" in columns && !("stationId" in columns)) {
    item.stationId = row.stationId ?? decodeURIComponent(String(row.station));
  }
  for (const [name, column] of Object.entries(columns)) {
    const value = row[name];
    const { shown } = column;
    if (shown === undefined || shown.onlyAsked === true) continue;
    if (value === null || value === undefined) continue;
    item[shown.name ?? name] = shown.read(value);
  }
  for (const name of Object.keys(view.counts)) item[name] = row[name];
  return item;
}

/** Shape of a view's items, for OpenAPI. */
export function itemSchema(view: View): TSchema {
  const { columns } = view.table;
  const named = "station" in columns && !("stationId" in columns);
  const properties: Record<string, TSchema> = named ? { stationId: Type.String() } : {};
  for (const [name, { schema, optional }] of Object.entries(itemProperties(view.table))) {
    properties[name] = optional ? Type.Optional(schema) : schema;
  }
  for (const name of Object.keys(view.counts)) properties[name] = Type.Integer({ minimum: 0 });
  return Type.Object(properties, { additionalProperties: false });
}

/** Names that `filter` may use for a view. */
export function filterNames(view: View): readonly string[] {
  const station = "station" in view.table.columns ? ["stationId"] : [];
  const own = view.list.filters.map((column) => shownName(view, column));
  const related = Object.keys(view.list.related ?? {});
  const ranged = rangesOf(view).map((column) => shownName(view, column));
  const ranges = ranged.flatMap((name) => [`${name}From`, `${name}Until`]);
  return [...new Set([...station, ...own, ...related, ...ranges])];
}

function questionOf(
  view: View,
  query: ListQuery,
): { shape: Omit<ListShape, "search">; values: Record<string, ViewValue> } | BadQuery {
  const { list } = view;
  const order = query.order ?? list.orders[0] ?? "";
  if (!list.orders.includes(order)) return bad("order", `one of ${list.orders.join(", ")}`);
  const values: Record<string, ViewValue> = {};
  const filters: string[] = [];
  const related: string[] = [];
  for (const [name, value] of Object.entries(query.filter ?? {}).sort()) {
    if (Object.hasOwn(list.related ?? {}, name)) {
      related.push(name);
      values[name] = String(value);
      continue;
    }
    const filter = filterOf(view, name, value);
    if ("invalid" in filter) return filter;
    filters.push(filter.parameter);
    values[filter.parameter] = filter.value;
  }
  if (query.search !== undefined && query.search !== "") {
    if (list.search === undefined) return bad("search", `${view.name} cannot be searched`);
    Object.assign(values, searchValues(view, query.search));
  }
  const { stations } = query;
  if (stations !== undefined) values[ofStations] = stations.keys;
  const after = query.after !== undefined;
  if (after && !readNext(view, { order, after: query.after, values })) {
    return bad("after", "the next of a page of the same order");
  }
  const within = stations && (stations.isIn ? "in" : "not in");
  return { shape: { order, filters, related, stations: within, after }, values };
}

/** A text as its way of searching wants it. */
function searchValues({ list }: View, text: string): Record<string, string> {
  if (list.searchIn === undefined) return { search: `%${text.replace(/[!%_]/g, "!$&")}%` };
  const search = text.toLowerCase();
  // Nothing in an id comes after it.
  return { search, searchEnd: `${search}\u{10ffff}` };
}

/** The beginning of an id such as `019a4f0c-…`: long enough to be one of few. */
const idLike = /^[0-9a-f]{8}-[0-9a-f-]*$/;

/** How a text is looked for: what serves a rare one best is slow for a common one. */
async function searchWay(
  store: QueryDeps["store"],
  { list }: View,
  text: ViewValue | undefined,
): Promise<SearchWay | undefined> {
  if (typeof text !== "string") return undefined;
  const { searchIn } = list;
  if (searchIn === undefined) return "columns";
  if ("text" in searchIn) return "words";
  if (idLike.test(text)) return "id";
  const [found] = await store.query(matchingStations(text, store.dialect));
  return Number(found?.count) > fewStationsMax ? "manyStations" : "fewStations";
}

function filterOf(
  view: View,
  name: string,
  value: string | number | boolean,
): { parameter: string; value: ViewValue } | BadQuery {
  const { columns } = view.table;
  if (name === "stationId" && "station" in columns) {
    return { parameter: "station", value: stationKey(String(value)) };
  }
  const ranged = /^(\w+)(From|Until)$/.exec(name);
  const range = rangesOf(view).find((one) => shownName(view, one) === ranged?.[1]);
  const column = range ?? view.list.filters.find((one) => shownName(view, one) === name);
  if (column === undefined) return bad(name, `one of ${filterNames(view).join(", ")}`);
  const stored = columns[column]?.shown?.write(value);
  if (stored === undefined) return bad(name, `${String(value)} is no value of ${column}`);
  const comparison = range !== undefined ? (ranged?.[2] === "From" ? ">=" : "<=") : "";
  return { parameter: `${column}${comparison}`, value: stored };
}

/** Columns that a list is narrowed by from and until. */
function rangesOf({ list }: View): readonly string[] {
  return [...new Set([...list.orders.map(columnOfOrder), ...(list.ranges ?? [])])];
}

function shownName(view: View, column: string): string {
  return view.table.columns[column]?.shown?.name ?? column;
}

function bad(invalid: string, reason: string): BadQuery {
  return { invalid, reason };
}

function nextOf(view: View, order: string, row: ViewRow): string {
  const place = orderColumns(view, order).map((column) => row[column] ?? null);
  return Buffer.from(JSON.stringify([order, ...place])).toString("base64url");
}

/** Reads the place that a `next` names into parameters; false where it is none of this order. */
function readNext(
  view: View,
  { order, after, values }: { order: string; after: string; values: Record<string, ViewValue> },
): boolean {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(after, "base64url").toString());
  } catch {
    return false;
  }
  if (!Array.isArray(place) || place[0] !== order) return false;
  const columns = orderColumns(view, order);
  if (place.length !== columns.length + 1) return false;
  for (const [at, column] of columns.entries()) {
    const value: unknown = place[at + 1];
    const isText = view.table.columns[column]?.type === "text";
    if (isText ? typeof value !== "string" : !Number.isFinite(value)) return false;
    values[`after${at}`] = value as string | number;
  }
  return true;
}
