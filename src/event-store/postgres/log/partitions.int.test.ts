import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { limitsWith } from "#limits";
import { type Connections, createConnections } from "#postgres";
import { keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { postgresStores } from "#support/engines/postgres-stores";
import { unitOf } from "#support/event-store-contract";
import { eventPartitions } from "./partitions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

let nodes: ReturnType<typeof postgresStores>;
let connections: Connections;
const limits = limitsWith({ eventPartitionEvents: 10 });
beforeEach(() => {
  nodes = postgresStores(database);
  const options = { url: database.url, schema: nodes.schema, limits, log: keptLog() };
  connections = createConnections(options, { purpose: "test", max: 1 });
});
afterEach(async () => {
  await connections.close();
  await nodes.close();
});

const types = (count: number) => Array.from({ length: count }, () => "Happened");

it("hold the log between them, and there is always one more", async () => {
  const store = await nodes.open({ limits });
  for (let version = 0; version < 42; version += 3) {
    await store.append(unitOf({ stream: "a/1", versionBefore: version, types: types(3) }));
    const last = (await eventPartitions(connections)).at(-1);
    expect(last?.to).toBeGreaterThan(version + 3);
  }
  const found = await eventPartitions(connections);
  expect(found.slice(0, 2)).toEqual([
    { table: "events_1", from: 1, to: 11 },
    { table: "events_11", from: 11, to: 21 },
  ]);
  const read = await store.readStream({ stream: "a/1", afterVersion: 7, limit: 30 });
  expect(read.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, at) => at + 8));
});

it("are made for a commit that is larger than what was there, by whichever node", async () => {
  const [one, other] = [await nodes.open({ limits }), await nodes.open({ limits })];
  const big = unitOf({ stream: "a/1", versionBefore: 0, types: types(75) });
  expect(await one.append(big)).toMatchObject({ lastPosition: 75 });
  const next = unitOf({ stream: "a/2", versionBefore: 0, types: types(120) });
  expect(await other.append(next)).toMatchObject({ firstPosition: 76, lastPosition: 195 });
  expect(await other.readAll({ after: 0, limit: 1000 })).toHaveLength(195);
});

it("tells once a batch how far the log has come, to who listens", async () => {
  const listener = new pg.Client({ connectionString: database.url });
  await listener.connect();
  try {
    const heard: string[] = [];
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query("LISTEN motown_grown");
    const store = await nodes.open({ limits, node: "n 1", channel: "motown_grown" });
    const units = Array.from({ length: 6 }, (_, at) =>
      unitOf({ stream: `a/${at}`, versionBefore: 0 }),
    );
    await Promise.all(units.map((unit) => store.append(unit)));
    await store.append({ appends: [], credentials: [{ owner: "user:a", secret: "x" }] });
    await listener.query("SELECT 1");
    expect(heard).toEqual(["6 n 1"]);
  } finally {
    await listener.end();
  }
});
