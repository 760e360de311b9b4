// What keeps files from being opened or written, and what is said of it.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, open as openFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "#bus";
import { limitsWith } from "#limits";
import { dataDirectory, keptLog } from "#support/data-directory";
import { unitOf } from "#support/event-store-contract";
import { mountSmallDisk } from "../../../test/durability/full-disk.ts";
import { openStores, type Stores } from "./stores.ts";

let folder: Awaited<ReturnType<typeof dataDirectory>>;
let opened: Stores[] = [];
beforeEach(async () => {
  folder = await dataDirectory();
});
afterEach(async () => {
  for (const stores of opened.splice(0)) await stores.close();
  await folder.remove();
});

async function open(more: { directory?: string; fault?: string } = {}): Promise<Stores> {
  const limits = limitsWith({ storeProbeMs: 20 });
  const log = keptLog();
  const stores = await openStores({
    ...{ directory: folder.path, limits, clock: systemClock, log },
    ...more,
  });
  opened.push(stores);
  return stores;
}

const append = ({ events }: Stores, versionBefore: number) =>
  events.append(unitOf({ stream: "a/1", versionBefore }));
const inFolder = (name: string) => join(folder.path, name);

/** A log with events, closed in order. */
async function filled(): Promise<void> {
  const stores = await open();
  for (let version = 0; version < 50; version += 1) await append(stores, version);
  opened = [];
  await stores.close();
}

/** Writes noise over a part of a file. */
async function damage(path: string, from: number, bytes: number): Promise<void> {
  const file = await openFile(path, "r+");
  await file.write(Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  await file.close();
}

describe("a damaged file", () => {
  it.each([
    ["at its beginning", 0, 100],
    ["in its pages", 4_096, 16_384],
  ])("of the log, %s, is named, and its way on is a backup", async (_where, from, bytes) => {
    await filled();
    await damage(inFolder("log.sqlite"), from, bytes);
    await expect(open()).rejects.toMatchObject({
      code: "damaged",
      message:
        `${inFolder("log.sqlite")} cannot be used: ` +
        "the file is damaged or no database. Restore it from a backup.",
    });
  });

  it.each(["deviations.sqlite", "lock.sqlite"])("that is none of the log (%s)", async (name) => {
    await filled();
    writeFileSync(inFolder(name), "this is no database, whatever its name says");
    const message = expect.stringMatching(`^${inFolder(name)} cannot be used.*Delete it`);
    await expect(open()).rejects.toMatchObject({ code: "damaged", message });
    rmSync(inFolder(name));
    expect(await append(await open(), 50)).toMatchObject({ status: "committed" });
  });
});

describe("a log that was not closed", () => {
  /** As a killed process leaves it. */
  async function killed(): Promise<void> {
    await filled();
    const database = new DatabaseSync(inFolder("log.sqlite"));
    database.exec("DELETE FROM receipts");
    rmSync(inFolder("log.sqlite-wal"));
    database.close();
    writeFileSync(inFolder("log.sqlite-open"), "");
    rmSync(inFolder("log.sqlite-wal"), { force: true });
  }

  it("is not opened without its WAL, unless that is what somebody wants", async () => {
    await killed();
    const message = expect.stringMatching(
      /^.*log\.sqlite-wal is missing.*Put it back.*delete .*log\.sqlite-open\.$/,
    );
    await expect(open()).rejects.toMatchObject({ code: "damaged", message });
    rmSync(inFolder("log.sqlite-open"));
    expect(await append(await open(), 50)).toMatchObject({ status: "committed" });
  });

  it("leaves its mark while it is open, and none after an orderly end", async () => {
    const stores = await open();
    expect(existsSync(inFolder("log.sqlite-open"))).toBe(true);
    opened = [];
    await stores.close();
    expect(existsSync(inFolder("log.sqlite-open"))).toBe(false);
    expect(existsSync(inFolder("log.sqlite-wal"))).toBe(false);
  });
});

describe("another program that holds the log", () => {
  it("keeps it from being opened, and is named as the reason", async () => {
    await filled();
    const other = new DatabaseSync(inFolder("log.sqlite"));
    other.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    const message =
      `${inFolder("log.sqlite")} cannot be used: another program holds the database. ` +
      "End the other program, or choose another folder with --data-dir.";
    await expect(open()).rejects.toMatchObject({ code: "locked", message });
    other.close();
    expect(await append(await open(), 50)).toMatchObject({ status: "committed" });
  });

  it("keeps commits from being acknowledged for as long as it does", async () => {
    const stores = await open();
    await append(stores, 0);
    const other = new DatabaseSync(inFolder("log.sqlite"));
    other.exec("BEGIN IMMEDIATE");
    const reason = "another program holds the database";
    await expect(append(stores, 1)).rejects.toMatchObject({ name: "StoreUnavailable", reason });
    expect(stores.events.health()).toEqual({ ok: false, reason });
    other.exec("ROLLBACK");
    other.close();
    await expect.poll(() => stores.events.health(), { timeout: 4_000 }).toEqual({ ok: true });
    expect(await append(stores, 1)).toMatchObject({ firstPosition: 2 });
  });
});

it("acknowledges nothing that the disk refused with an input/output error, and recovers", async () => {
  const stores = await open({ fault: "beforeCommit:2:io" });
  await append(stores, 0);
  const reason = "the disk reports an input/output error";
  await expect(append(stores, 1)).rejects.toMatchObject({ name: "StoreUnavailable", reason });
  await expect.poll(() => stores.events.health(), { timeout: 4_000 }).toEqual({ ok: true });
  expect(await append(stores, 1)).toMatchObject({ firstPosition: 2 });
});

it("says that a file system is read-only", async () => {
  const disk = mountSmallDisk(8);
  try {
    const directory = join(disk.path, "data");
    await mkdir(directory);
    const remounted = spawnSync("mount", ["-o", "remount,ro", disk.path], { encoding: "utf8" });
    expect(remounted.stderr).toBe("");
    await expect(open({ directory })).rejects.toMatchObject({
      code: "unwritable",
      message: expect.stringMatching(/cannot be used: .*Give this user the right to write there/),
    });
    const below = join(directory, "below");
    const message = expect.stringMatching(/the file system is read-only/);
    await expect(open({ directory: below })).rejects.toMatchObject({ code: "unwritable", message });
  } finally {
    disk.unmount();
  }
});
