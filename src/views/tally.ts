// How many rows there are of each kind, for who shows a network at a glance.
import { type RawBuilder, sql } from "kysely";
import type { SqlDialect, ViewQuery, ViewRow, ViewValue } from "#bus";
import { dialectOf } from "./dialect.ts";
import {
  compiled,
  filled,
  inStations,
  ofStations,
  parameter,
  type StationSet,
} from "./statements.ts";
import type { View } from "./view.ts";

/** What is counted: rows of a view by the values of a column, and sums of others beside it. */
export interface TallyQuery {
  /** Absent: all together. */
  readonly by?: string;
  readonly sums?: readonly string[];
  /** Columns that have one of these values, or (`from`) at least this one. */
  readonly only?: Readonly<Record<string, readonly ViewValue[] | { readonly from: ViewValue }>>;
  /** Of the stations that are in a set, or are not. */
  readonly stations?: StationSet;
}

/** One kind: its value, its rows, and what their columns come to. */
export interface Tally {
  readonly value: string;
  readonly count: number;
  readonly sums: Readonly<Record<string, number>>;
}

/** The statement of a tally, filled in. A column that the view has not is a bug of the caller. */
export function tallyStatement(view: View, asked: TallyQuery, dialect: SqlDialect): ViewQuery {
  const { by, sums = [], only = {}, stations } = asked;
  const conditions = Object.entries(only).map(([column, wanted]) =>
    "from" in wanted
      ? ([`${column}>=`, column, [wanted.from]] as const)
      : ([`${column}=${wanted.length}`, column, wanted] as const),
  );
  for (const column of [...(by === undefined ? [] : [by]), ...sums, ...Object.keys(only)]) {
    if (!Object.hasOwn(view.table.columns, column)) {
      throw new Error(`${view.name} has no column ${column}`);
    }
  }
  const values: Record<string, ViewValue> = {};
  const where = Object.entries(view.visible).map(([column, value]) => is(column, value));
  for (const [name, column, wanted] of conditions) {
    const each = wanted.map((value, at) => {
      values[`${name} ${at}`] = value;
      return parameter(`${name} ${at}`);
    });
    const compared = sql.ref(`t.${column}`);
    where.push(
      name.endsWith(">=")
        ? sql`${compared} >= ${sql.join(each)}`
        : sql`${compared} in (${sql.join(each)})`,
    );
  }
  const within = stations && (stations.isIn ? "in" : "not in");
  if (stations !== undefined && within !== undefined) {
    values[ofStations] = stations.keys;
    where.push(inStations("t", within, dialectOf(dialect)));
  }
  const names = [...conditions.map(([one]) => one), within];
  const name = ["tally", view.name, by, ...sums, "where", ...names];
  const statement = compiled(name.join(" "), dialect, () => tally(view, { by, sums, where }));
  return filled(statement, values);
}

function is(column: string, value: ViewValue): RawBuilder<unknown> {
  return sql`${sql.ref(`t.${column}`)} = ${sql.lit(value)}`;
}

function tally(
  view: View,
  asked: {
    readonly by: string | undefined;
    readonly sums: readonly string[];
    readonly where: readonly RawBuilder<unknown>[];
  },
): RawBuilder<unknown> {
  const { by, sums, where } = asked;
  const selected = [
    sql`count(*) as "count"`,
    ...(by === undefined ? [] : [sql`${sql.ref(`t.${by}`)} as "value"`]),
    ...sums.map((column) => sql`sum(${sql.ref(`t.${column}`)}) as ${sql.ref(`sum ${column}`)}`),
  ];
  const narrowed = where.length === 0 ? sql`` : sql`where ${sql.join(where, sql` and `)}`;
  const grouped = by === undefined ? sql`` : sql`group by ${sql.ref(`t.${by}`)}`;
  const from = sql`${sql.table(view.table.name)} as t`;
  return sql`select ${sql.join(selected)} from ${from} ${narrowed} ${grouped}`;
}

/** What a row of the statement says; PostgreSQL counts in texts. */
export function tallyOf(row: ViewRow, sums: readonly string[] = []): Tally {
  const sum = (column: string) => Number(row[`sum ${column}`] ?? 0);
  return {
    value: String(row.value ?? ""),
    count: Number(row.count),
    sums: Object.fromEntries(sums.map((column) => [column, sum(column)])),
  };
}
