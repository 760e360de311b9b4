// Views of other releases in the same database: kept while a node uses them, and a while longer.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createPostgresViewSchemas, dropPostgresViews, openPostgresViewStore } from "#event-store";
import { limitsWith } from "#limits";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { testEnvironment } from "#support/environment";
import { createOldViews } from "./old-views.ts";
import { viewsSchemaOf, viewsWorkOf } from "./shared-house-views.ts";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

const other = "motown_views_0123456789ab";

it("go when no node has used them for a while, and come back into use before that", async () => {
  const environment = testEnvironment();
  const { clock, log } = environment;
  const limits = limitsWith({ databaseReadersMax: 1 });
  const options = { url: database.url, schema: "motown", limits, log };
  const own = viewsSchemaOf(options);
  for (const schema of [own, other]) {
    await (await openPostgresViewStore({ ...options, schema })).close();
  }
  const schemas = createPostgresViewSchemas(options);
  const card = { roles: [], startedAt: clock.now(), release: "0", leaseUntil: clock.now() };
  const node = { ...card, node: "old", live: true, work: [viewsWorkOf(other)] };
  let nodes = [node];
  const cluster = { nodes: async () => nodes };
  const oldViews = createOldViews({ database: options, schemas, cluster, environment });
  const there = async () => (await schemas.list("motown_views_")).map(({ name }) => name);
  const dayMs = environment.limits.viewsKeptMs;

  await oldViews.tidyUp();
  clock.advance(2 * dayMs);
  await oldViews.tidyUp();
  expect(await there()).toEqual([other, own].sort());
  nodes = [{ ...node, live: false }];
  await oldViews.tidyUp();
  clock.advance(dayMs - 1);
  await oldViews.tidyUp();
  expect(await there()).toContain(other);
  // Somebody goes back to the release before: its time begins anew when that is over.
  nodes = [node];
  await oldViews.tidyUp();
  nodes = [];
  await oldViews.tidyUp();
  clock.advance(dayMs - 1);
  await oldViews.tidyUp();
  expect(await there()).toContain(other);
  clock.advance(1);
  await oldViews.tidyUp();
  expect(await there()).toEqual([own]);
  await schemas.close();
  await dropPostgresViews({ ...options, schema: own });
});
