import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { systemClock } from "#bus";
import { streams } from "#core";
import { openStores, type Stores } from "#event-store";
import { limitsWith } from "#limits";
import { listeningLog, writtenLog } from "#support/view-story";
import { startViews } from "./hosted-views.ts";

const limitsOfTests = limitsWith({ viewWaitMs: 4_000 });
const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function folder(limits = limitsOfTests) {
  const directory = mkdtempSync(join(tmpdir(), "motown-views-"));
  cleanups.push(() => rmSync(directory, { recursive: true }));
  const log = listeningLog();
  const stores = await openStores({ directory, limits, clock: systemClock, log });
  cleanups.push(() => stores.close());
  const start = () => startViews({ directory, logPath: stores.logPath, limits }, log);
  return { directory, log, stores, start };
}

/** Sets a token and returns the position of that. */
async function setToken(stores: Stores, ref: string): Promise<number> {
  const written = writtenLog();
  written.write(streams.token(ref), "TokenSet", { status: "accepted" });
  const [event] = written.events;
  if (event === undefined) throw new Error("nothing was written");
  const { stream, type, schema, data, meta } = event;
  const append = { stream, expectedVersion: 0, events: [{ type, schema, data, meta }] };
  const result = await stores.events.append({ appends: [append] });
  if (result.status !== "committed") throw new Error(result.status);
  return result.lastPosition;
}

it("views in their own thread follow the log, are rebuilt, and go on after a restart", async () => {
  const { directory, log, stores, start } = await folder();
  const first = start();
  const position = await setToken(stores, "a");
  first.wake(position);
  expect(await first.passed(position)).toBe(true);
  expect(await first.get("tokens", ["a"])).toMatchObject({ status: "accepted" });
  expect(await first.list("tokens", { order: "x" })).toMatchObject({ invalid: "order" });
  const rebuilt = await first.rebuild();
  expect(rebuilt.events).toBe(1);
  expect(readdirSync(directory)).toContain("views-2.sqlite");
  expect(readdirSync(directory)).not.toContain("views.sqlite");
  expect(await first.get("tokens", ["a"])).toMatchObject({ status: "accepted" });
  await first.stop();
  await expect(first.health()).rejects.toThrow("has ended");

  const second = start();
  cleanups.push(() => second.stop());
  expect(await second.passed(await setToken(stores, "b"))).toBe(true);
  expect(await second.health()).toMatchObject({ ok: true, position: 2 });
  expect(await second.list("tokens")).toMatchObject({ items: [{}, {}] });
  await expect(second.list("nothing")).rejects.toThrow("there is no view");
  expect(log.lines).toEqual([]);
});

it("views answer while they catch up and while they are built again", async () => {
  // A batch per event makes a short log a long one.
  const { stores, start } = await folder({ ...limitsOfTests, projectorBatchMax: 1 });
  for (let n = 0; n < 400; n += 1) await setToken(stores, `t${n}`);
  const views = start();
  cleanups.push(() => views.stop());
  expect((await views.health()).position).toBeLessThan(400);
  expect(await views.passed(400)).toBe(true);
  let rebuilding = true;
  const rebuilt = views.rebuild().finally(() => {
    rebuilding = false;
  });
  expect(await views.list("tokens", { limit: 1 })).toMatchObject({ items: [{}] });
  expect(rebuilding).toBe(true);
  expect(await rebuilt).toMatchObject({ events: 400 });
});

it.each([
  ["is no database", 0, 100],
  ["has lost pages", 4_096, 40_960],
])("views whose file %s are built again from the log", async (_how, from, bytes) => {
  const { directory, log, stores, start } = await folder();
  const first = start();
  expect(await first.passed(await setToken(stores, "a"))).toBe(true);
  await first.stop();
  const file = openSync(join(directory, "views.sqlite"), "r+");
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(file);
  const second = start();
  cleanups.push(() => second.stop());
  expect(await second.passed(await stores.events.head())).toBe(true);
  expect(await second.get("tokens", ["a"])).toMatchObject({ status: "accepted" });
  const said = log.lines.filter((line) => JSON.stringify(line).includes("built again"));
  expect(said).toHaveLength(1);
});
