import pg from "pg";
import type { ViewRow, ViewValue } from "#bus";
import type { Limits } from "#limits";
import type { Statement } from "./view-table.ts";
import { givenText } from "./view-values.ts";

/** Where views live. */
export interface ViewConnectionSettings {
  /** Address, account and encryption, as the driver takes them. */
  readonly connection: pg.ClientConfig;
  /** Schema of the views alone: small letters, digits and `_`. */
  readonly schema: string;
}

type ConnectionLimits = Pick<Limits, "viewReadersMax" | "viewQueryMs" | "viewCommitMs">;

/** Type numbers of PostgreSQL's catalogue. */
const bigint = 20;
const text = 25;
const numeric = 1700;

const types = {
  getTypeParser: (type: number, format?: "text" | "binary") => {
    if (type === bigint || type === numeric) return Number;
    return type === text ? givenText : pg.types.getTypeParser(type, format as "text");
  },
};

/**
 * Connections to the views: one that leads them on, so that no question keeps it waiting, and some
 * that ask. What belongs together is sent together: a batch costs one round trip.
 */
export class ViewConnections {
  readonly #writer: pg.Pool;
  readonly #readers: pg.Pool;

  constructor({ connection, schema }: ViewConnectionSettings, limits: ConnectionLimits) {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
      throw new Error(`the views' schema cannot be named ${schema}`);
    }
    const options = `-c search_path=${schema} -c synchronous_commit=off -c jit=off`;
    const pool = (max: number, timeoutMs: number) => {
      const made = new pg.Pool({
        ...connection,
        ...{ max, types, options, pipeline: true, statement_timeout: timeoutMs },
        // The server ends what takes too long; this is for one that answers nothing.
        query_timeout: timeoutMs * 2,
      } as pg.PoolConfig);
      // An idle connection was cut: the next question makes a new one, or fails and says why.
      made.on("error", () => undefined);
      return made;
    };
    this.#writer = pool(1, limits.viewCommitMs);
    this.#readers = pool(limits.viewReadersMax, limits.viewQueryMs);
  }

  /** Rows of a statement of our own, as lists of values. */
  async rows(statement: Statement): Promise<readonly (readonly ViewValue[])[]> {
    const query = { ...configOf(statement), rowMode: "array" as const };
    return (await this.#writer.query(query)).rows as ViewValue[][];
  }

  /** All of it or nothing. */
  async transaction(statements: readonly Statement[]): Promise<void> {
    await together(this.#writer, [begin, ...statements.map(configOf), commit]);
  }

  /**
   * Asks what may come from an add-on: as one statement, which can write nothing, and what it has
   * set is taken back.
   */
  async ask(sql: string, values: readonly ViewValue[]): Promise<readonly ViewRow[]> {
    const query = { text: sql, values: [...values], queryMode: "extended" } as pg.QueryConfig;
    const [, answer] = await together(this.#readers, [beginReading, query, rollback]);
    return (answer?.rows ?? []) as ViewRow[];
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.end(), this.#readers.end()]);
  }
}

const begin = { text: "BEGIN" };
const commit = { text: "COMMIT" };
const rollback = { text: "ROLLBACK" };
const beginReading = { text: "BEGIN READ ONLY" };

function configOf({ text, values, name }: Statement): pg.QueryConfig {
  const whole = values.length === 0 ? { text } : { text, values: [...values] };
  return name === undefined ? whole : { ...whole, name };
}

/** Sends statements at once; the first that fails is why the others do. */
async function together(
  pool: pg.Pool,
  statements: readonly pg.QueryConfig[],
): Promise<readonly pg.QueryResult[]> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    const answers = await Promise.allSettled(statements.map((one) => client.query(one)));
    return answers.map((answer) => {
      if (answer.status === "fulfilled") return answer.value;
      throw answer.reason;
    });
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    // Whatever state it was left in, nobody meets it again.
    client.release(failed);
  }
}
