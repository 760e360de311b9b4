import type { ClientBase } from "pg";
import { StoreProblem } from "#store-problem";
import { createConnections, type DatabaseOptions, schemaOf, unopenable } from "./connections.ts";

/**
 * A step of a part's tables, forward only. Nodes of the release before go on beside it: columns and
 * functions are added first, and taken away a release later.
 */
export interface Migration {
  readonly sql: string;
  /** First version of the part (count of its steps) that can still work after this step. */
  readonly worksFrom: number;
}

/** Tables that grow together: the log, the frames, the views, the cluster. */
export interface MigratedPart {
  readonly part: string;
  readonly steps: readonly Migration[];
}

const oldestServer = 150_000;

/**
 * Brings a part's tables up to this release, one node at a time. Refuses a schema that a newer
 * release has made in a way that this one cannot work with.
 */
export async function migrate(options: DatabaseOptions, wanted: MigratedPart): Promise<void> {
  const { databaseMigrationMs: statementMs } = options.limits;
  const shape = { purpose: "migrations", max: 1, statementMs };
  const connections = createConnections(options, shape);
  try {
    await connections.using((client) => bringUp(client, schemaOf(options), wanted));
  } catch (error) {
    throw unopenable(options, error);
  } finally {
    await connections.close();
  }
}

async function bringUp(client: ClientBase, schema: string, wanted: MigratedPart): Promise<void> {
  await refuseOldServer(client);
  const lock = [`motown schema ${schema}`];
  await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", lock);
  try {
    await createVersions(client, schema);
    const stored = await storedVersion(client, wanted.part);
    if (stored.worksFrom > wanted.steps.length) throw newerSchema(stored.version, wanted);
    for (const [at, step] of wanted.steps.entries()) {
      if (at >= stored.version)
        await apply(client, { ...step, part: wanted.part, version: at + 1 });
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", lock);
  }
}

async function refuseOldServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query("SHOW server_version_num");
  if (Number(rows[0]?.server_version_num) >= oldestServer) return;
  throw new StoreProblem("unopenable", "This PostgreSQL is too old: Motown needs 15 or newer.");
}

/** What is there may belong to somebody who may not make schemas. */
async function createVersions(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await client.query("SELECT to_regclass($1) AS found", [
    `${schema}.schema_versions`,
  ]);
  if (rows[0]?.found !== null) return;
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema};
    CREATE TABLE schema_versions (part text NOT NULL, version integer NOT NULL,
      works_from integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (part, version))`);
}

async function storedVersion(client: ClientBase, part: string) {
  const { rows } = await client.query(
    `SELECT coalesce(max(version), 0) AS version, coalesce(max(works_from), 0) AS works_from
      FROM schema_versions WHERE part = $1`,
    [part],
  );
  return { version: Number(rows[0]?.version), worksFrom: Number(rows[0]?.works_from) };
}

async function apply(
  client: ClientBase,
  step: Migration & { readonly part: string; readonly version: number },
): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(step.sql);
    await client.query(
      "INSERT INTO schema_versions (part, version, works_from) VALUES ($1, $2, $3)",
      [step.part, step.version, step.worksFrom],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

function newerSchema(stored: number, { part, steps }: MigratedPart): StoreProblem {
  return new StoreProblem(
    "newerSchema",
    `The database was written by a newer Motown (${part}: schema ${stored}; this one knows ` +
      `${steps.length}). Start the newer release, or name another database or schema.`,
  );
}
