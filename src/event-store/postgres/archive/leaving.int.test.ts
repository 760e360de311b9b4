import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ArchiveRow, type ArchiveSource, type EventStore, systemClock } from "#bus";
import { limitsWith } from "#limits";
import type { DatabaseOptions } from "#postgres";
import { keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { placesOf, unitOf } from "#support/event-store-contract";
import { createPostgresEventStore } from "../log/event-store.ts";
import { eventPartitionsOf, oldPartitions, openLeavingPart, positionAt } from "./leaving.ts";
import { openReturningPart } from "./returning.ts";
import { openPostgresArchive } from "./source.ts";

let database: TestDatabase;
let schemas = 0;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

const kinds = [{ prefix: "transaction/", endedBy: ["Stopped"] }, { prefix: "audit/" }];
let options: DatabaseOptions & { readonly schema: string };
let store: EventStore;
const versions = new Map<string, number>();
beforeEach(async () => {
  schemas += 1;
  const limits = limitsWith({ eventPartitionEvents: 10 });
  options = { url: database.url, schema: `leaving_${schemas}`, limits, log: keptLog() };
  store = await createPostgresEventStore({ ...options, clock: systemClock });
  versions.clear();
});
afterEach(() => store.close());

async function happened(stream: string, ...types: readonly string[]): Promise<void> {
  const versionBefore = versions.get(stream) ?? 0;
  versions.set(stream, versionBefore + types.length);
  const result = await store.append(unitOf({ stream, versionBefore, types }));
  expect(result.status).toBe("committed");
}

/** 31 events in four partitions. */
async function fill(): Promise<void> {
  await happened("charging-station/a", "Created", "Accepted");
  await happened("transaction/ended", "Started", "Metered", "Stopped");
  await happened("transaction/long", "Started", "Metered");
  await happened("transaction/open", "Started", "Metered");
  await happened("audit/1", "Refused");
  await happened("transaction/long", "Metered", "Stopped");
  await happened("charging-station/a", ...Array.from({ length: 10 }, () => "Moved"));
  await happened("transaction/late", "Started", "Stopped");
  await happened("charging-station/a", ...Array.from({ length: 7 }, () => "Moved"));
}

async function rowsOf(source: ArchiveSource): Promise<ArchiveRow[]> {
  const all: ArchiveRow[] = [];
  for await (const rows of source.rows("event")) all.push(...rows);
  return all;
}

/** Takes out what is before a position; the rows that left, by partition. */
async function takeOut(before: number): Promise<ArchiveRow[][]> {
  const left: ArchiveRow[][] = [];
  for (const partition of await oldPartitions(options, before)) {
    const part = await openLeavingPart(options, partition, { kinds, before });
    expect(part.part).toMatchObject({ from: partition.from, to: partition.to });
    const rows = await rowsOf(part);
    expect(await part.counts()).toMatchObject({ event: rows.length, receipt: 0 });
    left.push(rows);
    expect(await part.letGo()).toBe(`${partition.table}_archived`);
    await part.close();
  }
  return left;
}

const all = () => store.readAll({ after: 0, limit: 100 });

describe("what leaves the log", () => {
  it("are streams that have ended, and what still decides stays whole", async () => {
    await fill();
    const before = await all();
    const left = await takeOut(25);
    const places = left.map((rows) => rows.map(([position, stream]) => `${position} ${stream}`));
    expect(places).toEqual([
      ["3", "4", "5"]
        .map((at) => `${at} transaction/ended`)
        .concat([...["6 transaction/long", "7 transaction/long", "10 audit/1"]]),
      ["11 transaction/long", "12 transaction/long"],
    ]);
    const station = await store.readStream({
      ...{ stream: "charging-station/a", afterVersion: 0, limit: 100 },
    });
    expect(station.map(({ version }) => version)).toEqual(station.map((_, at) => at + 1));
    expect(station).toHaveLength(19);
    const open = { stream: "transaction/open", afterVersion: 0, limit: 9 };
    expect(await store.readStream(open)).toHaveLength(2);
    const gone = new Set(left.flat().map(([position]) => position));
    expect(await all()).toEqual(before.filter(({ position }) => !gone.has(position)));
    await happened("charging-station/a", "Moved");
    expect(await store.head()).toBe(32);
  });

  it("cannot be decided by any more: not even in part", async () => {
    await fill();
    await takeOut(15);
    const refused = { name: "StoreUnavailable", reason: /transaction\/long are in the archive/ };
    const reading = async (stream: string, afterVersion: number) =>
      store.readStream({ stream, afterVersion, limit: 9 });
    await expect(reading("transaction/ended", 0)).rejects.toMatchObject({
      ...{ name: "StoreUnavailable" },
    });
    await expect(reading("transaction/long", 0)).rejects.toThrow(refused.reason);
    await expect(reading("transaction/long", 1)).rejects.toThrow(refused.reason);
    expect(await reading("transaction/long", 2)).toHaveLength(2);
    expect(await reading("transaction/long", 4)).toEqual([]);
    expect(await reading("transaction/new", 0)).toEqual([]);
  });

  it("comes back as it was, and twice does no harm", async () => {
    await fill();
    const before = await all();
    const left = await takeOut(25);
    const half = await openPostgresArchive(options);
    await expect(rowsOf(half)).rejects.toThrow(/lacks its event 3/);
    await half.close();
    for (let time = 0; time < 2; time += 1) {
      const target = await openReturningPart(options);
      for (const rows of left) await target.add("event", rows);
      await target.complete();
      expect(await all()).toEqual(before);
    }
    const source = await openPostgresArchive(options);
    expect(await rowsOf(source)).toHaveLength(before.length);
    await source.close();
    const again = openLeavingPart(
      options,
      { table: "events_1", from: 1, to: 11 },
      {
        ...{ kinds, before: 25 },
      },
    );
    await expect(again).rejects.toThrow(/events_1_archived is there still/);
    await database.query(`DROP TABLE ${options.schema}.events_1_archived,
      ${options.schema}.events_11_archived`);
    expect(await takeOut(25)).toEqual(left);
  });

  it("waits for nobody who reads for long", async () => {
    await fill();
    const reader = await openPostgresArchive(options);
    const [partition = expect.fail("there is no old partition")] = await oldPartitions(options, 25);
    const part = await openLeavingPart(options, partition, { kinds, before: 25 });
    await expect(part.letGo()).rejects.toMatchObject({ code: "locked" });
    await part.close();
    await happened("charging-station/a", "Moved");
    await reader.close();
    expect(await takeOut(25)).toHaveLength(2);
  });

  it("stays where a stream goes on meanwhile", async () => {
    await fill();
    const [partition = expect.fail("there is no old partition")] = await oldPartitions(options, 25);
    const part = await openLeavingPart(options, partition, { kinds, before: 25 });
    await happened("transaction/ended", "Corrected");
    await expect(part.letGo()).rejects.toThrow(/has gone on meanwhile/);
    await part.close();
    expect(await all()).toHaveLength(32);
    expect((await eventPartitionsOf(options)).map(({ table }) => table)).toEqual([
      ...["events_1", "events_11", "events_21", "events_31", "events_41"],
    ]);
  });

  it("is not of another log", async () => {
    await fill();
    const target = await openReturningPart(options);
    const stranger: ArchiveRow = [3, "transaction/x", 1, null, null, "Started", 1, "{}", "{}"];
    await expect(target.add("event", [stranger])).rejects.toThrow(/not of this log/);
    await target.abandon();
  });

  it("is told by a day, too", async () => {
    await store.append({
      appends: ["2026-01-01", "2026-01-02", "2026-01-03"].map((day) => ({
        stream: `a/${day}`,
        expectedVersion: 0,
        events: [
          {
            ...{ type: "Happened", schema: 1, data: "{}" },
            meta: JSON.stringify({ recordedAt: `${day}T12:00:00.000Z` }),
          },
        ],
      })),
    });
    const day = (text: string) => positionAt(options, `${text}T00:00:00.000Z`);
    expect(
      await Promise.all(["2025-12-31", "2026-01-02", "2026-01-03", "2027-01-01"].map(day)),
    ).toEqual([1, 2, 3, 4]);
  });

  it("leaves what is not old, and the partition that is being written", async () => {
    await fill();
    const tables = async (before: number) =>
      (await oldPartitions(options, before)).map(({ table }) => table);
    expect(await tables(10)).toEqual([]);
    expect(await tables(11)).toEqual(["events_1"]);
    expect(await tables(1_000)).toEqual(["events_1", "events_11", "events_21"]);
    expect(placesOf(await all()).at(0)).toBe("1 charging-station/a 1");
  });
});
