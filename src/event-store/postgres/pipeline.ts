// Statements that are sent together over a pipelined connection: one round trip for all of them.
import pg from "pg";
import type { Connections } from "#postgres";
import { givenText } from "./texts.ts";

export const begin = { text: "BEGIN" };
export const beginReading = { text: "BEGIN READ ONLY" };
export const commit = { text: "COMMIT" };
export const rollback = { text: "ROLLBACK" };

/** Type numbers of PostgreSQL's catalogue. */
const bigint = 20;
const text = 25;
const numeric = 1700;

/** Numbers as numbers, and texts as they were given. */
export const types = {
  getTypeParser: ((type: number, format?: "text") => {
    if (type === bigint || type === numeric) return Number;
    return type === text ? givenText : pg.types.getTypeParser(type, format);
  }) as pg.CustomTypesConfig["getTypeParser"],
};

/** Sends statements at once; the first that fails is why the others do. */
export async function answersOf<Row>(
  connections: Connections,
  statements: readonly pg.QueryConfig[],
): Promise<readonly { readonly rows: readonly Row[] }[]> {
  return connections.using(async (client) => {
    const answers = await Promise.allSettled(statements.map((one) => client.query(one)));
    return answers.map((answer) => {
      if (answer.status === "fulfilled") return answer.value as { rows: Row[] };
      throw answer.reason;
    });
  });
}
