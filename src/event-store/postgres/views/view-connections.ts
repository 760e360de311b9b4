import type pg from "pg";
import {
  CheckpointMoved,
  LeaseOver,
  RowsRefused,
  UnitRefused,
  type ViewRow,
  type ViewValue,
} from "#bus";
import {
  asStoreError,
  type Connections,
  createConnections,
  type DatabaseOptions,
  type Statement,
} from "#postgres";
import { answersOf, begin, beginReading, commit, rollback, types } from "../pipeline.ts";
import { leaseOverState, movedState } from "./view-schema.ts";

/** Runs one step; its rows as lists of values. */
export type RunStep = (statement: Statement) => Promise<readonly (readonly ViewValue[])[]>;

/**
 * Connections to the views: one that leads them on, so that no question keeps it waiting, and some
 * that ask. What belongs together is sent together: a batch costs one round trip.
 */
export class ViewConnections {
  readonly #options: DatabaseOptions;
  readonly #writer: Connections;
  readonly #readers: Connections;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.#writer = pipelined(options, "views", 1);
    this.#readers = pipelined(options, "questions", options.limits.databaseReadersMax);
  }

  /** Rows of a statement of our own, as lists of values. */
  async rows(statement: Statement): Promise<readonly (readonly ViewValue[])[]> {
    const query = { ...statement, types, rowMode: "array" as const };
    const [answer] = await together<ViewValue[]>(this.#writer, [query]);
    return answer?.rows ?? [];
  }

  /** All of it or nothing; under the lease of an epoch where one is named. */
  async transaction(statements: readonly Statement[], epoch?: number): Promise<void> {
    try {
      await answersOf(this.#writer, [begin, ...statements, commit]);
    } catch (error) {
      throw asViewError(error, epoch);
    }
  }

  /** The same for tables and indexes, which may take long: step by step, each knows the former. */
  async reshape<T>(work: (run: RunStep) => Promise<T>, epoch?: number): Promise<T> {
    const { databaseMigrationMs } = this.#options.limits;
    const own = pipelined(this.#options, "migrations", 1, databaseMigrationMs);
    try {
      return await own.using(async (client) => {
        await client.query(begin);
        const result = await work(async (statement) => {
          const query = { ...statement, types, rowMode: "array" as const };
          return (await client.query<ViewValue[]>(query)).rows;
        });
        await client.query(commit);
        return result;
      });
    } catch (error) {
      throw asViewError(error, epoch);
    } finally {
      // Takes back what was not committed.
      await own.close();
    }
  }

  /**
   * Asks what may come from an add-on: as one statement, which can write nothing, and what it has
   * set is taken back.
   */
  async ask(sql: string, values: readonly ViewValue[]): Promise<readonly ViewRow[]> {
    const query = { text: sql, values: [...values], types, queryMode: "extended" };
    const [, answer] = await together<ViewRow>(this.#readers, [beginReading, query, rollback]);
    return answer?.rows ?? [];
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#readers.close()]);
  }
}

function pipelined(
  options: DatabaseOptions,
  purpose: string,
  ...[max, statementMs]: readonly [max: number, statementMs?: number]
): Connections {
  return createConnections(options, {
    purpose,
    max,
    pipelined: true,
    // Commits are synced, as the log's are, whose syncs they share: views that went back with a
    // crash would be taken for those that have passed. The cost: pages are in memory, or on a disk
    // that finds any of them as fast as the next.
    session: { random_page_cost: "1.1" },
    ...(statementMs !== undefined && { statementMs }),
  });
}

async function together<Row>(connections: Connections, statements: readonly pg.QueryConfig[]) {
  try {
    return await answersOf<Row>(connections, statements);
  } catch (error) {
    throw asViewError(error);
  }
}

/** Tells a value that cannot be stored, and views that others lead on, from what is broken. */
function asViewError(error: unknown, epoch = 0): Error {
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  if (code === leaseOverState) return new LeaseOver(epoch, Number(message));
  if (code === movedState) return new CheckpointMoved(message, { cause: error });
  const told = asStoreError(error);
  return told instanceof UnitRefused ? new RowsRefused(told.message, { cause: error }) : told;
}
