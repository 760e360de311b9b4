import pg from "pg";
import type { Log } from "#bus";
import type { Limits } from "#limits";
import { StoreProblem } from "#store-problem";
import { type DatabaseAddress, driverAddress, shownAddress } from "./address.ts";
import { asStoreError, isServersAnswer, whyUnavailable } from "./problems.ts";

/** What all stores of one database need. */
export interface DatabaseOptions extends DatabaseAddress {
  /** Schema of all tables. Default: `motown`. */
  readonly schema?: string | undefined;
  /** Name of this node, as PostgreSQL's lists of connections show it. */
  readonly node?: string | undefined;
  readonly limits: Limits;
  readonly log: Log;
}

/** A statement; with a name the server keeps its plan. Rows are arrays where `asArrays` is set. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
  readonly asArrays?: boolean;
}

/** Connections of one kind. Statements stand alone: each is a transaction of its own. */
export interface Connections {
  /** Rows of a statement; a failure is a `StoreUnavailable` or a `UnitRefused`. */
  run<Row = Record<string, unknown>>(statement: Statement): Promise<Row[]>;
  /** As `run`, with the driver's own error. */
  runRaw<Row = Record<string, unknown>>(statement: Statement): Promise<Row[]>;
  /** One connection for several statements (transactions); not for what is on the hot path. */
  using<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How many connections there are, what they are for, and how long a statement may take. */
export interface ConnectionsShape {
  readonly purpose: string;
  readonly max: number;
  readonly statementMs?: number;
  /** What is asked without waiting goes out at once, and is answered in order. */
  readonly pipelined?: boolean;
  /** Settings of each session. */
  readonly session?: Readonly<Record<string, string>>;
}

const oidOfBigint = 20;
/** Extra time for the server to say by itself that a statement took too long. */
const graceMs = 2_000;

/** Connections made when needed, and made anew after each failure. */
export function createConnections(options: DatabaseOptions, shape: ConnectionsShape): Connections {
  const { limits, log } = options;
  const pool = new pg.Pool(poolConfig(options, shape));
  // A connection that ends under a statement fails the statement; without a listener the driver
  // would end the whole process besides.
  pool.on("connect", (client) => client.on("error", () => undefined));
  // Of connections that nobody uses at the moment: the next statement gets a new one.
  pool.on("error", (error) => {
    log.warn("an idle connection to PostgreSQL has ended", { why: whyUnavailable(error) });
  });
  let closing: Promise<void> | undefined;

  const using = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let failure: unknown;
    try {
      return await work(client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(failure !== undefined && !isServersAnswer(failure));
    }
  };
  const runRaw = async <Row>({ name, text, values, asArrays }: Statement): Promise<Row[]> => {
    const query = {
      text,
      values: values ?? [],
      types: valueTypes,
      ...(name !== undefined && { name }),
    };
    return using(async (client) => {
      const result = asArrays
        ? await client.query<Row & unknown[]>({ ...query, rowMode: "array" })
        : await client.query<Row & pg.QueryResultRow>(query);
      return result.rows;
    });
  };
  log.debug("connections to PostgreSQL", {
    purpose: shape.purpose,
    max: shape.max,
    connectMs: limits.databaseConnectMs,
  });
  return {
    using,
    runRaw,
    run: async <Row>(statement: Statement): Promise<Row[]> => {
      try {
        return await runRaw<Row>(statement);
      } catch (error) {
        throw asStoreError(error);
      }
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** How values come back: positions as numbers, since they are far below 2^53. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text") =>
    oid === oidOfBigint
      ? Number
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig["getTypeParser"],
};

function poolConfig(options: DatabaseOptions, shape: ConnectionsShape): pg.PoolConfig {
  const { limits, node = "motown" } = options;
  const { purpose, max, statementMs = limits.databaseStatementMs } = shape;
  const session = {
    search_path: schemaOf(options),
    // A server notices by itself that who asked is gone, and lets go of what it held for them.
    client_connection_check_interval: "2s",
    jit: "off",
    ...shape.session,
  };
  const settings = Object.entries(session).map(([name, value]) => `-c ${name}=${value}`);
  return {
    ...driverAddress(options),
    application_name: `motown ${node} ${purpose}`.slice(0, 63),
    options: settings.join(" "),
    max,
    pipeline: shape.pipelined === true,
    idleTimeoutMillis: limits.databaseIdleMs,
    connectionTimeoutMillis: limits.databaseConnectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: limits.databaseKeepAliveMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    // For a server that is frozen, or beyond a broken network.
    query_timeout: statementMs + graceMs,
  };
}

/** Name of the schema; only what needs no quotes. */
export function schemaOf({ schema = "motown" }: Pick<DatabaseOptions, "schema">): string {
  if (/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) return schema;
  throw new StoreProblem(
    "unopenable",
    `"${schema}" cannot be the name of the schema: small letters, digits and _ only.`,
  );
}

/** What keeps a database from being opened, with its address and without its password. */
export function unopenable(options: DatabaseOptions, error: unknown): Error {
  if (error instanceof StoreProblem) return error;
  const where = shownAddress(options.url);
  return new StoreProblem("unopenable", `${where} cannot be opened: ${whyUnavailable(error)}.`);
}
