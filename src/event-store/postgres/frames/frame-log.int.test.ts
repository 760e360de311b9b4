import { afterAll, beforeAll, expect, it } from "vitest";
import { createHousekeeping, systemClock } from "#bus";
import { type Limits, limitsWith } from "#limits";
import { keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { testEnvironment } from "#support/environment";
import { frameLogContract } from "#support/event-store/frame-log-contract";
import { openPostgresFrameLog } from "./frame-log.ts";

let database: TestDatabase;
let schemas = 0;

beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

function newSchema(): string {
  schemas += 1;
  return `frames_${schemas}`;
}

function open(schema: string, limits: Limits = limitsWith()) {
  return openPostgresFrameLog({
    url: database.url,
    schema,
    limits,
    clock: systemClock,
    log: keptLog(),
  });
}

frameLogContract("PostgreSQL", async (limits) => {
  const log = await open(newSchema(), limits);
  return { log, dispose: () => log.close() };
});

const frame = {
  station: "s1",
  at: "2026-05-04T10:00:00.000Z",
  direction: "fromStation",
  protocol: "ocpp1.6",
  call: "[]",
} as const;

async function tablesOf(schema: string): Promise<unknown[]> {
  const sql = `SELECT tablename FROM pg_tables WHERE schemaname = $1
    AND tablename LIKE 'frames_of_%' ORDER BY 1`;
  return (await database.query(sql, [schema])).map(({ tablename }) => tablename);
}

it("keeps a table per day, drops it whole, and goes on after a restart", async () => {
  const schema = newSchema();
  const first = await open(schema);
  for (const day of [3, 4, 5]) first.add({ ...frame, at: `2026-05-0${day}T00:00:00.000Z` });
  await first.close();
  expect(await tablesOf(schema)).toHaveLength(3);
  const second = await open(schema);
  second.add({ ...frame, at: "2026-05-05T00:00:01.000Z" });
  await second.dropBefore("2026-05-05");
  const left = await second.list({ station: "s1", limit: 9 });
  expect(left.map(({ at }) => at)).toEqual([
    "2026-05-05T00:00:01.000Z",
    "2026-05-05T00:00:00.000Z",
  ]);
  await second.close();
  expect(await tablesOf(schema)).toEqual(["frames_of_2026_05_05"]);
});

it("lets go of old days by the housekeeping, another time if somebody reads them all", async () => {
  const schema = newSchema();
  const frames = await open(schema);
  const environment = testEnvironment({ frameDays: 2 });
  const store = { dropExpiredReceipts: async () => 0 };
  const keeping = createHousekeeping({ store, frames, environment });
  for (const day of [1, 2, 4]) frames.add({ ...frame, at: `2026-05-0${day}T00:00:00.000Z` });
  await frames.flush();
  const letGo = Promise.withResolvers<void>();
  const reading = database.query(`BEGIN; LOCK TABLE ${schema}.frames IN ACCESS SHARE MODE;
    SELECT pg_sleep(30); COMMIT`);
  reading.catch(() => letGo.resolve());
  const reader = "state = 'active' AND wait_event = 'PgSleep'";
  const deadline = performance.now() + 5_000;
  while ((await database.query(`SELECT 1 FROM pg_stat_activity WHERE ${reader}`)).length === 0) {
    if (performance.now() > deadline) expect.fail("nobody reads");
  }
  await expect(keeping.tidyUp()).rejects.toThrow(/lock timeout/);
  expect(await tablesOf(schema)).toHaveLength(3);
  await database.query(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE ${reader}`);
  await letGo.promise;
  await keeping.tidyUp();
  expect(await tablesOf(schema)).toEqual(["frames_of_2026_05_02", "frames_of_2026_05_04"]);
  await frames.close();
});

it("takes the frames and counts of several nodes at once, on a day that is new to all", async () => {
  const schema = newSchema();
  const nodes = await Promise.all([open(schema), open(schema), open(schema)]);
  for (const [n, node] of nodes.entries()) {
    for (let at = 0; at < 60; at += 1) {
      const deviations = [`d${(at * (n + 1)) % 7}`, "all"];
      node.add({ ...frame, station: `s${at % 5}`, deviations, call: `${n} ${at}` });
      if (at % 20 === 0) await node.flush();
    }
  }
  await Promise.all(nodes.map((node) => node.flush()));
  expect(nodes.map((node) => node.dropped())).toEqual([0, 0, 0]);
  const [one] = nodes;
  const lists = await Promise.all(
    [0, 1, 2, 3, 4].map((n) => one?.list({ station: `s${n}`, limit: 100 })),
  );
  expect(lists.map((list) => list?.length)).toEqual([36, 36, 36, 36, 36]);
  const ids = lists.flat().map((stored) => stored?.id);
  expect(new Set(ids).size).toBe(180);
  expect(await one?.modelDeviations({ code: "all" })).toMatchObject([{ count: 180, stations: 5 }]);
  const own = await one?.deviations({ code: "all" });
  expect(own?.map(({ count }) => count)).toEqual([36, 36, 36, 36, 36]);
  // One drops a day that another still knows: what comes for it then makes it anew.
  await one?.dropBefore("2026-05-05");
  nodes[1]?.add(frame);
  const anew = await nodes[1]?.list({ station: "s1", limit: 5 });
  expect([anew?.length, nodes[1]?.dropped()]).toEqual([1, 0]);
  await Promise.all(nodes.map((node) => node.close()));
});

it("lets many nodes begin a day, and end another, in the same instant", async () => {
  const schema = newSchema();
  const nodes = await Promise.all(Array.from({ length: 5 }, () => open(schema)));
  for (let day = 11; day < 19; day += 1) {
    for (const node of nodes) node.add({ ...frame, at: `2026-05-${day}T00:00:00.000Z` });
    const before = `2026-05-${String(day - 2).padStart(2, "0")}`;
    await Promise.all([
      ...nodes.map((node) => node.flush()),
      ...nodes.map((node) => node.dropBefore(before)),
    ]);
  }
  expect(nodes.map((node) => node.dropped())).toEqual([0, 0, 0, 0, 0]);
  await nodes[0]?.dropBefore("2026-05-16");
  expect(await tablesOf(schema)).toEqual([16, 17, 18].map((day) => `frames_of_2026_05_${day}`));
  expect(await nodes[1]?.list({ station: "s1", limit: 100 })).toHaveLength(15);
  await Promise.all(nodes.map((node) => node.close()));
});

it("keeps what texts may hold, and forgets those that deviated longest ago", async () => {
  const log = await open(newSchema(), limitsWith({ deviationCountsMax: 3 }));
  const odd = { ...frame, call: 'a\u0000b\u0001"\\{}', action: "É\u0000", messageId: "NULL" };
  log.add(odd);
  expect(await log.list({ station: "s1", action: odd.action, limit: 2 })).toMatchObject([odd]);
  for (let n = 0; n < 6; n += 1) {
    const at = `2026-05-04T10:00:0${n}.000Z`;
    log.add({ ...frame, station: `s${n}`, at, deviations: ["a"] });
  }
  await log.dropBefore("2026-05-04");
  const left = await log.deviations({});
  expect(left.map(({ station }) => station)).toEqual(["s3", "s4", "s5"]);
  expect(await log.modelDeviations({})).toMatchObject([{ code: "a", count: 6, stations: 6 }]);
  await log.close();
});
