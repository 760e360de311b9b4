// SQL of lists and single rows: built by Kysely, once per shape of a question, then filled in.
// A list is read in two steps: the keys of the page along an index that holds what is asked, and
// then the rows of these keys alone.
import {
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import {
  createLru,
  type Lru,
  type ViewQuery,
  type ViewRow,
  type ViewValue,
  viewIndexName,
} from "#bus";
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
  readonly search: SearchWay | undefined;
  readonly after: boolean;
}

/**
 * How a text is looked for: in a column of words, in each column, as the beginning of an id, or in
 * the ids of stations, of which few or many match.
 */
export type SearchWay = "words" | "columns" | "id" | "fewStations" | "manyStations";

/** As many stations as are read one by one. */
export const fewStationsMax = 100;

const builder = new Kysely<Record<string, Record<string, ViewValue>>>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

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

/** The statement of a list, filled in. */
export function listStatement(
  view: View,
  shape: ListShape,
  { book, values }: { book: StatementBook; values: Readonly<Record<string, ViewValue>> },
): ViewQuery {
  const { order, filters, search, after } = shape;
  const name = [view.name, order, search, after, ...filters].join(" ");
  let statement = book.get(name);
  if (statement === undefined) {
    statement = compile(listQuery(view, shape));
    book.set(name, statement);
  }
  return filled(statement, values);
}

/** How many stations a text is found in, counted no further than it matters; filled in. */
export function matchingStations(text: string): ViewQuery {
  const statement = compiled("matching stations", () => {
    const most = sql.lit(fewStationsMax + 1);
    return sql`select count(*) as "count" from (${stationsLike()} limit ${most})`;
  });
  return filled(statement, { search: text });
}

