import { afterAll, beforeAll, expect, it } from "vitest";
import { CheckpointMoved, RowsRefused, type ViewStore, type ViewTable } from "#bus";
import { limitsWith } from "#limits";
import { keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { lastingViewStoreContract } from "#support/view-store-contract";
import { openPostgresViewStore } from "./view-store.ts";

const limits = limitsWith({ viewStatementsMax: 2, databaseStatementMs: 1_000 });

let database: TestDatabase;
let schemas = 0;

beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

function newSchema(): string {
  schemas += 1;
  return `views_${schemas}`;
}

function open(schema: string): Promise<ViewStore> {
  return openPostgresViewStore({ url: database.url, schema, limits, log: keptLog() });
}

lastingViewStoreContract("PostgreSQL", async () => {
  const schema = newSchema();
  let store = await open(schema);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open(schema);
      return store;
    },
    dispose: () => store.close(),
  };
});

const things: ViewTable = {
  name: "things",
  columns: { id: { type: "text" }, count: { type: "integer" } },
  key: ["id"],
};

/** Two programs on the same views. */
async function two(): Promise<readonly [ViewStore, ViewStore]> {
  const schema = newSchema();
  const stores = await Promise.all([open(schema), open(schema)]);
  await Promise.all(stores.map((store) => store.migrate([things])));
  return stores as [ViewStore, ViewStore];
}

function batch(count: number, checkpoint: number) {
  return { changes: [{ table: "things", put: [{ id: "a", count }], remove: [] }], checkpoint };
}

it("refuses a commit that goes on from where another program has left", async () => {
  const [one, other] = await two();
  await one.commit(batch(1, 5));
  expect(await other.checkpoint()).toBe(5);
  await one.commit(batch(2, 7));
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(other.commit(batch(9, 6))).rejects.toThrow(CheckpointMoved);
  }
  expect(await one.get("things", ["a"])).toEqual({ id: "a", count: 2 });
  expect(await other.checkpoint()).toBe(7);
  await other.commit(batch(3, 8));
  expect(await one.get("things", ["a"])).toEqual({ id: "a", count: 3 });
  await other.clear();
  await expect(one.commit(batch(4, 9))).rejects.toThrow(CheckpointMoved);
  await Promise.all([one.close(), other.close()]);
});

it("lets one of those who commit at the same time do so", async () => {
  const [one, other] = await two();
  await Promise.all([one.checkpoint(), other.checkpoint()]);
  const commits = await Promise.allSettled([one.commit(batch(1, 3)), other.commit(batch(2, 3))]);
  expect(commits.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const won = commits.findIndex(({ status }) => status === "fulfilled");
  expect(await one.get("things", ["a"])).toEqual({ id: "a", count: won + 1 });
  await Promise.all([one.close(), other.close()]);
});

it("takes back what a question sets, and ends one that takes too long", async () => {
  const [store, other] = await two();
  await store.commit(batch(1, 1));
  const ask = (sql: string) => store.query({ sql, parameters: [] });
  await ask("SET search_path = nowhere").catch(() => undefined);
  await ask("SELECT set_config('default_transaction_read_only', 'off', false)");
  await ask("COMMIT").catch(() => undefined);
  expect(await ask("SELECT * FROM things")).toEqual([{ id: "a", count: 1 }]);
  const bad = [
    "SELECT 1; DELETE FROM things",
    "SET TRANSACTION READ WRITE; DELETE FROM things",
    "WITH gone AS (DELETE FROM things RETURNING 1) SELECT * FROM gone",
    "SELECT motown_advance(1, 2)",
    "SELECT pg_sleep(30)",
  ];
  for (const sql of bad) await expect(ask(sql), sql).rejects.toThrow();
  expect(await ask("SELECT * FROM things")).toEqual([{ id: "a", count: 1 }]);
  expect(await store.checkpoint()).toBe(1);
  await Promise.all([store.close(), other.close()]);
});

it("goes on after its connections were cut", async () => {
  const [store, other] = await two();
  await store.commit(batch(1, 1));
  await store.query({ sql: "SELECT * FROM things", parameters: [] });
  await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  await expect
    .poll(() => store.commit(batch(2, 2)).then(() => "committed", String), { timeout: 4_000 })
    .toBe("committed");
  await expect
    .poll(() => store.query({ sql: "SELECT count FROM things", parameters: [] }).catch(String), {
      timeout: 4_000,
    })
    .toEqual([{ count: 2 }]);
  await Promise.all([store.close(), other.close()]);
});

it("names what it cannot hold", async () => {
  const [store, other] = await two();
  for (const count of [2 ** 53, 0.5, Number.NaN, "7"]) {
    const put = [{ id: "a", count }];
    const refused = store.commit({
      changes: [{ table: "things", put, remove: [] }],
      checkpoint: 1,
    });
    await expect(refused).rejects.toThrow(RowsRefused);
    await expect(refused).rejects.toThrow("count");
  }
  await Promise.all([store.close(), other.close()]);
});

it("has the indexes that a table asks for, and no others", async () => {
  const schema = newSchema();
  const store = await open(schema);
  const columns = { ...things.columns, name: { type: "text", nullable: true } } as const;
  const indexes = [["name"], ["count", "id", "name"]];
  const indexesOf = async () => {
    const sql = "SELECT indexdef FROM pg_indexes WHERE schemaname = $1 AND tablename = 'things'";
    const rows = await database.query(sql, [schema]);
    return rows.map(({ indexdef }) => String(indexdef).replace(/^.*USING btree /, "")).sort();
  };
  await store.migrate([{ ...things, columns, indexes }]);
  const all = ["(count, id)", "(id)", "(name, id) WHERE (name IS NOT NULL)"];
  expect(await indexesOf()).toEqual(all);
  await store.migrate([{ ...things, columns, indexes: [["count"]] }]);
  expect(await indexesOf()).toEqual(["(count, id)", "(id)"]);
  await store.close();
});

it("wants a schema's name that needs no quotes", async () => {
  await expect(open("views; drop")).rejects.toThrow("views; drop");
});
