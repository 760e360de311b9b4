import type { ClientBase } from "pg";
import {
  createConnections,
  type DatabaseOptions,
  schemaOf,
  shownAddress,
  whyUnavailable,
} from "#postgres";
import { StoreProblem } from "#store-problem";
import { plansForLargeTables } from "../log/plans.ts";

/** One connection, and the one transaction in which all of an archive's work is done. */
export interface Session {
  readonly client: ClientBase;
  /** Ends the transaction and the connection. */
  end(how: "COMMIT" | "ROLLBACK"): Promise<void>;
}

/** What a session is for, and how its transaction begins. */
export interface SessionShape {
  readonly purpose: string;
  readonly begin: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Connects and begins. The other end of an archive may be slow: minutes may pass unused. */
export async function openSession(options: DatabaseOptions, shape: SessionShape): Promise<Session> {
  const { databaseMigrationMs: statementMs } = options.limits;
  const session = { ...plansForLargeTables, ...shape.settings };
  const given = { purpose: shape.purpose, max: 1, statementMs, session };
  const connections = createConnections(options, given);
  const begun = Promise.withResolvers<ClientBase>();
  const over = Promise.withResolvers<void>();
  const held = connections.using(async (client) => {
    await client.query(shape.begin);
    begun.resolve(client);
    await over.promise;
  });
  held.catch(begun.reject);
  const close = async () => {
    over.resolve();
    await Promise.allSettled([held]);
    await connections.close();
  };
  try {
    const client = await begun.promise;
    const end = async (how: "COMMIT" | "ROLLBACK") => {
      try {
        await client.query(how);
      } finally {
        await close();
      }
    };
    return { client, end };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One archives or brings back at a time. */
export async function lockArchive(client: ClientBase, options: DatabaseOptions): Promise<void> {
  const text = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked";
  const { rows } = await client.query(text, [`motown archive ${schemaOf(options)}`]);
  if (rows[0]?.locked === true) return;
  const words = "Somebody else takes partitions out of this log, or brings them back, just now.";
  throw new StoreProblem("locked", words);
}

/** What went wrong with a database, in words that say which one it is. */
export function problemOf(options: DatabaseOptions, what: string, error: unknown): Error {
  if (error instanceof StoreProblem) return error;
  const where = shownAddress(options.url);
  return new StoreProblem("unopenable", `${where} ${what}: ${whyUnavailable(error)}.`);
}
