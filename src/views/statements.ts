// SQL of lists and single rows: built by Kysely, once per shape of a question, then filled in.
// A list is read in two steps: the keys of the page along an index that holds what is asked, and
// then the rows of these keys alone.
import { type RawBuilder, sql } from "kysely";
import {
  createLru,
  type Lru,
  type SqlDialect,
  type ViewQuery,
  type ViewRow,
  type ViewValue,
  viewIndexName,
} from "#bus";
import { type Dialect, dialectOf } from "./dialect.ts";
import { type Way, wayOf } from "./list-index.ts";
import { columnOfOrder, type Table, type View } from "./view.ts";

/** Stands for a parameter while a statement is compiled. */
interface Parameter {
  readonly parameter: string;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** What a list asks for, without the values: everything that changes the text of its statement. */
export interface ListShape {
  readonly order: string;
  /** Names of parameters: `column`, `column>=` or `column<=`. */
  readonly filters: readonly string[];
  /** Names of filters by what other tables say. */
  readonly related?: readonly string[] | undefined;
  /** Whether rows are of the stations of a set, or of others. */
  readonly stations?: "in" | "not in" | undefined;
  readonly search: SearchWay | undefined;
  readonly after: boolean;
}

/**
 * How a text is looked for: in a column of words, in each column, as the beginning of an id, or in
 * the ids of stations, of which few or many match.
 */
export type SearchWay = "words" | "columns" | "id" | "fewStations" | "manyStations";

/** Stations that are found elsewhere, as keys in the text of a JSON array. */
export interface StationSet {
  readonly keys: string;
  /** False: those that are not among them. */
  readonly isIn: boolean;
}

/** Name of the parameter that holds their keys. */
export const ofStations = "of stations";

/** As many stations as are read one by one. */
export const fewStationsMax = 100;

/** Statements by their names; clients choose the shapes of lists, so these have a limit. */
export type StatementBook = Lru<string, Statement>;

/** A book for so many statements. */
export function statementBook(most: number): StatementBook {
  return createLru(most);
}

/** Statements of rows and groups: their number is that of the views' own shapes. */
const own = new Map<string, Statement>();

/** Columns that a list is ordered by: the one asked for, then the rest of the key, to tell ties. */
export function orderColumns(view: View, order: string): readonly string[] {
  const first = columnOfOrder(order);
  return [first, ...view.table.key.filter((column) => column !== first)];
}

/** What a list's statement is filled with, where it is kept, and which database it is for. */
export interface ListFilling {
  readonly dialect: SqlDialect;
  readonly book: StatementBook;
  readonly values: Readonly<Record<string, ViewValue>>;
}

/** The statement of a list, filled in. */
export function listStatement(view: View, shape: ListShape, filling: ListFilling): ViewQuery {
  const { dialect, book, values } = filling;
  const { order, filters, related = [], stations, search, after } = shape;
  const narrowed = [...filters, "related", ...related, stations];
  const name = [dialect, view.name, order, search, after, ...narrowed].join(" ");
  let statement = book.get(name);
  if (statement === undefined) {
    const said = dialectOf(dialect);
    statement = compile(listQuery(view, shape, said), said);
    book.set(name, statement);
  }
  return filled(statement, values);
}

/** How many stations a text is found in, counted no further than it matters; filled in. */
export function matchingStations(text: string, dialect: SqlDialect): ViewQuery {
  const statement = compiled("matching stations", dialect, (said) => {
    const most = sql.lit(fewStationsMax + 1);
    return sql`select count(*) as "count" from (${stationsLike(said)} limit ${most})${said.alias}`;
  });
  return filled(statement, { search: text });
}

/** The statement of one row by its key, filled in. */
export function rowStatement(
  view: View,
  key: readonly ViewValue[],
  dialect: SqlDialect,
): ViewQuery {
  const statement = compiled(view.name, dialect, () => {
    const conditions = view.table.key.map(
      (column) => sql`${sql.ref(`t.${column}`)} = ${parameter(column)}`,
    );
    const from = sql`select ${sql.join(selection(view))} from ${sql.table(view.table.name)} as t`;
    return sql`${from} where ${sql.join(conditions, sql` and `)}`;
  });
  return { sql: statement.sql, parameters: key };
}

/** Groups that one statement asks for at most. */
const groupsMax = 128;

/**
 * The statements of the rows that have the values of one of these groups, filled in; the groups
 * name the same columns. Their number is rounded up, so that few texts serve all.
 */
export function groupStatements(
  table: Table,
  groups: readonly ViewRow[],
  dialect: SqlDialect,
): readonly ViewQuery[] {
  if (groups.length === 0) return [];
  if (Object.keys(groups[0] ?? {}).length === 0) return [groupStatement(table, [], dialect)];
  const queries: ViewQuery[] = [];
  for (let from = 0; from < groups.length; from += groupsMax) {
    queries.push(groupStatement(table, groups.slice(from, from + groupsMax), dialect));
  }
  return queries;
}

function groupStatement(table: Table, groups: readonly ViewRow[], dialect: SqlDialect): ViewQuery {
  const columns = Object.keys(groups[0] ?? {});
  const count = groups.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(groups.length));
  const name = `groups ${table.name} ${count} ${columns.join(" ")}`;
  const statement = compiled(name, dialect, (said) => {
    if (count === 0) return sql`select * from ${sql.table(table.name)}`;
    const typeOf = (column: string) => table.columns[column]?.type ?? "text";
    const tuples = Array.from({ length: count }, (_none, at) => {
      const values = columns.map((column) =>
        said.typed(parameter(`${column} ${at}`), typeOf(column)),
      );
      return sql`(${sql.join(values)})`;
    });
    const refs = sql.join(columns.map((column) => sql.ref(column)));
    const wanted = columns.length === 1 ? sql.join(tuples) : sql`values ${sql.join(tuples)}`;
    return sql`select * from ${sql.table(table.name)} where (${refs}) in (${wanted})`;
  });
  const parameters: ViewValue[] = [];
  for (let at = 0; at < count; at += 1) {
    // What rounding up adds asks for the last group again.
    const group = groups[Math.min(at, groups.length - 1)];
    for (const column of columns) parameters.push(group?.[column] ?? null);
  }
  return { sql: statement.sql, parameters };
}

