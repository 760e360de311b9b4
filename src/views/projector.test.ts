import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredEvent, ViewStore } from "#bus";
import { cursorOf } from "#bus";
import { streams } from "#core";
import { limitsWith } from "#limits";
import { testClock, testLog } from "#support/environment";
import { randomHistory } from "#support/random-history";
import { allRows, memoryViews, viewsOver, type WrittenLog, writtenLog } from "#support/view-story";
import { views } from "./all.ts";
import { integer, text } from "./columns.ts";
import { createProjector } from "./projector.ts";
import { defineTable, defineView } from "./view.ts";

const token = streams.token("t");
const setToken = (log: WrittenLog, concurrency: number) =>
  log.write(token, "TokenSet", { status: "accepted", concurrency });

/** A store that counts what is committed to it. */
function countingStore() {
  const store = memoryViews();
  const commits: { readonly rows: number; readonly checkpoint: number }[] = [];
  const counting: ViewStore = {
    ...store,
    commit: async (batch) => {
      await store.commit(batch);
      const rows = batch.changes.reduce((sum, { put, update = [] }) => {
        return sum + put.length + update.length;
      }, 0);
      commits.push({ rows, checkpoint: batch.checkpoint });
    },
  };
  return { store: counting, commits };
}

describe("the projector", () => {
  it("writes each row once per batch, and the checkpoint with it", async () => {
    const log = writtenLog();
    for (let count = 1; count <= 10; count += 1) setToken(log, count);
    const { store, commits } = countingStore();
    const viewed = await viewsOver(log, { store, limits: { projectorBatchMax: 5 } });
    await viewed.caughtUp();
    expect(commits.filter(({ checkpoint }) => checkpoint > 0)).toEqual([
      { rows: 1, checkpoint: 5 },
      { rows: 1, checkpoint: 10 },
    ]);
    expect(await viewed.queries.get("tokens", ["t"])).toMatchObject({ concurrency: 10 });
    await viewed.close();
  });

  it("goes on at its checkpoint after a restart, with what it had not committed", async () => {
    const log = writtenLog();
    setToken(log, 1);
    const store = memoryViews();
    const before = await viewsOver(log, { store });
    await before.caughtUp();
    await before.projector.stop();
    setToken(log, 2);
    const read: number[] = [];
    const source: typeof log = {
      ...log,
      readAll: (query) => {
        read.push(query.after);
        return log.readAll(query);
      },
    };
    const after = await viewsOver(source, { store });
    await after.caughtUp();
    expect(read[0]).toBe(1);
    expect(await after.queries.get("tokens", ["t"])).toMatchObject({ concurrency: 2 });
    await after.close();
  });

  it("leaves rows and checkpoint as they were where a commit fails, and tries again", async () => {
    const log = writtenLog();
    setToken(log, 1);
    const store = memoryViews();
    let failures = 2;
    const failing: ViewStore = {
      ...store,
      commit: async (batch) => {
        if (batch.checkpoint > 0 && failures-- > 0) throw new Error("disk full");
        await store.commit(batch);
      },
    };
    const viewed = await viewsOver(log, { store: failing });
    await viewed.caughtUp();
    expect(failures).toBe(-1);
    expect(viewed.log.lines).toMatchObject([
      { level: "error", fields: { trouble: "disk full" } },
      { level: "error", fields: { trouble: "disk full" } },
    ]);
    expect(viewed.projector.health()).toMatchObject({ ok: true, position: 1 });
    await viewed.close();
  });

  it("tries a store in trouble again less and less often, up to a limit", async () => {
    const log = writtenLog();
    const clock = testClock();
    const store = memoryViews();
    const attempts: number[] = [];
    let isBroken = true;
    const failing: ViewStore = {
      ...store,
      commit: async (batch) => {
        if (batch.checkpoint > 0) attempts.push(clock.monotonicMs());
        if (batch.checkpoint > 0 && isBroken) throw new Error("disk full");
        await store.commit(batch);
      },
    };
    const limits = limitsWith({ projectorRetryMs: 100, projectorRetryMaxMs: 500 });
    const all = Object.values(views);
    const parts = { source: log, store: failing, views: all, limits, clock, log: testLog() };
    const projector = createProjector(parts);
    await projector.start();
    setToken(log, 1);
    for (let passed = 0; passed < 2_000; passed += 50) {
      // Nobody who calls makes it hurry.
      projector.wake(1);
      await new Promise((done) => setImmediate(done));
      clock.advance(50);
    }
    expect(attempts).toEqual([0, 100, 300, 700, 1_200, 1_700]);
    isBroken = false;
    clock.advance(200);
    await expect.poll(() => projector.health()).toMatchObject({ ok: true, position: 1 });
    await projector.stop();
  });

  it("stops before an event that this release does not know, and says which", async () => {
    const log = writtenLog();
    setToken(log, 1);
    setToken(log, 2);
    const strange = { ...(log.events[1] as StoredEvent), schema: 99 };
    log.events[1] = strange;
    const viewed = await viewsOver(log);
    expect(await viewed.projector.passed(1)).toBe(true);
    expect(await viewed.projector.passed(2)).toBe(false);
    expect(viewed.projector.health()).toMatchObject({
      ok: false,
      position: 1,
      fault: { cursor: cursorOf(2), eventType: "TokenSet" },
    });
    expect(viewed.log.lines).toMatchObject([{ level: "error", message: "the views stand still" }]);
    await viewed.close();
  });

  it("stops before an event that a view fails at, and names view and event", async () => {
    const table = defineTable({ name: "broken", columns: { id: text() }, key: ["id"] });
    const broken = defineView({
      name: "broken",
      version: 1,
      table,
      list: { filters: [], orders: ["id"] },
      on: {
        TokenSet: (row, { key, data }) => {
          if (data.concurrency === 3) throw new Error("I cannot count to three");
          return row ?? { id: key };
        },
      },
    });
    const log = writtenLog();
    for (const count of [1, 2, 3, 4]) setToken(log, count);
    const viewed = await viewsOver(log, { views: { ...views, broken } });
    expect(await viewed.projector.passed(4)).toBe(false);
    expect(viewed.projector.health()).toMatchObject({
      ok: false,
      position: 2,
      fault: { view: "broken", cursor: cursorOf(3), reason: "I cannot count to three" },
    });
    expect(await viewed.queries.get("tokens", ["t"])).toMatchObject({ concurrency: 2 });
    await viewed.close();
  });

  it.each([
    ["a number that is no integer to it", 1e21],
    ["a text for an integer", "many"],
    ["what is no value at all", {}],
  ])("stops before an event that cannot be stored, for good: %s", async (_what, strange) => {
    const table = defineTable({
      name: "broken",
      columns: { id: text(), count: integer() },
      key: ["id"],
    });
    const broken = defineView({
      name: "broken",
      version: 1,
      table,
      list: { filters: [], orders: ["id"] },
      on: {
        TokenSet: {
          insert: ({ data: { concurrency = 0 } }) => {
            const count = concurrency === 7 ? (strange as number) : concurrency;
            return [{ id: `t${concurrency}`, count }];
          },
        },
      },
    });
    const log = writtenLog();
    for (let count = 1; count <= 10; count += 1) setToken(log, count);
    const viewed = await viewsOver(log, { views: { ...views, broken } });
    expect(await viewed.projector.passed(10)).toBe(false);
    const fault = { cursor: cursorOf(7), eventType: "TokenSet" };
    expect(viewed.projector.health()).toMatchObject({ ok: false, position: 6, fault });
    expect(viewed.projector.health().fault?.reason).toContain("cannot be stored");
    // What came before is shown, and nothing is tried again.
    expect(await viewed.queries.get("tokens", ["t"])).toMatchObject({ concurrency: 6 });
    viewed.projector.wake(11);
    expect(viewed.log.lines).toMatchObject([{ level: "error", message: "the views stand still" }]);
    await viewed.close();
  });

  it("tells who waits too long that the views have not passed", async () => {
    const viewed = await viewsOver(writtenLog(), { limits: { viewWaitMs: 5 } });
    expect(await viewed.projector.passed(1)).toBe(false);
    await viewed.close();
  });

  it("builds views of another version again from the first event", async () => {
    const log = writtenLog();
    setToken(log, 1);
    const store = memoryViews();
    const before = await viewsOver(log, { store });
    await before.caughtUp();
    await before.projector.stop();
    const { tokens, ...others } = views;
    const newer = { ...others, tokens: { ...tokens, version: tokens.version + 1 } };
    const { store: counted, commits } = { ...countingStore(), store };
    const after = await viewsOver(log, { store: counted, views: newer });
    await after.caughtUp();
    expect(commits).toEqual([]);
    expect(await store.checkpoint()).toBe(1);
    expect(await after.queries.get("tokens", ["t"])).toMatchObject({ concurrency: 1 });
    await after.close();
  });

  it("keeps few rows in memory and still knows all of them", async () => {
    const log = writtenLog();
    for (let round = 1; round <= 3; round += 1) {
      for (let n = 0; n < 20; n += 1) {
        const data = { status: "accepted" as const, concurrency: round };
        log.write(streams.token(`t${n}`), "TokenSet", data);
      }
    }
    const viewed = await viewsOver(log, { limits: { projectorBatchMax: 7, viewRowCacheMax: 2 } });
    await viewed.caughtUp();
    const page = await viewed.queries.list("tokens", { order: "createdAt" });
    const items = "items" in page ? page.items : [];
    expect(items).toHaveLength(20);
    expect(items.every((item) => item.concurrency === 3 && item.createdAt !== item.changedAt)).toBe(
      true,
    );
    await viewed.close();
  });
});

