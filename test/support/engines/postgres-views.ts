import type { ViewStore } from "#bus";
import { openPostgresViewStore } from "#event-store";
import { listeningLog, testLimits } from "../view-story.ts";
import type { TestDatabase } from "./postgres.ts";

/** Views in a schema of a test's database. */
export function postgresViews(database: TestDatabase, schema: string): Promise<ViewStore> {
  const { url } = database;
  return openPostgresViewStore({ url, schema, limits: testLimits, log: listeningLog() });
}
