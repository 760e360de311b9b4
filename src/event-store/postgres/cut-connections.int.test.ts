// Goal: a connection that is cut while somebody holds it costs what was asked of it, and not the
// process. Method: the server ends it between two statements of one holder.
import { afterAll, beforeAll, expect, it } from "vitest";
import { limitsWith } from "#limits";
import { type Connections, createConnections, type PoolFigures } from "#postgres";
import { keptLog } from "#support/data-directory";
import { pierceableWay } from "#support/engines/pierceable";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { testLog } from "#support/environment";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

it.each([false, true])(
  "survives a cut between two statements (pipelined: %s)",
  async (pipelined) => {
    const options = { url: database.url, limits: limitsWith(), log: keptLog() };
    const connections = createConnections(options, { purpose: "cut", max: 1, pipelined });
    const cut = connections.using(async (client) => {
      const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
      // Not by `once` of node:events, which would hear of errors itself.
      const ended = new Promise<void>((resolve) => client.on("end", resolve));
      await database.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
      await ended;
      await client.query("SELECT 1");
    });
    await expect(cut).rejects.toThrow("not queryable");
    expect(await connections.run({ text: "SELECT 1 AS one" })).toEqual([{ one: 1 }]);
    await connections.close();
  },
);

it.each([false, true])(
  "gives up a connection on which nothing comes back (pipelined: %s)",
  async (pipelined) => {
    const url = new URL(database.url);
    const way = await pierceableWay(Number(url.port));
    url.port = String(way.port);
    const pools = new Set<PoolFigures>();
    const options = { url: url.href, limits: limitsWith(), log: keptLog(), pools };
    const shape = { purpose: "silent", max: 1, statementMs: 100, pipelined };
    const [kept, closed] = [createConnections(options, shape), createConnections(options, shape)];
    const ask = (connections: Connections) => connections.run({ text: "SELECT 1 AS one" });
    await Promise.all([ask(kept), ask(closed)]);
    way.mute();
    const doesNotAnswer = { name: "StoreUnavailable", reason: "PostgreSQL does not answer" };
    const last = expect(ask(closed)).rejects.toMatchObject(doesNotAnswer);
    await expect.poll(() => [...pools].filter(({ inUse }) => inUse === 1)).toHaveLength(1);
    // Of two the second waits for the connection, and is not lost with it; nor is an end held up.
    const [silent, waiting] = await Promise.allSettled([ask(kept), ask(kept), closed.close()]);
    expect(silent).toMatchObject({ reason: doesNotAnswer });
    expect(waiting).toMatchObject({ value: [{ one: 1 }] });
    await last;
    await kept.close();
    await way.close();
  },
);

it("shows what its connections do, and why they fail, as long as they are open", async () => {
  const pools = new Set<PoolFigures>();
  const options = { url: database.url, limits: limitsWith(), log: keptLog(), pools };
  const connections = createConnections(options, { purpose: "shown", max: 2 });
  const [figures] = pools;
  expect(figures).toMatchObject({ purpose: "shown", most: 2, open: 0, inUse: 0, waiting: 0 });
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const one = connections.using(() => gate);
  const two = connections.using(() => gate);
  const three = connections.run({ text: "SELECT 1 AS one" });
  await expect.poll(() => figures?.inUse).toBe(2);
  expect(figures).toMatchObject({ open: 2, waiting: 1, failures: {} });
  letGo();
  await Promise.all([one, two, three]);
  expect(figures).toMatchObject({ open: 2, inUse: 0, waiting: 0 });
  await expect(connections.run({ text: "SELECT 1 / 0" })).rejects.toThrow("division");
  const canceled = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57014'; END $$";
  await expect(connections.run({ text: canceled })).rejects.toThrow("took too long");
  expect(figures?.failures).toEqual({
    "a value that PostgreSQL cannot take": 1,
    "PostgreSQL took too long": 1,
  });
  await connections.close();
  expect(pools.size).toBe(0);
});

it("says once that a server has ended all connections that nobody used", async () => {
  const log = testLog();
  const pools = new Set<PoolFigures>();
  const options = { url: database.url, node: "idle", limits: limitsWith(), log, pools };
  const connections = createConnections(options, { purpose: "unused", max: 3 });
  const said = () => log.lines.filter(({ message }) => message.startsWith("idle connections"));
  const open = () =>
    Promise.all([1, 2, 3].map(() => connections.run({ text: "SELECT pg_sleep(0.05)" })));
  const [figures] = pools;
  const endAll = async () => {
    expect(figures?.open).toBe(3);
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1",
      ["motown idle unused"],
    );
    await expect.poll(() => figures?.open).toBe(0);
  };
  await open();
  await endAll();
  expect(said()).toHaveLength(1);
  expect(said()[0]?.fields).toEqual({ purpose: "unused", why: "PostgreSQL is shutting down" });
  await open();
  await endAll();
  expect(said()).toHaveLength(2);
  await connections.close();
});