/** The statement of one row by its key, filled in. */
export function rowStatement(view: View, key: readonly ViewValue[]): ViewQuery {
  const statement = compiled(view.name, () => {
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
export function groupStatements(table: Table, groups: readonly ViewRow[]): readonly ViewQuery[] {
  const columns = Object.keys(groups[0] ?? {});
  if (columns.length === 0) {
    return groups.length === 0 ? [] : [groupStatement(table, columns, [])];
  }
  const queries: ViewQuery[] = [];
  for (let from = 0; from < groups.length; from += groupsMax) {
    queries.push(groupStatement(table, columns, groups.slice(from, from + groupsMax)));
  }
  return queries;
}

function groupStatement(
  table: Table,
  columns: readonly string[],
  groups: readonly ViewRow[],
): ViewQuery {
  const count = groups.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(groups.length));
  const name = `groups ${table.name} ${count} ${columns.join(" ")}`;
  const statement = compiled(name, () => {
    if (count === 0) return sql`select * from ${sql.table(table.name)}`;
    const tuples = Array.from({ length: count }, (_none, at) => {
      const values = columns.map((column) => parameter(`${column} ${at}`));
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

function listQuery(view: View, shape: ListShape): RawBuilder<unknown> {
  const { key } = view.table;
  const same = key.map((column) => sql`${sql.ref(`t.${column}`)} = ${sql.ref(`page.${column}`)}`);
  const ordered = ordering(view, shape.order, "t");
  const page = shape.search === "fewStations" ? pageOfStations(view, shape) : pageOf(view, shape);
  const rows = sql`(${page}) as page cross join ${sql.table(view.table.name)} as t`;
  const selected = sql.join(selection(view));
  const where = sql.join(same, sql` and `);
  return sql`select ${selected} from ${rows} where ${where} order by ${ordered}`;
}

/** The keys of a page. */
function pageOf(view: View, shape: ListShape): RawBuilder<unknown> {
  const way = wayFor(view, shape);
  const conditions = conditionsOf(view, shape, way);
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const keys = sql.join(view.table.key.map((column) => sql.ref(`f.${column}`)));
  const ordered = ordering(view, shape.order, "f", shape.search === "id");
  const from = sql`${sql.table(view.table.name)} as f ${along(view, way)}`;
  return sql`select ${keys} from ${from} ${where} order by ${ordered} limit ${parameter("limit")}`;
}

/** The keys of a page where few stations match: of each station's page, the best of them. */
function pageOfStations(view: View, shape: ListShape): RawBuilder<unknown> {
  const [id = ""] = view.table.key;
  const ofStation = { ...shape, search: undefined, filters: [...shape.filters, stationOfMatch] };
  const table = sql.table(view.table.name);
  const stations = sql`(${stationsLike()} limit ${sql.lit(fewStationsMax)}) as matching`;
  const found = sql`${sql.ref(`g.${id}`)} in (${pageOf(view, ofStation)})`;
  const from = sql`${stations} cross join ${table} as g on ${found}`;
  const ending = sql`order by ${ordering(view, shape.order, "g")} limit ${parameter("limit")}`;
  return sql`select ${sql.ref(`g.${id}`)} from ${from} ${ending}`;
}

/** In place of a filter's name: the station of the match that the page is of. */
const stationOfMatch = "station of match";

function stationsLike(): RawBuilder<unknown> {
  return sql`select s.station from "chargingStations" as s
    where instr(s.station, ${parameter("search")}) > 0`;
}

function conditionsOf(view: View, shape: ListShape, way: Way | undefined): RawBuilder<unknown>[] {
  // The plus: a value that is fixed in the midst of an index makes SQLite sort what is in order.
  const plus = (column: string) =>
    way === undefined || way.entered.includes(column) ? sql`` : sql`+`;
  return [
    ...Object.entries(view.visible).map(
      ([column, value]) => sql`${plus(column)}${sql.ref(`f.${column}`)} = ${sql.lit(value)}`,
    ),
    ...shape.filters.map((filter) =>
      isRange(filter)
        ? condition(filter)
        : sql`${plus(columnOfFilter(filter))}${condition(filter)}`,
    ),
    ...(shape.search === undefined ? [] : [searching(view, shape.search)]),
    ...(shape.after ? [following(view, shape.order)] : []),
  ];
}

function ordering(view: View, order: string, table: string, isSorted = false): RawBuilder<unknown> {
  const direction = order.startsWith("-") ? sql`desc` : sql`asc`;
  // The plus keeps SQLite from reading along the order where something else finds fewer rows.
  const plus = isSorted ? sql`+` : sql``;
  const columns = orderColumns(view, order);
  return sql.join(columns.map((name) => sql`${plus}${sql.ref(`${table}.${name}`)} ${direction}`));
}

/** The index to read along. Beginnings of ids are found by the key, whatever else is asked. */
function wayFor(view: View, { order, filters, search }: ListShape): Way | undefined {
  if (search === "id") return undefined;
  const fixed = filters.filter((filter) => !isRange(filter)).map(columnOfFilter);
  const others = filters.filter(isRange).map(columnOfFilter);
  return wayOf(view, {
    fixed: new Set([...Object.keys(view.visible), ...fixed]),
    order: orderColumns(view, order),
    others: [...others, ...searchedColumns(view, search)],
    isSearch: search === "words",
  });
}

function along(view: View, way: Way | undefined): RawBuilder<unknown> {
  if (way?.index === undefined) return sql``;
  return sql`indexed by ${sql.id(viewIndexName(view.table.name, way.index))}`;
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

function searching({ list }: View, search: SearchWay): RawBuilder<unknown> {
  const { searchIn } = list;
  if (searchIn !== undefined && "text" in searchIn) {
    return sql`instr(${sql.ref(`f.${searchIn.text}`)}, ${parameter("search")}) > 0`;
  }
  if (searchIn === undefined || search === "columns") {
    const likes = (list.search ?? []).map(
      (column) =>
        sql`lower(${sql.ref(`f.${column}`)}) like lower(${parameter("search")}) escape '!'`,
    );
    return sql`(${sql.join(likes, sql` or `)})`;
  }
  if (search === "manyStations") return sql`f.station in (${stationsLike()})`;
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

function parameter(name: string): RawBuilder<unknown> {
  return sql.val({ parameter: name } satisfies Parameter);
}

function compiled(name: string, build: () => RawBuilder<unknown>): Statement {
  const known = own.get(name);
  if (known !== undefined) return known;
  const statement = compile(build());
  own.set(name, statement);
  return statement;
}

function compile(built: RawBuilder<unknown>): Statement {
  const query = built.compile(builder);
  const parameters = (query.parameters as readonly Parameter[]).map((one) => one.parameter);
  return { sql: query.sql, parameters };
}

function filled(statement: Statement, values: Readonly<Record<string, ViewValue>>): ViewQuery {
  const parameters = statement.parameters.map((name) => values[name] ?? null);
  return { sql: statement.sql, parameters };
}
