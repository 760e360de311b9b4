// How fast all views are built again from a log of a fleet's real mix:
// `node bench/rebuild.ts [events] [stations] [postgres://…]`. Log and views are files, as in a real
// folder; with an address the views are in that database, in a schema that is gone afterwards.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StreamAppend, systemClock, type ViewStore } from "#bus";
import {
  dropPostgresViews,
  openLogEvents,
  openPostgresViewStore,
  openSqliteViewStore,
  openStores,
} from "#event-store";
import { limitsWith } from "#limits";
import { createProjector, createQueries, views } from "#views";
import { fleetHistory, type Happened } from "./seeded/fleet-history.ts";

const limits = limitsWith({ viewWaitMs: 600_000 });
const eventsPerUnit = 500;
const quiet = { debug: ignore, info: ignore, warn: console.warn, error: console.error };

/** Fills a log, builds all views from it, and says how many events a second that were. */
export async function rebuildBench(wanted: {
  readonly events: number;
  readonly stations: number;
  readonly url?: string | undefined;
}): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "motown-rebuild-"));
  try {
    await fill(directory, wanted);
    await measure(directory, wanted);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function fill(
  directory: string,
  { events, stations }: { events: number; stations: number },
): Promise<void> {
  const stores = await openStores({ directory, limits, clock: systemClock, log: quiet });
  const versions = new Map<string, number>();
  let unit: Happened[] = [];
  let count = 0;
  for (const event of fleetHistory({ stations })) {
    unit.push(event);
    count += 1;
    if (unit.length < eventsPerUnit && count < events) continue;
    const result = await stores.events.append({ appends: appendsOf(unit, versions) });
    if (result.status !== "committed")
      throw new Error(`the log could not be filled: ${result.status}`);
    unit = [];
    if (count === events) break;
  }
  await stores.close();
}

/** Runs of one stream become one append. */
function appendsOf(unit: readonly Happened[], versions: Map<string, number>): StreamAppend[] {
  const appends: {
    stream: string;
    expectedVersion: number;
    events: StreamAppend["events"][number][];
  }[] = [];
  for (const { stream, station: _station, ...event } of unit) {
    const version = versions.get(stream) ?? 0;
    versions.set(stream, version + 1);
    const last = appends.at(-1);
    if (last?.stream === stream) last.events.push({ ...event, schema: 1 });
    else appends.push({ stream, expectedVersion: version, events: [{ ...event, schema: 1 }] });
  }
  return appends;
}

interface BuiltViews {
  readonly store: ViewStore;
  megabytes(): Promise<number>;
  remove(): Promise<void>;
}

async function openViews(directory: string, url: string | undefined): Promise<BuiltViews> {
  if (url === undefined) {
    const path = join(directory, "views.sqlite");
    const store = openSqliteViewStore(path, limits);
    const megabytes = async () => Math.round(statSync(path).size / 1e6);
    return { store, megabytes, remove: () => store.close() };
  }
  const database = { url, schema: "motown_rebuild_bench", limits, log: quiet };
  await dropPostgresViews(database);
  const store = await openPostgresViewStore(database);
  const sql = `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class AS c
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`;
  return {
    store,
    megabytes: async () => {
      const [size] = await store.query({ sql, parameters: [] });
      return Math.round(Number(size?.bytes) / 1e6);
    },
    remove: async () => {
      await store.close();
      await dropPostgresViews(database);
    },
  };
}

async function measure(
  directory: string,
  { events, url }: { readonly events: number; readonly url?: string | undefined },
): Promise<void> {
  const log = openLogEvents(join(directory, "log.sqlite"));
  const built = await openViews(directory, url);
  const { store } = built;
  const projector = createProjector({
    source: log,
    store,
    views: Object.values(views),
    limits,
    clock: systemClock,
    log: quiet,
  });
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  await projector.start();
  const passed = await projector.passed(events);
  const seconds = (performance.now() - startedMs) / 1000;
  const used = process.cpuUsage(cpu);
  if (!passed) throw new Error(`the views stand still: ${JSON.stringify(projector.health())}`);
  const queries = createQueries({ store: projector, views, passed: projector.passed, limits });
  const page = await queries.list("transactions", { limit: 1 });
  console.log(JSON.stringify("items" in page ? page.items[0] : page));
  const rows = await projector.query({
    sql: `select (select count(*) from "transactions") as transactions,
      (select count(*) from "meterSeries") as samples`,
    parameters: [],
  });
  const megabytes = await built.megabytes();
  const cpuSeconds = (used.user + used.system) / 1e6;
  const perSecond = Math.round(events / seconds);
  console.log(
    `${events} events, ${rows[0]?.transactions} transactions, ${rows[0]?.samples} samples: ` +
      `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} CPU s, ` +
      `${perSecond} events/s, ${megabytes} MB`,
  );
  await projector.stop();
  await built.remove();
  log.close();
}

function ignore(): void {
  // What the stores have to say is of no interest here.
}

if (import.meta.main) {
  const [, , events = 1_000_000, stations = 1_000, url] = process.argv;
  await rebuildBench({ events: Number(events), stations: Number(stations), url });
}
