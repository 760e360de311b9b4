import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "#bus";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { unitOf } from "#support/event-store-contract";
import { openStores, type Stores } from "./stores.ts";
import { openSqliteViewStore } from "./view-store.ts";

let folder: Awaited<ReturnType<typeof dataDirectory>>;
let opened: Stores[];
let log: ReturnType<typeof keptLog>;
beforeEach(async () => {
  folder = await dataDirectory();
  opened = [];
  log = keptLog();
});
afterEach(async () => {
  for (const stores of opened) await stores.close();
  await folder.remove();
});

type More = { directory?: string; fault?: string; lost?: (why: Error) => void };

async function open(more: More = {}): Promise<Stores> {
  const limits = limitsWith({ storeProbeMs: 20 });
  const stores = await openStores({
    directory: folder.path,
    limits,
    clock: systemClock,
    log,
    ...more,
  });
  opened.push(stores);
  return stores;
}

describe("openStores", () => {
  it("opens log and frames of one directory, views beside them, and finds them again", async () => {
    const first = await open({ directory: join(folder.path, "made", "for", "us") });
    await first.events.append(unitOf({ stream: "a/1", versionBefore: 0, more: { station: "s" } }));
    const columns = { key: { type: "text" } } as const;
    const views = join(folder.path, "made", "for", "us", "views.sqlite");
    const before = openSqliteViewStore(views, limitsWith());
    await before.migrate([{ name: "rows", columns, key: ["key"] }]);
    const changes = [{ table: "rows", put: [{ key: "a" }], remove: [] }];
    await before.commit({ changes, checkpoint: 1 });
    await before.close();
    const at = "2026-05-04T10:00:00.000Z";
    const exchange = { station: "s", at, protocol: "ocpp1.6", call: "[]" };
    first.frames.add({ ...exchange, direction: "fromStation" });
    await first.close();
    opened = [];
    const second = await open({ directory: join(folder.path, "made", "for", "us") });
    expect(await second.events.readAll({ after: 0, limit: 9 })).toMatchObject([{ stream: "a/1" }]);
    expect(await second.events.readStation({ station: "s", limit: 9 })).toHaveLength(1);
    const after = openSqliteViewStore(views, limitsWith());
    await after.migrate([{ name: "rows", columns, key: ["key"] }]);
    expect(await after.get("rows", ["a"])).toEqual({ key: "a" });
    await after.close();
    expect(await second.frames.list({ station: "s", limit: 9 })).toHaveLength(1);
  });

  it("says who holds a directory", async () => {
    await open();
    await expect(open()).rejects.toMatchObject({
      name: "StoreProblem",
      code: "locked",
      message: expect.stringMatching(
        new RegExp(`in use by pid ${process.pid}\\. End that process.*--data-dir`),
      ),
    });
  });

  it("does not touch a log that a newer release wrote", async () => {
    const database = new DatabaseSync(join(folder.path, "log.sqlite"));
    database.exec("PRAGMA user_version = 99");
    database.close();
    await expect(open()).rejects.toMatchObject({
      code: "newerSchema",
      message: expect.stringMatching(/newer Motown \(schema 99.*Start the newer release/),
    });
  });

  it("says what keeps a directory from being used", async () => {
    const file = join(folder.path, "file");
    await writeFile(file, "");
    await expect(open({ directory: file })).rejects.toMatchObject({ code: "unwritable" });
    const below = join(file, "below");
    await expect(open({ directory: below })).rejects.toMatchObject({
      code: "unwritable",
      message: expect.stringMatching(/a part of its path is a file\. Give this user the right/),
    });
    const bad = join(folder.path, "bad");
    await mkdir(bad);
    await writeFile(join(bad, "log.sqlite"), "this is no database, whatever its name says");
    await expect(open({ directory: bad })).rejects.toMatchObject({ code: "damaged" });
  });

  it("refuses a place where no directory can be, in time and by its name", async () => {
    const began = performance.now();
    await expect(open({ directory: "/proc/motown/data" })).rejects.toMatchObject({
      code: "unwritable",
      message: expect.stringMatching(/^The data directory \/proc\/motown\/data cannot be used/),
    });
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it("acknowledges nothing that failed, says so, and recovers by itself", async () => {
    const { events } = await open({ fault: "beforeCommit:2:throw" });
    const append = (versionBefore: number) =>
      events.append(unitOf({ stream: "a/1", versionBefore, types: ["One", "Two"] }));
    await append(0);
    await expect(append(2)).rejects.toMatchObject({
      name: "StoreUnavailable",
      reason: "fault armed at beforeCommit",
    });
    expect(events.health()).toEqual({ ok: false, reason: "fault armed at beforeCommit" });
    expect(await events.head()).toBe(2);
    // Nobody appends: the store itself finds out that it can write again.
    await expect.poll(() => events.health(), { timeout: 4_000 }).toEqual({ ok: true });
    expect(log.lines.map((line) => line.split(" ")[0])).toEqual(["error", "info"]);
    expect(await append(2)).toMatchObject({ firstPosition: 3 });
  });

  it("says at once that its thread has died, and does not pretend to try again", async () => {
    let told: Error | undefined;
    const lost = (why: Error) => {
      told = why;
    };
    const { events } = await open({ fault: "beforeCommit:1:exit", lost });
    opened = [];
    const reason = "the store's thread has ended: it was closed";
    await expect(events.append(unitOf({ stream: "a/1", versionBefore: 0 }))).rejects.toMatchObject({
      name: "StoreUnavailable",
      reason,
    });
    expect(events.health()).toEqual({ ok: false, reason });
    expect(told).toMatchObject({ reason });
    await expect(events.close()).rejects.toMatchObject({ reason });
  });

  it("waits for no thread that does not open", async () => {
    const limits = limitsWith({ storeOpenMs: 1 });
    const opening = openStores({ directory: folder.path, limits, clock: systemClock, log });
    await expect(opening).rejects.toMatchObject({
      reason: "the store's thread has ended: it did not open within 1 ms",
    });
  });

  it("refuses what is too much, and takes it later", async () => {
    const limits = limitsWith({ commitQueueMax: 5, commitBatchMax: 2 });
    const options = { directory: folder.path, limits, clock: systemClock, log };
    const stores = await openStores(options);
    opened.push(stores);
    const units = Array.from({ length: 8 }, (_, at) =>
      unitOf({ stream: `a/${at}`, versionBefore: 0, more: { station: "the same" } }),
    );
    const results = await Promise.allSettled(units.map((unit) => stores.events.append(unit)));
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ reason: { reason: "overload: 5 units wait for the disk" } });
    expect(await stores.events.head()).toBe(5);
    const again = units[7] ?? { appends: [] };
    expect(await stores.events.append(again)).toMatchObject({ firstPosition: 6 });
  });
});

describe("a process that is killed", () => {
  /** Runs appenders until they are dead; positions that were acknowledged. */
  async function acknowledged(fault: string): Promise<number[]> {
    const program = fileURLToPath(import.meta.resolve("#support/append-until-killed"));
    const child = spawn(process.execPath, [program, folder.path], {
      env: { ...process.env, MOTOWN_FAULT: fault },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk;
    });
    const signal = await new Promise((resolve) => child.on("close", (_code, by) => resolve(by)));
    expect(signal).toBe("SIGKILL");
    return out.trim().split("\n").map(Number);
  }

  async function inLog(): Promise<number> {
    const { events } = await open();
    const all = await events.readAll({ after: 0, limit: 10_000 });
    expect(all.map(({ position }) => position)).toEqual(all.map((_, at) => at + 1));
    return all.length;
  }

  it("before the commit has lost the last batch, and nothing that was acknowledged", async () => {
    const known = await acknowledged("beforeCommit:6");
    expect(await inLog()).toBe(Math.max(...known));
    expect(new Set(known).size).toBe(known.length);
  });

  it("between commit and reply has kept what nobody was told", async () => {
    const known = await acknowledged("afterCommitBeforeReply:6");
    const kept = await inLog();
    expect(kept).toBeGreaterThan(Math.max(...known));
    expect(kept).toBeLessThanOrEqual(Math.max(...known) + 4);
  });
});
