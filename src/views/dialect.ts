// Everything in which the SQL of lists and rows differs between the databases that views live in.
// What is not here is the same for both: names in double quotes, row comparisons, counts, limits.
// Views hold no booleans (0 and 1), divide nothing, read no JSON in SQL, and order by columns that
// are never empty: so neither numbers nor the place of NULL can differ.
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import type { SqlDialect, ViewColumn, ViewValue } from "#bus";

type Sql = RawBuilder<unknown>;

/** How one database says what the others say differently. */
export interface Dialect {
  readonly name: SqlDialect;
  /** Compiles; it decides how parameters are written. */
  compile(built: Sql): { readonly sql: string; readonly parameters: readonly unknown[] };
  /** Behind a table: it is read along this index. */
  along(index: string): Sql;
  /** Before a column: it is no reason to read along an index. */
  readonly notByIndex: Sql;
  /** A text is in a column, letter by letter. */
  holds(column: Sql, text: Sql): Sql;
  /** A column is like a pattern, in which `!` escapes; large and small letters of ASCII alike. */
  isLike(column: Sql, pattern: Sql): Sql;
  /** Behind a subquery that nothing is asked of by name. */
  readonly alias: Sql;
  /** The texts of a JSON array, as a subquery. */
  elements(json: Sql): Sql;
  /** A value among those of a list without a column beside it that would tell its type. */
  typed(value: Sql, type: ViewColumn["type"]): Sql;
  /** Rows of a table under the keys of each match's own page. */
  ofEach(parts: {
    readonly matches: Sql;
    readonly page: Sql;
    /** The table, and its key as a column of it and of the page. */
    readonly table: Sql;
    readonly key: string;
  }): Sql;
}

type Empty = Record<string, Record<string, ViewValue>>;

const sqliteCompiler = new Kysely<Empty>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const postgresCompiler = new Kysely<Empty>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const sqlite: Dialect = {
  name: "sqlite",
  compile: (built) => built.compile(sqliteCompiler),
  // Its planner has no figures about what is in the tables, so it is told.
  along: (index) => sql`indexed by ${sql.id(index)}`,
  notByIndex: sql`+`,
  holds: (column, text) => sql`instr(${column}, ${text}) > 0`,
  isLike: (column, pattern) => sql`lower(${column}) like lower(${pattern}) escape '!'`,
  alias: sql``,
  elements: (json) => sql`(select value from json_each(${json}))`,
  typed: (value) => value,
  ofEach: ({ matches, page, table, key }) => {
    const found = sql`${sql.ref(`g.${key}`)} in (${page})`;
    return sql`${matches} cross join ${table} as g on ${found}`;
  },
};

const types = { text: "text", integer: "bigint", real: "double precision" } as const;

const postgres: Dialect = {
  name: "postgres",
  compile: (built) => built.compile(postgresCompiler),
  along: () => sql``,
  notByIndex: sql``,
  holds: (column, text) => sql`strpos(${column}, ${text}) > 0`,
  // A parameter has the database's collation, whose small letters may be other ones.
  isLike: (column, pattern) =>
    sql`lower(${column}) like lower(${pattern}::text collate "C") escape '!'`,
  // Before release 16 it wants a name for each.
  alias: sql` as found`,
  elements: (json) => sql`(select jsonb_array_elements_text(${json}::jsonb))`,
  typed: (value, type) => sql`${value}::${sql.raw(types[type])}`,
  // A subquery in a join's condition would be run for each row of the table.
  ofEach: ({ matches, page, table, key }) => {
    const same = sql`${sql.ref(`g.${key}`)} = ${sql.ref(`own.${key}`)}`;
    return sql`${matches} cross join lateral (${page}) as own join ${table} as g on ${same}`;
  },
};

const dialects: Readonly<Record<SqlDialect, Dialect>> = { sqlite, postgres };

/** The dialect of a store. */
export function dialectOf(name: SqlDialect): Dialect {
  return dialects[name];
}
