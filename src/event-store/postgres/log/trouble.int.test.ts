import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EventStore } from "#bus";
import { limitsWith } from "#limits";
import { pierceableWay } from "#support/engines/pierceable";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { postgresStores } from "#support/engines/postgres-stores";
import { unitOf } from "#support/event-store-contract";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

let nodes: ReturnType<typeof postgresStores>;
beforeEach(() => {
  nodes = postgresStores(database);
});
afterEach(() => nodes.close());

const first = (stream: string) => unitOf({ stream, versionBefore: 0 });
const waitMs = 5_000;

/** A store behind a way that can be cut. */
async function behindWay(limits: Parameters<typeof limitsWith>[0]) {
  const url = new URL(database.url);
  const way = await pierceableWay(Number(url.port));
  url.port = String(way.port);
  const store = await nodes.open({ url: url.href, limits: limitsWith(limits) });
  const close = async () => {
    await store.close();
    await way.close();
  };
  return { store, way, close };
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) expect.fail("it never came to that");
    await pause(10);
  }
}

/** Holds the log's head, so that an append waits, until it is let go. */
async function holdHead(): Promise<() => Promise<void>> {
  const holder = "application_name = 'holder of the head'";
  const held = database.query(
    "SET application_name = 'holder of the head'; BEGIN; " +
      `SELECT * FROM ${nodes.schema}.head FOR UPDATE; SELECT pg_sleep(30); COMMIT`,
  );
  const ended = held.catch(() => undefined);
  const isHeld = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND ";
  await until(async () => (await database.query(isHeld + holder)).length > 0);
  return async () => {
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${holder}`);
    await ended;
  };
}

const waitsForHead = async () =>
  (
    await database.query(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%commit%'",
    )
  ).length > 0;

async function worksAgain(store: EventStore): Promise<void> {
  await until(() => store.health().ok);
  expect(await store.append(first("after/trouble"))).toMatchObject({ status: "committed" });
}

describe("a connection that is cut in the middle of an append", () => {
  it("is a refusal, whatever came of it; later the store works by itself", async () => {
    const { store, way, close } = await behindWay({ storeProbeMs: 50 });
    const letGo = await holdHead();
    const append = store.append(first("a/1"));
    const outcome = expect(append).rejects.toMatchObject({
      name: "StoreUnavailable",
      reason: expect.stringMatching(/cut|terminated/),
    });
    await until(waitsForHead);
    way.cut();
    await outcome;
    expect(store.health()).toMatchObject({ ok: false });
    await letGo();
    await worksAgain(store);
    await close();
  });

  it("does no harm where the commit had happened: the receipt answers the repeat", async () => {
    const { store, way, close } = await behindWay({ storeProbeMs: 50 });
    const receipt = { id: "r1", answer: "yes", expiresAt: "2030-01-01T00:00:00.000Z" };
    const unit = unitOf({ stream: "a/1", versionBefore: 0, more: { receipt } });
    await store.append(first("b/1"));
    way.mute();
    const outcome = expect(store.append(unit)).rejects.toMatchObject({ name: "StoreUnavailable" });
    const committed = `SELECT 1 FROM ${nodes.schema}.receipts WHERE id = 'r1'`;
    await until(async () => (await database.query(committed)).length > 0);
    way.cut();
    await outcome;
    await until(() => store.health().ok);
    expect(await store.append(unit)).toMatchObject({ status: "repeated", answer: "yes" });
    expect(await store.head()).toBe(2);
    await close();
  });
});

it("an append that takes too long is given up, by the server too", async () => {
  const limits = limitsWith({ databaseStatementMs: 300, storeProbeMs: 50 });
  const store = await nodes.open({ limits });
  const letGo = await holdHead();
  const error = { name: "StoreUnavailable", reason: "PostgreSQL took too long" };
  await expect(store.append(first("a/1"))).rejects.toMatchObject(error);
  expect(store.health()).toEqual({ ok: false, reason: "PostgreSQL took too long" });
  await letGo();
  await worksAgain(store);
  expect(await store.readStream({ stream: "a/1", afterVersion: 0, limit: 5 })).toEqual([]);
});

it("a server that no longer answers is given up by the clock of this side", async () => {
  const { store, way, close } = await behindWay({ databaseStatementMs: 200, storeProbeMs: 50 });
  await store.append(first("a/1"));
  way.mute();
  await expect(store.append(first("a/2"))).rejects.toMatchObject({
    name: "StoreUnavailable",
    reason: "PostgreSQL does not answer",
  });
  await worksAgain(store);
  await close();
});

describe("a server that cannot write", () => {
  /** All sessions begin anew, with what the database says by now. */
  const cutAll = () =>
    database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );

  it("says that it is read-only, and reads go on", async () => {
    const store = await nodes.open({ limits: limitsWith({ storeProbeMs: 50 }) });
    await store.append(first("a/1"));
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await cutAll();
    const readOnly = "PostgreSQL is read-only (a standby, or set so)";
    await until(async () => {
      const error = await store.append(first("a/2")).catch((why) => why);
      expect(error).toMatchObject({ name: "StoreUnavailable" });
      return error.reason === readOnly;
    });
    expect(store.health()).toEqual({ ok: false, reason: readOnly });
    expect(await store.readAll({ after: 0, limit: 5 })).toHaveLength(1);
    await database.query(
      `SET default_transaction_read_only = off;
        ALTER DATABASE ${name} RESET default_transaction_read_only`,
    );
    await cutAll();
    await worksAgain(store);
  });

  it("says that its disk is full", async () => {
    const store = await nodes.open({ limits: limitsWith({ storeProbeMs: 50 }) });
    const { schema } = nodes;
    await database.query(`
      CREATE FUNCTION ${schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON ${schema}.events_1
        FOR EACH ROW EXECUTE FUNCTION ${schema}.refuse()`);
    const error = { name: "StoreUnavailable", reason: "disk full" };
    await expect(store.append(first("a/1"))).rejects.toMatchObject(error);
    await database.query(`DROP TRIGGER refuse ON ${schema}.events_1`);
    await worksAgain(store);
    expect(await store.head()).toBe(1);
  });
});

it("a text that PostgreSQL cannot hold is refused alone", async () => {
  const store = await nodes.open();
  const units = Array.from({ length: 9 }, (_, at) => first(`a/${at}`));
  const poison = first("a/\u0000");
  const results = await Promise.allSettled([...units, poison].map((unit) => store.append(unit)));
  expect(results.at(-1)).toMatchObject({ reason: { name: "UnitRefused" } });
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
  expect(store.health()).toEqual({ ok: true });
  expect(await store.head()).toBe(9);
});

it("commits are on the disk when they are reported, whatever the database's default", async () => {
  expect(await database.query("SHOW synchronous_commit")).toEqual([{ synchronous_commit: "off" }]);
  const store = await nodes.open();
  const { schema } = nodes;
  await database.query(`
    CREATE TABLE ${schema}.noted AS SELECT '' AS how WHERE false;
    CREATE FUNCTION ${schema}.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO ${schema}.noted SELECT current_setting('synchronous_commit');
      RETURN new; END $$;
    CREATE TRIGGER note BEFORE UPDATE ON ${schema}.head
      FOR EACH ROW EXECUTE FUNCTION ${schema}.note()`);
  await store.append(first("a/1"));
  expect(await database.query(`SELECT how FROM ${schema}.noted`)).toEqual([{ how: "on" }]);
});
