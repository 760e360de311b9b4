// Goal: a number that a station was given after a backup was made is given to nobody else once the
// backup is restored. Method: a log is copied, goes on, and the copy is served in its place.
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { type ArchiveTarget, restoredMark } from "#bus";
import { createPostgresArchive, createSqliteArchive, openSqliteArchive } from "#event-store";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { startNode } from "#support/nodes";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";
import { readArchive, writeArchive } from "./archive/format.ts";
import { linesOf } from "./archive/lines.ts";

vi.setConfig({ testTimeout: 30_000 });

const secret = "of all nodes of this test, long enough";
const none = () => {};
const houses: HouseWithStations[] = [];
let folder: Awaited<ReturnType<typeof dataDirectory>>;
let database: TestDatabase;
/** As the log was when the backup was made, and what was given by then and later. */
let backup: string;
let given: readonly number[];

const served = async (dataDir: string): Promise<HouseWithStations> => {
  const house = await houseWithStations({ database: "sqlite", dataDir, secret });
  houses.push(house);
  return house;
};

async function numberGiven(house: HouseWithStations, minute: number): Promise<number> {
  const station = await house.connect("cp01");
  const timestamp = new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();
  const start = { connectorId: 1, idTag: "04AB", meterStart: minute, timestamp };
  const { transactionId } = (await station.call("StartTransaction", start)) as {
    transactionId: number;
  };
  await station.terminate();
  return transactionId;
}

async function imported(target: ArchiveTarget): Promise<void> {
  await readArchive(linesOf(Readable.from([Buffer.from(backup)])), target, none);
}

beforeAll(async () => {
  folder = await dataDirectory();
  database = await testDatabase();
  const dataDir = join(folder.path, "first");
  const house = await served(dataDir);
  for (const id of ["cp01", "cp02", "cp03"]) await house.admit(id);
  const before = await numberGiven(house, 1);
  const source = openSqliteArchive(dataDir);
  backup = "";
  await writeArchive(
    source,
    async (text) => {
      backup += text;
    },
    none,
  );
  await source.close();
  given = [before, await numberGiven(house, 2), await numberGiven(house, 3)];
  expect(given).toEqual([before, before + 1, before + 2]);
}, 60_000);
afterEach(async () => {
  for (const house of houses.splice(0)) await house.stop();
});
afterAll(async () => {
  await database.drop();
  await folder.remove();
});

it("gives none of them again, however often the backup is restored or the server starts", async () => {
  const firsts: number[] = [];
  for (const name of ["once", "twice"]) {
    const dataDir = join(folder.path, name);
    await imported(createSqliteArchive(dataDir));
    const house = await served(dataDir);
    const first = await numberGiven(house, 5);
    expect(first).toBeGreaterThan((given.at(-1) ?? 0) + 999_000);
    firsts.push(first);
    await house.restart();
    expect(await numberGiven(house, 6)).toBe(first + 1);
    expect(await house.motown.store.checkpoint(restoredMark)).toBe(0);
  }
  expect(Math.abs((firsts[0] ?? 0) - (firsts[1] ?? 0))).toBeGreaterThan(1);
});

it("takes the step once where nodes start together", async () => {
  const { url } = database;
  await imported(await createPostgresArchive({ url, limits: limitsWith(), log: keptLog() }));
  houses.push(...(await Promise.all(["a", "b"].map((node) => startNode(database, node)))));
  const [house] = houses as [HouseWithStations];
  const only = { types: ["NumbersSkipped"], until: await house.motown.store.head() };
  const steps = await house.motown.store.readAll({ after: 0, limit: 100, only });
  const names = ["cp01", "cp02", "cp03"].map((key) => `charging-station/${key}`);
  expect(steps.map(({ stream }) => stream).sort()).toEqual(names);
  expect(await numberGiven(house, 5)).toBeGreaterThan((given.at(-1) ?? 0) + 999_000);
});
