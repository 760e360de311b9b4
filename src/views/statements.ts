// SQL of lists and single rows: built by Kysely, once per shape of a question, then only filled in.
import {
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import type { ViewQuery, ViewRow, ViewValue } from "#bus";
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
  readonly search: boolean;
  readonly after: boolean;
}

const builder = new Kysely<Record<string, Record<string, ViewValue>>>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const statements = new Map<string, Statement>();

/** Columns that a list is ordered by: the one asked for, then the rest of the key, to tell ties. */
export function orderColumns(view: View, order: string): readonly string[] {
  const first = columnOfOrder(order);
  return [first, ...view.table.key.filter((column) => column !== first)];
}

/** The statement of a list, filled in. */
export function listStatement(
  view: View,
  shape: ListShape,
  values: Readonly<Record<string, ViewValue>>,
): ViewQuery {
  const { order, filters, search, after } = shape;
  const name = [view.name, order, search, after, ...filters].join(" ");
  return filled(
    compiled(name, () => listQuery(view, shape)),
    values,
  );
}

/** The statement of one row by its key, filled in. */
export function rowStatement(view: View, key: readonly ViewValue[]): ViewQuery {
  const statement = compiled(view.name, () => {
    const conditions = view.table.key.map(
      (column) => sql`${sql.ref(`t.${column}`)} = ${parameter(column)}`,
    );
    return sql`${selection(view)} where ${sql.join(conditions, sql` and `)}`;
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
  const conditions = [
    ...Object.entries(view.visible).map(
      ([column, value]) => sql`${sql.ref(`t.${column}`)} = ${sql.lit(value)}`,
    ),
    ...shape.filters.map(condition),
    ...(shape.search ? [searching(view)] : []),
    ...(shape.after ? [following(view, shape.order)] : []),
  ];
  const direction = shape.order.startsWith("-") ? sql`desc` : sql`asc`;
  const ordered = orderColumns(view, shape.order).map(
    (column) => sql`${sql.ref(`t.${column}`)} ${direction}`,
  );
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  return sql`${selection(view)} ${where} order by ${sql.join(ordered)} limit ${parameter("limit")}`;
}

/** All columns, with what is looked up elsewhere: the station's spelling, and counts. */
function selection(view: View): RawBuilder<unknown> {
  const { columns, name } = view.table;
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
  return sql`select ${sql.join(selected)} from ${sql.table(name)} as t`;
}

function condition(filter: string): RawBuilder<unknown> {
  const [, column = "", comparison = ""] = /^(\w+)([<>]=)?$/.exec(filter) ?? [];
  const operator = comparison === "" ? sql`=` : sql.raw(comparison);
  return sql`${sql.ref(`t.${column}`)} ${operator} ${parameter(filter)}`;
}

function searching(view: View): RawBuilder<unknown> {
  const likes = (view.list.search ?? []).map(
    (column) => sql`lower(${sql.ref(`t.${column}`)}) like lower(${parameter("search")}) escape '!'`,
  );
  return sql`(${sql.join(likes, sql` or `)})`;
}

function following(view: View, order: string): RawBuilder<unknown> {
  const columns = orderColumns(view, order);
  const operator = order.startsWith("-") ? sql`<` : sql`>`;
  const refs = sql.join(columns.map((column) => sql.ref(`t.${column}`)));
  const values = sql.join(columns.map((_column, at) => parameter(`after${at}`)));
  return sql`(${refs}) ${operator} (${values})`;
}

function parameter(name: string): RawBuilder<unknown> {
  return sql.val({ parameter: name } satisfies Parameter);
}

function compiled(name: string, build: () => RawBuilder<unknown>): Statement {
  const known = statements.get(name);
  if (known !== undefined) return known;
  const query = build().compile(builder);
  const parameters = (query.parameters as readonly Parameter[]).map((one) => one.parameter);
  const statement = { sql: query.sql, parameters };
  statements.set(name, statement);
  return statement;
}

function filled(statement: Statement, values: Readonly<Record<string, ViewValue>>): ViewQuery {
  const parameters = statement.parameters.map((name) => values[name] ?? null);
  return { sql: statement.sql, parameters };
}