function listQuery(view: View, shape: ListShape, said: Dialect): RawBuilder<unknown> {
  const { key } = view.table;
  const same = key.map((column) => sql`${sql.ref(`t.${column}`)} = ${sql.ref(`page.${column}`)}`);
  const ordered = ordering(view, shape.order, "t");
  const isOfFew = shape.search === "fewStations";
  const page = isOfFew ? pageOfStations(view, shape, said) : pageOf(view, shape, said);
  const rows = sql`(${page}) as page cross join ${sql.table(view.table.name)} as t`;
  const selected = sql.join(selection(view));
  const where = sql.join(same, sql` and `);
  return sql`select ${selected} from ${rows} where ${where} order by ${ordered}`;
}

/** The keys of a page. */
function pageOf(view: View, shape: ListShape, said: Dialect): RawBuilder<unknown> {
  const way = wayFor(view, shape);
  const conditions = conditionsOf(view, shape, { way, said });
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const keys = sql.join(view.table.key.map((column) => sql.ref(`f.${column}`)));
  // Unless it is kept from it, SQLite reads along the order where the id finds fewer rows.
  const sorted = shape.search === "id" ? said.notByIndex : sql``;
  const ordered = ordering(view, shape.order, "f", sorted);
  const from = sql`${sql.table(view.table.name)} as f ${along(view, way, said)}`;
  return sql`select ${keys} from ${from} ${where} order by ${ordered} limit ${parameter("limit")}`;
}

/** The keys of a page where few stations match: of each station's page, the best of them. */
function pageOfStations(view: View, shape: ListShape, said: Dialect): RawBuilder<unknown> {
  const [key = ""] = view.table.key;
  const ofStation = { ...shape, search: undefined, filters: [...shape.filters, stationOfMatch] };
  const table = sql.table(view.table.name);
  const matches = sql`(${stationsLike(said)} limit ${sql.lit(fewStationsMax)}) as matching`;
  const from = said.ofEach({ matches, page: pageOf(view, ofStation, said), table, key });
  const ending = sql`order by ${ordering(view, shape.order, "g")} limit ${parameter("limit")}`;
  return sql`select ${sql.ref(`g.${key}`)} from ${from} ${ending}`;
}

