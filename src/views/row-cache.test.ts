import { expect, it } from "vitest";
import type { ViewRow } from "#bus";
import { foldBatch } from "./batch.ts";
import { integer, text } from "./columns.ts";
import { createRowCache } from "./row-cache.ts";
import { defineTable, defineView, type ViewEvent } from "./view.ts";

const many = 1_000_000;
const names = Array.from({ length: 1_000 }, (_none, at) => `t\n${at}`);

it("holds as many rows as it may, and those that were used last", () => {
  const cache = createRowCache({ viewRowCacheMax: 100, viewRowCacheCharactersMax: many });
  for (const id of names) {
    cache.set(id, { id });
    expect(cache.get("t\n0")).toEqual({ id: "t\n0" });
  }
  const kept = names.filter((name) => cache.get(name) !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(50);
  expect(kept.length).toBeLessThanOrEqual(100);
});

it("holds as much text as it may, however few the rows are", () => {
  const cache = createRowCache({ viewRowCacheMax: many, viewRowCacheCharactersMax: 10_000 });
  for (const name of names) cache.set(name, { list: "x".repeat(1_000) });
  const kept = names.filter((name) => cache.get(name) !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(5);
  expect(kept.length).toBeLessThanOrEqual(10);
  cache.set("huge", { list: "x".repeat(5_001) });
  expect(cache.get("huge")).toBeUndefined();
  expect(cache.get(kept.at(-1) as string)).toBeDefined();
});

it("does not count a row twice that is set again, nor one that is gone", () => {
  const cache = createRowCache({ viewRowCacheMax: many, viewRowCacheCharactersMax: 10_000 });
  cache.set("other", { list: "x" });
  for (let times = 0; times < 1_000; times += 1) {
    cache.set("same", { list: "x".repeat(1_000) });
    cache.set(`gone${times}`, { list: "x".repeat(1_000) });
    cache.set(`gone${times}`, undefined);
    expect(cache.get(`gone${times}`)).toBeUndefined();
  }
  expect(cache.get("other")).toEqual({ list: "x" });
});

it("a row whose subject has ended is written and leaves memory", async () => {
  const table = defineTable({
    name: "things",
    columns: { id: text(), count: integer() },
    key: ["id"],
    isOver: ({ count }) => count === 3,
  });
  const view = defineView({
    name: "things",
    version: 1,
    table,
    list: { filters: [], orders: ["id"] },
    on: { TokenSet: (row, { key }) => ({ id: key, count: (row?.count ?? 0) + 1 }) },
  });
  const cache = createRowCache({ viewRowCacheMax: 10, viewRowCacheCharactersMax: many });
  const asked: string[] = [];
  const store = {
    dialect: "sqlite" as const,
    getMany: async (_table: string, keys: readonly unknown[]) => {
      asked.push(String(keys));
      return keys.map((): ViewRow | undefined => undefined);
    },
    query: async () => [],
  };
  const event = { position: 1, stream: "token-a", key: "a", type: "TokenSet", data: {}, meta: {} };
  const fold = async () => {
    const batch = await foldBatch([event as ViewEvent], { views: [view], store, cache });
    if (!("remember" in batch)) throw batch.cause;
    batch.remember();
    return batch.changes.flatMap(({ put, update }) => [
      ...(put ?? []),
      ...(update ?? []).map(({ row }) => row),
    ]);
  };
  expect(await fold()).toEqual([{ id: "a", count: 1 }]);
  expect(await fold()).toEqual([{ id: "a", count: 2 }]);
  expect(await fold()).toEqual([{ id: "a", count: 3 }]);
  expect(asked).toEqual(["a"]);
  expect(cache.get("things\na")).toBeUndefined();
});
