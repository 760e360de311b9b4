import type { ClientBase } from "pg";
import { StoreProblem } from "#store-problem";
import { createConnections, type DatabaseOptions, schemaOf, unopenable } from "./connections.ts";
import { refusePooler } from "./poolers.ts";

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
    await connections.using(async (client) => {
      await refusePooler(client, options);
      await bringUp(client, schemaOf(options), wanted);
    });
  } catch (error) {
    throw unopenable(options, error);
  } finally {
    await connections.close();
  }
}

/**
 * As `migrate`, within the transaction of a caller who fills the tables in it: nobody sees them
 * before its end. Nodes that start meanwhile wait for it; two of a kind do not wait for each other.
 */
export async function migrateWithin(
  client: ClientBase,
  schema: string,
  wanted: MigratedPart,
): Promise<void> {
  await refuseOldServer(client);
  const text = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked";
  const { rows } = await client.query(text, [lockOf(schema)]);
  if (rows[0]?.locked !== true) {
    const words = `Somebody else makes or fills the tables of the schema ${schema} at this moment.`;
    throw new StoreProblem("locked", `${words} Wait until that is done.`);
  }
  await createVersions(client, schema);
  for (const step of await missingSteps(client, wanted)) await apply(client, step);
}

/**
 * Whether a part's tables are there as this release has them. Nothing is written: whoever asks may
 * have no right to, or be on a standby.
 */
export async function isThere(
  client: ClientBase,
  schema: string,
  wanted: MigratedPart,
): Promise<boolean> {
  await refuseOldServer(client);
  if (!(await hasVersions(client, schema))) return false;
  const missing = await missingSteps(client, wanted);
  if (missing.length === 0) return true;
  if (missing.length === wanted.steps.length) return false;
  throw new StoreProblem(
    "unopenable",
    `The schema ${schema} was written by an older Motown. Start this release on it once.`,
  );
}

async function bringUp(client: ClientBase, schema: string, wanted: MigratedPart): Promise<void> {
  await refuseOldServer(client);
  const lock = [lockOf(schema)];
  await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", lock);
  try {
    await createVersions(client, schema);
    for (const step of await missingSteps(client, wanted)) await applyAlone(client, step);
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", lock);
  }
}

const lockOf = (schema: string): string => `motown schema ${schema}`;

/** A step, and which one of its part it is. */
interface NumberedStep extends Migration {
  readonly part: string;
  readonly version: number;
}

async function missingSteps(
  client: ClientBase,
  { part, steps }: MigratedPart,
): Promise<readonly NumberedStep[]> {
  const stored = await storedVersion(client, part);
  if (stored.worksFrom > steps.length) throw newerSchema(stored.version, { part, steps });
  return steps
    .map((step, at) => ({ ...step, part, version: at + 1 }))
    .filter(({ version }) => version > stored.version);
}

async function refuseOldServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query("SHOW server_version_num");
  if (Number(rows[0]?.server_version_num) >= oldestServer) return;
  throw new StoreProblem("unopenable", "This PostgreSQL is too old: Motown needs 15 or newer.");
}

/** What is there may belong to somebody who may not make schemas. */
async function createVersions(client: ClientBase, schema: string): Promise<void> {
  if (await hasVersions(client, schema)) return;
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema};
    CREATE TABLE schema_versions (part text NOT NULL, version integer NOT NULL,
      works_from integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (part, version))`);
}

async function hasVersions(client: ClientBase, schema: string): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass($1) AS found", [
    `${schema}.schema_versions`,
  ]);
  return rows[0]?.found !== null;
}

async function storedVersion(client: ClientBase, part: string) {
  const { rows } = await client.query(
    `SELECT coalesce(max(version), 0) AS version, coalesce(max(works_from), 0) AS works_from
      FROM schema_versions WHERE part = $1`,
    [part],
  );
  return { version: Number(rows[0]?.version), worksFrom: Number(rows[0]?.works_from) };
}

async function apply(client: ClientBase, step: NumberedStep): Promise<void> {
  const { sql, part, version, worksFrom } = step;
  await client.query(sql);
  const text = "INSERT INTO schema_versions (part, version, works_from) VALUES ($1, $2, $3)";
  await client.query(text, [part, version, worksFrom]);
}

async function applyAlone(client: ClientBase, step: NumberedStep): Promise<void> {
  await client.query("BEGIN");
  try {
    await apply(client, step);
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
