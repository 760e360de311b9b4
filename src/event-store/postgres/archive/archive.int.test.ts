import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ArchiveRow, type ArchiveSource, systemClock } from "#bus";
import { limitsWith } from "#limits";
import type { DatabaseOptions } from "#postgres";
import { keptLog } from "#support/data-directory";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { archiveContract } from "#support/event-store/archive-contract";
import { unitOf } from "#support/event-store-contract";
import { createPostgresEventStore } from "../log/event-store.ts";
import { openPostgresArchive } from "./source.ts";
import { createPostgresArchive } from "./target.ts";

let database: TestDatabase;
let schemas = 0;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

function newSchema(limits = limitsWith()): DatabaseOptions & { readonly schema: string } {
  schemas += 1;
  return { url: database.url, schema: `archive_${schemas}`, limits, log: keptLog() };
}

const openStore = (options: DatabaseOptions) =>
  createPostgresEventStore({ ...options, clock: systemClock });

archiveContract("PostgreSQL", {
  newPlace: () => {
    const options = newSchema();
    return {
      openStore: () => openStore(options),
      openSource: () => openPostgresArchive(options),
      createTarget: () => createPostgresArchive(options),
    };
  },
});

async function eventsOf(source: ArchiveSource): Promise<ArchiveRow[]> {
  const all: ArchiveRow[] = [];
  for await (const rows of source.rows("event")) all.push(...rows);
  return all;
}

describe("a log that is filled from an archive", () => {
  const streams = 9;
  const rows = Array.from({ length: 95 }, (_, at): ArchiveRow => {
    const version = Math.floor(at / streams) + 1;
    return [at + 1, `a/${at % streams}`, version, null, null, "Happened", 1, "{}", "{}"];
  });

  it("has the partitions, indexes and constraints of one that was written", async () => {
    // Fewer streams are remembered than there are, and fewer events fit into a partition.
    const limits = limitsWith({ eventPartitionEvents: 10, chainCacheMax: 4 });
    const [written, filled] = [newSchema(limits), newSchema(limits)];
    const store = await openStore(written);
    for (const [, stream, version] of rows) {
      const unit = unitOf({ stream: String(stream), versionBefore: Number(version) - 1 });
      expect((await store.append(unit)).status).toBe("committed");
    }
    const more = unitOf({ stream: "a/4", versionBefore: 11 });
    await store.append(more);
    await store.close();
    const target = await createPostgresArchive(filled);
    for (let at = 0; at < rows.length; at += 7) await target.add("event", rows.slice(at, at + 7));
    await target.complete();
    const opened = await openStore(filled);
    expect(await opened.append(more)).toMatchObject({ firstPosition: 96 });
    expect(await opened.readStream({ stream: "a/4", afterVersion: 0, limit: 50 })).toHaveLength(12);
    await opened.close();
    expect(await shapeOf(filled.schema)).toEqual(await shapeOf(written.schema));
    const source = await openPostgresArchive(filled);
    expect((await eventsOf(source)).slice(0, 95)).toEqual(rows);
    await source.close();
  });

  /** Tables, indexes and constraints as the catalogue has them. */
  async function shapeOf(schema: string): Promise<unknown[]> {
    const sql = `
      SELECT tablename AS of, indexname AS name, indexdef AS text FROM pg_indexes
        WHERE schemaname = $1
      UNION ALL SELECT r.relname, c.conname, pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
        WHERE r.relnamespace = $1::regnamespace
      UNION ALL SELECT relname, relkind::text, pg_get_expr(relpartbound, oid) FROM pg_class
        WHERE relnamespace = $1::regnamespace
      ORDER BY 1, 2, 3`;
    const found = await database.query(sql, [schema]);
    return found.map((row) => Object.values(row).join(" | ").replaceAll(`${schema}.`, ""));
  }

  it("is seen by nobody before its end, and another import does not begin meanwhile", async () => {
    const options = newSchema();
    const target = await createPostgresArchive(options);
    await target.add("event", rows);
    await expect(openPostgresArchive(options)).rejects.toThrow(/There is no log in the schema/);
    await expect(createPostgresArchive(options)).rejects.toMatchObject({ code: "locked" });
    await target.abandon();
    const again = await createPostgresArchive(options);
    await again.add("event", rows);
    await again.complete();
    const source = await openPostgresArchive(options);
    expect(await source.counts()).toMatchObject({ event: 95, receipt: 0 });
    await source.close();
  });

  it("may have been opened before, as long as nothing was written", async () => {
    const options = newSchema();
    await (await openStore(options)).close();
    const target = await createPostgresArchive(options);
    await target.add("event", rows);
    await target.complete();
    const store = await openStore(options);
    expect(await store.head()).toBe(95);
    await store.close();
  });

  it("has no stream that begins twice, though it was forgotten meanwhile", async () => {
    const target = await createPostgresArchive(newSchema(limitsWith({ chainCacheMax: 4 })));
    await target.add("event", rows);
    await target.add("event", [[96, "a/0", 1, null, null, "Happened", 1, "{}", "{}"]]);
    await expect(target.complete()).rejects.toMatchObject({ code: "badArchive" });
    await target.abandon();
  });

  it("says in plain words what PostgreSQL cannot hold", async () => {
    const target = await createPostgresArchive(newSchema());
    await target.add("credential", [["user:\u0000", "hash"]]);
    await expect(target.complete()).rejects.toThrow(/does not take what the archive holds/);
    await target.abandon();
  });
});

it("a log that lacks its beginning is not exported", async () => {
  const options = newSchema(limitsWith({ eventPartitionEvents: 10 }));
  const store = await openStore(options);
  for (let version = 0; version < 25; version += 1) {
    await store.append(unitOf({ stream: "a/1", versionBefore: version }));
  }
  await store.close();
  const { schema } = options;
  await database.query(`ALTER TABLE ${schema}.events DETACH PARTITION ${schema}.events_1`);
  await expect(openPostgresArchive(options)).rejects.toThrow(/begins at its event 11/);
  await database.query(
    `ALTER TABLE ${schema}.events ATTACH PARTITION ${schema}.events_1 FOR VALUES FROM (1) TO (11);
      ALTER TABLE ${schema}.events DETACH PARTITION ${schema}.events_11`,
  );
  const source = await openPostgresArchive(options);
  await expect(eventsOf(source)).rejects.toThrow(/lacks its event 11: the one that follows is 21/);
  await source.close();
});
