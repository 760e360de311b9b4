// What servers left in a PostgreSQL, read by hand.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LimitName } from "#limits";
import { type TestDatabase, testDatabase } from "../support/engines/postgres.ts";
import type { DurablePlace } from "./durable-stores.ts";
import { limitsAsEnvironment } from "./limits-as-environment.ts";

/** Nodes on one log share the vault's secret. */
const secret = "the-secret-of-a-drill-and-of-nothing-else";

/**
 * A server that was killed holds its leases until they are over, and until then nobody leads the
 * views and reacts for add-ons. Between two kills of a drill there are seconds, and there must be
 * time in them for sessions.
 */
const leases: Readonly<Partial<Record<LimitName, number>>> = {
  leaseMs: 1_000,
  leaseRenewMs: 250,
  leaseMarginMs: 150,
};

/** A database of its own, and a folder for what a node has beside it. */
export async function openPostgres(): Promise<DurablePlace> {
  const database = await testDatabase({ synced: true });
  const dataDir = mkdtempSync(join(tmpdir(), "motown-kill-"));
  const place = databasePlace(database);
  return {
    ...place,
    environment: { ...place.environment, ...limitsAsEnvironment(leases) },
    dataDir,
    dispose: async () => {
      rmSync(dataDir, { recursive: true, force: true });
      await database.drop();
    },
  };
}

/** What any number of servers on this database have. */
export function databasePlace(
  database: Pick<TestDatabase, "url" | "query">,
): Omit<DurablePlace, "dataDir" | "dispose"> {
  return {
    environment: { MOTOWN_DATABASE: database.url, MOTOWN_SECRET: secret },
    readEvents: async (types, after) => {
      const rows = await database.query(
        `SELECT position, name AS stream, type, data
          FROM motown.events JOIN motown.streams ON streams.id = events.stream
          WHERE position > $1 AND type = ANY($2) ORDER BY position`,
        [after, types],
      );
      return rows.map((row) => ({
        position: Number(row.position),
        stream: String(row.stream),
        type: String(row.type),
        data: JSON.parse(String(row.data)),
      }));
    },
    viewsAreComplete: async () => {
      const [schema] = await viewSchemas(database);
      const [row] = await database.query(
        `SELECT (SELECT position FROM "${schema}".motown_checkpoint) >=
          (SELECT position FROM motown.head) AS complete`,
      );
      return row?.complete === true;
    },
    readViews: () => readViews(database),
    dropViews: async () => {
      for (const schema of await viewSchemas(database)) {
        await database.query(`DROP SCHEMA "${schema}" CASCADE`);
      }
    },
  };
}

/** Views have a schema to themselves, in which a table of one row says where they stand. */
async function viewSchemas(database: Pick<TestDatabase, "query">): Promise<string[]> {
  const rows = await database.query(
    "SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'motown_checkpoint'",
  );
  return rows.map(({ schema }) => String(schema));
}

async function readViews(
  database: Pick<TestDatabase, "query">,
): Promise<Map<string, readonly string[]>> {
  const schemas = await viewSchemas(database);
  const tables = await database.query(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
      WHERE schemaname = ANY($1) AND tablename <> 'schema_versions'`,
    [schemas],
  );
  const views = new Map<string, readonly string[]>();
  for (const { schema, name } of tables) {
    const rows = await database.query(
      `SELECT to_jsonb(one)::text AS row FROM "${schema}"."${name}" AS one`,
    );
    views.set(String(name), rows.map(({ row }) => String(row)).sort());
  }
  return views;
}
