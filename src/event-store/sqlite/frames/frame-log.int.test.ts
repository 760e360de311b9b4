import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { systemClock } from "#bus";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { frameLogContract } from "#support/event-store/frame-log-contract";
import type { FrameCalls } from "../../frame-outbox.ts";
import { FrameFolder } from "./frame-folder.ts";
import { createSqliteFrameLog } from "./frame-log.ts";

const frame = {
  station: "s1",
  at: "2026-05-04T10:00:00.000Z",
  direction: "fromStation",
  protocol: "ocpp1.6",
  call: "[]",
} as const;

const few = { frameFilesOpenMax: 2, deviationCountsMax: 1_000, chainCacheMax: 2 };

/** The folder in this thread; that the other thread carries calls is shown by `openStores`. */
function callsOf(folder: FrameFolder): FrameCalls {
  return {
    add: async (frames) => folder.add(frames),
    list: async (query) => folder.list(query),
    deviations: async (query) => folder.deviations(query),
    modelDeviations: async (query) => folder.modelDeviations(query),
    dropBefore: async (day) => folder.dropBefore(day),
  };
}

frameLogContract("SQLite", async (limits) => {
  const directory = await dataDirectory();
  const folder = new FrameFolder(directory.path, few);
  const log = createSqliteFrameLog({
    folder: callsOf(folder),
    limits,
    clock: systemClock,
    log: keptLog(),
  });
  const dispose = async () => {
    await log.close();
    folder.close();
    await directory.remove();
  };
  return { log, dispose };
});

it("keeps a file per day, deletes it whole, and goes on after a restart", async () => {
  const directory = await dataDirectory();
  const days = ["2026-05-03", "2026-05-04", "2026-05-05"];
  const first = new FrameFolder(directory.path, few);
  for (const day of days) first.add([{ ...frame, at: `${day}T00:00:00.000Z` }]);
  first.close();
  const second = new FrameFolder(directory.path, few);
  second.add([{ ...frame, at: "2026-05-05T00:00:01.000Z" }]);
  second.dropBefore("2026-05-05");
  expect(second.list({ station: "s1", limit: 9 }).map(({ at }) => at)).toEqual([
    "2026-05-05T00:00:01.000Z",
    "2026-05-05T00:00:00.000Z",
  ]);
  second.close();
  expect(readdirSync(join(directory.path, "frames"))).toEqual(["2026-05-05.sqlite"]);
  await directory.remove();
});

it("forgets the stations that deviated longest ago beyond a limit, and keeps the sums", async () => {
  const directory = await dataDirectory();
  const folder = new FrameFolder(directory.path, { ...few, deviationCountsMax: 3 });
  for (let n = 0; n < 6; n += 1) {
    folder.add([
      { ...frame, station: `s${n}`, at: `2026-05-04T10:00:0${n}.000Z`, deviations: ["a"] },
    ]);
  }
  folder.dropBefore("2026-05-04");
  expect(folder.deviations({}).map(({ station }) => station)).toEqual(["s3", "s4", "s5"]);
  expect(folder.modelDeviations({})).toMatchObject([{ code: "a", count: 6, stations: 6 }]);
  folder.close();
  await directory.remove();
});

it("takes over the counts of a folder that knew no models", async () => {
  const directory = await dataDirectory();
  const database = new DatabaseSync(join(directory.path, "deviations.sqlite"));
  database.exec(`CREATE TABLE deviations (station TEXT, code TEXT, count INTEGER NOT NULL,
    first_at TEXT NOT NULL, last_at TEXT NOT NULL,
    PRIMARY KEY (station, code)) STRICT, WITHOUT ROWID;
    INSERT INTO deviations VALUES ('s1', 'a', 3, '2026-05-01', '2026-05-02'),
      ('s2', 'a', 4, '2026-05-02', '2026-05-03')`);
  database.close();
  for (let start = 0; start < 2; start += 1) {
    const folder = new FrameFolder(directory.path, few);
    expect(folder.deviations({ station: "s1" })).toMatchObject([{ code: "a", count: 3 }]);
    const sums = { code: "a", vendor: "", count: 7, stations: 2, firstAt: "2026-05-01" };
    expect(folder.modelDeviations({})).toMatchObject([sums]);
    folder.close();
  }
  await directory.remove();
});

it("writes on after it was flushed with nothing to write", async () => {
  const written: unknown[] = [];
  const folder: FrameCalls = {
    add: async (frames) => {
      written.push(...frames);
    },
    list: async () => [],
    deviations: async () => [],
    modelDeviations: async () => [],
    dropBefore: async () => {},
  };
  const limits = limitsWith({ frameFlushMs: 1 });
  const log = createSqliteFrameLog({ folder, limits, clock: systemClock, log: keptLog() });
  await log.flush();
  log.add(frame);
  await expect.poll(() => written.length, { timeout: 4000 }).toBe(1);
  await Promise.all([log.flush(), log.flush()]);
  log.add(frame);
  await log.flush();
  expect(written).toHaveLength(2);
});

it("holds no more text than it may while the disk is slow, and keeps the newest", async () => {
  const written: number[] = [];
  let goOn = () => {};
  const slow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const folder: FrameCalls = {
    list: async () => [],
    deviations: async () => [],
    modelDeviations: async () => [],
    dropBefore: async () => {},
    add: async (frames: readonly { readonly call: string }[]) => {
      await slow;
      written.push(...frames.map(({ call }) => Number.parseInt(call, 10)));
    },
  };
  const limits = limitsWith({ frameQueueCharactersMax: 200_000, frameFlushMs: 1 });
  const log = createSqliteFrameLog({ folder, limits, clock: systemClock, log: keptLog() });
  for (let at = 0; at < 100; at += 1) log.add({ ...frame, call: `${at} `.padEnd(10_000, "x") });
  expect([log.dropped(), log.waiting()]).toEqual([80, 20]);
  goOn();
  await log.flush();
  expect(log.waiting()).toBe(0);
  expect(written).toEqual(Array.from({ length: 20 }, (_none, at) => 80 + at));
  // Room is counted back: as much fits again.
  for (let at = 0; at < 20; at += 1) log.add({ ...frame, call: "y".repeat(10_000) });
  expect(log.dropped()).toBe(80);
  await log.close();
});

it("counts frames that cannot be written, says so once, and goes on", async () => {
  const lines = keptLog();
  const limits = limitsWith({ frameBatchMax: 2 });
  let full = true;
  const written: unknown[] = [];
  const folder: FrameCalls = {
    add: async (frames) => {
      if (full) throw new Error("disk full");
      written.push(...frames);
    },
    list: async () => [],
    deviations: async () => [],
    modelDeviations: async () => [],
    dropBefore: async () => {},
  };
  const log = createSqliteFrameLog({ folder, limits, clock: systemClock, log: lines });
  for (let n = 0; n < 5; n += 1) log.add(frame);
  await log.flush();
  expect(log.dropped()).toBe(5);
  expect(lines.lines).toEqual(['warn frames cannot be written and are lost {"why":"disk full"}']);
  full = false;
  log.add(frame);
  await log.flush();
  expect([written.length, log.dropped()]).toEqual([1, 5]);
});
