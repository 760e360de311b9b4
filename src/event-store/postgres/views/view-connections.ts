import type pg from "pg";
import { CheckpointMoved, RowsRefused, UnitRefused, type ViewRow, type ViewValue } from "#bus";
import {
  type Connections,
  createConnections,
  type DatabaseOptions,
  type Statement,
} from "../connections.ts";
import { answersOf, begin, beginReading, commit, rollback, types } from "../pipeline.ts";
import { asStoreError } from "../problems.ts";
import { movedState } from "./view-schema.ts";

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

  /** All of it or nothing. */
  async transaction(statements: readonly Statement[]): Promise<void> {
    await together(this.#writer, [begin, ...statements, commit]);
  }

  /** The same for tables and indexes, which may take long. */
  async reshape(statements: readonly Statement[]): Promise<void> {
    const { databaseMigrationMs } = this.#options.limits;
    const own = pipelined(this.#options, "migrations", 1, databaseMigrationMs);
    try {
      await together(own, [begin, ...statements, commit]);
    } finally {
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
    // What a crash takes is built again from the log.
    session: { synchronous_commit: "off" },
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

/** Tells a value that cannot be stored, and a checkpoint that has moved, from what is broken. */
function asViewError(error: unknown): Error {
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  if (code === movedState) return new CheckpointMoved(message, { cause: error });
  const told = asStoreError(error);
  return told instanceof UnitRefused ? new RowsRefused(told.message, { cause: error }) : told;
}