describe("views that are built again", () => {
  it("are row by row the live ones, whatever happened in whatever batches", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        async (seed, live, batch) => {
          const log = writtenLog();
          const limits = { projectorBatchMax: live, viewRowCacheMax: batch };
          const viewed = await viewsOver(log, { limits });
          for (const write of randomHistory(seed, 150)) {
            viewed.projector.wake(write(log));
            if (log.events.length % 13 === 0) await viewed.caughtUp();
          }
          await viewed.caughtUp();
          const rows = await allRows(viewed.projector);
          const rebuilt = await viewed.projector.rebuild(memoryViews());
          expect(rebuilt.events).toBe(log.events.length);
          expect(await allRows(viewed.projector)).toEqual(rows);
          await viewed.projector.stop();
        },
      ),
      { numRuns: 5 },
    );
  });

  it("go on with what is written while they are built", async () => {
    const log = writtenLog();
    for (const write of randomHistory(1, 200)) write(log);
    const viewed = await viewsOver(log, { limits: { projectorBatchMax: 10 } });
    const rebuilt = viewed.projector.rebuild(memoryViews());
    for (let count = 1; count <= 50; count += 1) viewed.projector.wake(setToken(log, count));
    await rebuilt;
    await viewed.caughtUp();
    expect(await viewed.queries.get("tokens", ["t"])).toMatchObject({ concurrency: 50 });
    await viewed.projector.stop();
  });

  it("are not begun in a store that holds views already", async () => {
    const log = writtenLog();
    setToken(log, 1);
    const viewed = await viewsOver(log);
    await viewed.caughtUp();
    await expect(viewed.projector.rebuild(viewed.store)).rejects.toThrow("empty store");
    await viewed.close();
  });
});