/** In place of a filter's name: the station of the match that the page is of. */
const stationOfMatch = "station of match";

function stationsLike(said: Dialect): RawBuilder<unknown> {
  return sql`select s.station from "chargingStations" as s
    where ${said.holds(sql`s.station`, parameter("search"))}`;
}

function conditionsOf(
  view: View,
  shape: ListShape,
  { way, said }: { readonly way: Way | undefined; readonly said: Dialect },
): RawBuilder<unknown>[] {
  // The plus: a value that is fixed in the midst of an index makes SQLite sort what is in order.
  const plus = (column: string) =>
    way === undefined || way.entered.includes(column) ? sql`` : said.notByIndex;
  return [
    ...Object.entries(view.visible).map(
      ([column, value]) => sql`${plus(column)}${sql.ref(`f.${column}`)} = ${sql.lit(value)}`,
    ),
    ...shape.filters.map((filter) =>
      isRange(filter)
        ? condition(filter)
        : sql`${plus(columnOfFilter(filter))}${condition(filter)}`,
    ),
    ...(shape.related ?? []).map((name) => relatedBy(view, name, said)),
    ...(shape.stations === undefined ? [] : [inStations("f", shape.stations, said)]),
    ...(shape.search === undefined ? [] : [searching(view, shape.search, said)]),
    ...(shape.after ? [following(view, shape.order)] : []),
  ];
}

function ordering(
  view: View,
  order: string,
  ...[table, before = sql``]: readonly [table: string, before?: RawBuilder<unknown>]
): RawBuilder<unknown> {
  const direction = order.startsWith("-") ? sql`desc` : sql`asc`;
  const columns = orderColumns(view, order);
  return sql.join(columns.map((name) => sql`${before}${sql.ref(`${table}.${name}`)} ${direction}`));
}

/** The index to read along. Beginnings of ids are found by the key, whatever else is asked. */
function wayFor(view: View, shape: ListShape): Way | undefined {
  const { order, filters, related = [], stations, search } = shape;
  if (search === "id") return undefined;
  const byStation = stations !== undefined || related.length > 0 ? ["station"] : [];
  const fixed = filters.filter((filter) => !isRange(filter)).map(columnOfFilter);
  const others = filters.filter(isRange).map(columnOfFilter);
  // Of a part of the map, too, most of what is met is not shown; what one station has is little.
  const isRanged = others.some((column) => view.list.ranges?.includes(column));
  const isSearch = search === "words" || (isRanged && !fixed.includes("station"));
  return wayOf(view, {
    isSearch,
    fixed: new Set([...Object.keys(view.visible), ...fixed]),
    order: orderColumns(view, order),
    others: [...others, ...byStation, ...searchedColumns(view, search)],
  });
}

function along(view: View, way: Way | undefined, said: Dialect): RawBuilder<unknown> {
  return way?.index === undefined ? sql`` : said.along(viewIndexName(view.table.name, way.index));
}

function searchedColumns({ list }: View, search: SearchWay | undefined): readonly string[] {
  if (search === "columns") return list.search ?? [];
  if (search === "manyStations") return ["station"];
  const { searchIn } = list;
  return search === "words" && searchIn !== undefined && "text" in searchIn ? [searchIn.text] : [];
}

/** All columns, with what is looked up elsewhere: the station's spelling, and counts. */
function selection(view: View): RawBuilder<unknown>[] {
  const { columns } = view.table;
  const selected = [sql`t.*`];
  if ("station" in columns && !("stationId" in columns)) {
    selected.push(
      sql`(select s."stationId" from "chargingStations" as s where s.station = t.station)
        as "stationId"`,
    );
  }
  for (const [counted, { table, by, where }] of Object.entries(view.counts)) {
    const conditions = [
      sql`${sql.ref(`c.${by}`)} = ${sql.ref(`t.${by}`)}`,
      ...Object.entries(where).map(
        ([column, value]) => sql`c.${sql.id(column)} = ${sql.lit(value)}`,
      ),
    ];
    const all = sql.join(conditions, sql` and `);
    selected.push(
      sql`(select count(*) from ${sql.table(table)} as c where ${all}) as ${sql.id(counted)}`,
    );
  }
  return selected;
}

