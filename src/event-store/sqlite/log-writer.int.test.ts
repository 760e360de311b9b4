import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { noFaults } from "#bus";
import { dataDirectory } from "#support/data-directory";
import { unitOf } from "#support/event-store-contract";
import { createLogReader } from "./log-reader.ts";
import { openLog } from "./log-schema.ts";
import { LogWriter } from "./log-writer.ts";
import { reasonOf } from "./opening/sqlite-errors.ts";

async function writerOf(chainCacheMax: number) {
  const directory = await dataDirectory();
  const path = join(directory.path, "log.sqlite");
  const database = openLog(path);
  const writer = new LogWriter({
    database,
    chainCacheMax,
    receiptScanMax: 3,
    faults: noFaults,
  });
  const close = async () => {
    database.close();
    await directory.remove();
  };
  return { database, path, writer, close };
}

it("writes nothing of a batch when the disk is full, and goes on when it is not", async () => {
  const { database, writer, close } = await writerOf(100);
  const long = (stream: string, versionBefore: number, data: string) => ({
    appends: [
      {
        stream,
        expectedVersion: versionBefore,
        events: [{ type: "Happened", schema: 1, data, meta: "{}" }],
      },
    ],
    station: "s1",
  });
  writer.commit([unitOf({ stream: "a/1", versionBefore: 0 })], []);
  const pages = Number(database.prepare("PRAGMA page_count").get()?.page_count);
  database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const units = [unitOf({ stream: "a/1", versionBefore: 1 }), long("b/1", 0, "x".repeat(50_000))];
  let failure: unknown;
  try {
    writer.commit(units, []);
  } catch (error) {
    failure = error;
  }
  expect(reasonOf(failure)).toBe("disk full");
  expect(writer.head).toBe(1);
  expect(createLogReader(database).readStation({ station: "s1", limit: 9 })).toEqual([]);
  database.exec("PRAGMA max_page_count = 100000");
  expect(writer.commit(units, []).results).toEqual([
    { status: "committed", firstPosition: 2, lastPosition: 2 },
    { status: "committed", firstPosition: 3, lastPosition: 3 },
  ]);
  await close();
});

it("reads again what it has forgotten of chains", async () => {
  const { database, writer, close } = await writerOf(2);
  for (let round = 0; round < 3; round += 1) {
    for (let at = 0; at < 10; at += 1) {
      const more = { station: `s${at}` };
      const unit = unitOf({ stream: `a/${at}`, versionBefore: round, more });
      expect(writer.commit([unit], []).results).toMatchObject([{ status: "committed" }]);
    }
  }
  const reader = createLogReader(database);
  const positions = reader.readStation({ station: "s4", limit: 9 }).map(([position]) => position);
  expect(positions).toEqual([25, 15, 5]);
  await close();
});

it("sweeps receipts bit by bit, round and round", async () => {
  const { writer, close } = await writerOf(100);
  const add = (id: string, minute: number) => {
    const expiresAt = `2026-05-04T12:${minute}:00.000Z`;
    writer.commit([{ appends: [], receipt: { id, answer: "", expiresAt } }], []);
  };
  const drop = (minute: number) =>
    writer.commit([], [{ note: "dropReceipts", now: `2026-05-04T12:${minute}:00.000Z`, limit: 10 }])
      .notes[0];
  for (const [at, id] of ["a", "b", "c", "d", "e", "f", "g"].entries()) add(id, 10 + (at % 2));
  const dropped = [drop(10), drop(10), drop(10), drop(10)];
  expect(dropped.reduce((sum: number, one) => sum + Number(one), 0)).toBe(4);
  expect([drop(11), drop(11)].reduce((sum: number, one) => sum + Number(one), 0)).toBe(3);
  await close();
});

it("leaves nothing of an erased token in the file", async () => {
  const { database, path, writer, close } = await writerOf(100);
  const sealed = "the sealed value of a person's token";
  writer.commit([{ appends: [], vault: [{ ref: "t1", lookup: "l1", sealed }] }], []);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  expect(readFileSync(path).includes(sealed)).toBe(true);
  writer.commit([{ appends: [], eraseTokens: ["t1"] }], []);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  expect(readFileSync(path).includes(sealed)).toBe(false);
  await close();
});

it("believes nothing of a failed batch, even where it cannot be taken back at once", async () => {
  const { database, writer, close } = await writerOf(100);
  writer.commit([unitOf({ stream: "a/1", versionBefore: 0 })], []);
  const exec = database.exec.bind(database);
  database.exec = () => {
    throw new Error("disk I/O error");
  };
  const broken = { appends: [], receipt: { id: "r", answer: "", expiresAt: "no instant" } };
  const batch = [unitOf({ stream: "a/1", versionBefore: 1 }), broken];
  expect(() => writer.commit(batch, [])).toThrow("disk I/O error");
  // SQLite may end a transaction by itself, without telling.
  exec("ROLLBACK");
  database.exec = exec;
  expect(writer.commit([unitOf({ stream: "a/1", versionBefore: 1 })], []).results).toEqual([
    { status: "committed", firstPosition: 2, lastPosition: 2 },
  ]);
  await close();
});