function isRange(filter: string): boolean {
  return /[<>]=$/.test(filter);
}

function columnOfFilter(filter: string): string {
  return filter === stationOfMatch ? "station" : filter.replace(/[<>]=$/, "");
}

function condition(filter: string): RawBuilder<unknown> {
  if (filter === stationOfMatch) return sql`f.station = matching.station`;
  const comparison = /[<>]=$/.exec(filter)?.[0] ?? "=";
  const column = sql.ref(`f.${columnOfFilter(filter)}`);
  return sql`${column} ${sql.raw(comparison)} ${parameter(filter)}`;
}

/** What is in a set is asked of each row: to look each station up would cost as much as the set. */
export function inStations(
  table: string,
  how: "in" | "not in",
  said: Dialect,
): RawBuilder<unknown> {
  const keys = said.elements(parameter(ofStations));
  return sql`${said.notByIndex}${sql.ref(`${table}.station`)} ${sql.raw(how)} ${keys}`;
}

function relatedBy({ list, name: view }: View, name: string, said: Dialect): RawBuilder<unknown> {
  const related = list.related?.[name];
  if (related === undefined) throw new Error(`${view} has no filter ${name}`);
  const fixed = Object.entries(related.where).map(
    ([column, value]) => sql`${sql.ref(`r.${column}`)} = ${sql.lit(value)}`,
  );
  const own = [sql`${sql.ref(`r.${related.column}`)} = ${parameter(name)}`, ...fixed];
  const from = sql`${sql.table(related.table)} as r where ${sql.join(own, sql` and `)}`;
  const stations = sql`select r.station from ${from}`;
  return sql`${said.notByIndex}${sql.ref("f.station")} in (${stations})`;
}

function searching({ list }: View, search: SearchWay, said: Dialect): RawBuilder<unknown> {
  const { searchIn } = list;
  if (searchIn !== undefined && "text" in searchIn) {
    return said.holds(sql.ref(`f.${searchIn.text}`), parameter("search"));
  }
  if (searchIn === undefined || search === "columns") {
    const likes = (list.search ?? []).map((column) =>
      said.isLike(sql.ref(`f.${column}`), parameter("search")),
    );
    return sql`(${sql.join(likes, sql` or `)})`;
  }
  if (search === "manyStations") return sql`f.station in (${stationsLike(said)})`;
  const id = sql.ref(`f.${searchIn.id}`);
  return sql`${id} >= ${parameter("search")} and ${id} < ${parameter("searchEnd")}`;
}

function following(view: View, order: string): RawBuilder<unknown> {
  const columns = orderColumns(view, order);
  const operator = order.startsWith("-") ? sql`<` : sql`>`;
  const refs = sql.join(columns.map((column) => sql.ref(`f.${column}`)));
  const values = sql.join(columns.map((_column, at) => parameter(`after${at}`)));
  return sql`(${refs}) ${operator} (${values})`;
}

/** Stands for a value, by its name, while a statement is compiled. */
export function parameter(name: string): RawBuilder<unknown> {
  return sql.val({ parameter: name } satisfies Parameter);
}

/** A statement of ours by its name, compiled once. */
export function compiled(
  name: string,
  dialect: SqlDialect,
  build: (said: Dialect) => RawBuilder<unknown>,
): Statement {
  const whole = `${dialect} ${name}`;
  const known = own.get(whole);
  if (known !== undefined) return known;
  const said = dialectOf(dialect);
  const statement = compile(build(said), said);
  own.set(whole, statement);
  return statement;
}

function compile(built: RawBuilder<unknown>, said: Dialect): Statement {
  const query = said.compile(built);
  const parameters = (query.parameters as readonly Parameter[]).map((one) => one.parameter);
  return { sql: query.sql, parameters };
}

/** A statement with its values. */
export function filled(
  statement: Statement,
  values: Readonly<Record<string, ViewValue>>,
): ViewQuery {
  const parameters = statement.parameters.map((name) => values[name] ?? null);
  return { sql: statement.sql, parameters };
}
