// What a network leaves on PostgreSQL: bytes of an event, a receipt and a frame, with all indexes,
// and what a node pays for reading an event that another one has committed.
// Usage: node bench/sizes/storage.ts [events] [stations]
import { createHash, randomUUID } from "node:crypto";
import { type CommitUnit, type EventStore, systemClock } from "#bus";
import { createPostgresEventStore, openPostgresFrameLog } from "#event-store";
import { limitsWith } from "#limits";
import { type TestDatabase, testDatabase } from "../../test/support/engines/postgres.ts";
import { callOf } from "../calls.ts";
import { fleetHistory, type Happened } from "../seeded/fleet-history.ts";

/** Meter values of a session, as in the assumptions of docs/scaling.md. */
const metersOfSession = 90;
const receiptDays = 400;
const frames = 20_000;
const framesAtOnce = 2_000;
/** Appends in flight: a batch takes one unit of a station. */
const appendersMax = 500;
/** 15,000 stations in the 64 parts of a ping's interval. */
const rowsOfTurn = 234;
const signsMs = 4_000;
const limits = limitsWith();
const silent = () => {};
const log = { debug: silent, info: silent, warn: console.warn, error: console.error };

const [, , events = "100000", stations = "1000"] = process.argv;
const database = await testDatabase({ synced: true });
try {
  await measure({ database, events: Number(events), stations: Number(stations) });
} finally {
  await database.drop();
}

async function measure(given: {
  readonly database: TestDatabase;
  readonly events: number;
  readonly stations: number;
}): Promise<void> {
  const { url } = given.database;
  const where = { url, node: "bench", limits, clock: systemClock, log };
  const store = await createPostgresEventStore(where);
  const count = await fill(store, given);
  await given.database.query("VACUUM ANALYZE");
  await say(given.database, {
    what: "events with their streams",
    of: ["events", "streams"],
    count,
  });
  const [{ receipts = 0 } = {}] = await given.database.query(
    "SELECT count(*)::int AS receipts FROM motown.receipts",
  );
  const receiptCount = Number(receipts);
  await say(given.database, { what: "receipts", of: ["receipts"], count: receiptCount });
  await read(store);
  await showLife(store, where.node);
  await store.close();
  const frameLog = await openPostgresFrameLog(where);
  for (let at = 0; at < frames; at += 1) {
    frameLog.add(frameOf(at));
    if (at % framesAtOnce === 0) await frameLog.flush();
  }
  await frameLog.flush();
  if (frameLog.dropped() > 0) throw new Error(`${frameLog.dropped()} frames were dropped`);
  await frameLog.close();
  await say(given.database, { what: "frames", of: ["frames"], count: frames });
}

/** Appends a history, an event at a time as its message brought it, many stations at once. */
async function fill(
  store: EventStore,
  shape: { readonly events: number; readonly stations: number },
): Promise<number> {
  const versions = new Map<string, number>();
  let waiting: CommitUnit[] = [];
  let count = 0;
  for (const event of fleetHistory({ ...shape, metersOf: () => metersOfSession })) {
    waiting.push(unitOf(event, versions, count));
    count += 1;
    if (waiting.length < appendersMax && count < shape.events) continue;
    for (const result of await Promise.all(waiting.map((unit) => store.append(unit)))) {
      if (result.status !== "committed") throw new Error(JSON.stringify(result));
    }
    waiting = [];
    if (count === shape.events) break;
  }
  return count;
}

function unitOf(event: Happened, versions: Map<string, number>, at: number): CommitUnit {
  const { stream, station, type, data, meta } = event;
  const expectedVersion = versions.get(stream) ?? 0;
  versions.set(stream, expectedVersion + 1);
  const events = [{ type, schema: 1, data, meta }];
  const unit = { station, appends: [{ stream, expectedVersion, events }] };
  // As the gateway does: what a station says of a transaction has a receipt.
  if (!stream.startsWith("transaction/")) return unit;
  const { recordedAt } = JSON.parse(meta) as { recordedAt: string };
  const digest = createHash("sha256").update(`${at}`).digest("hex");
  const expiresAt = new Date(Date.now() + receiptDays * 86_400_000).toISOString();
  const id = `${recordedAt.slice(0, 19)}-${digest}`;
  return { ...unit, receipt: { id, answer: "{}", expiresAt } };
}

function frameOf(at: number) {
  const speaker = { stationId: `bench-${at % 1000}`, uid: "BENCH", energyWh: at };
  const [action, payload] = callOf("meter", { ...speaker, transactionId: 4_711 });
  const messageId = randomUUID();
  return {
    station: speaker.stationId,
    at: systemClock.now(),
    direction: "fromStation" as const,
    protocol: "ocpp1.6",
    action,
    messageId,
    call: JSON.stringify([2, messageId, action, payload]),
    answer: JSON.stringify([3, messageId, {}]),
    tookMs: 4.2,
    correlationId: randomUUID(),
  };
}

/** Tables by the start of their names: partitions are tables of their own. */
async function say(
  { query }: TestDatabase,
  given: { readonly what: string; readonly of: readonly string[]; readonly count: number },
): Promise<void> {
  const [row] = await query(
    `SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'motown'::regnamespace
      AND relname LIKE ANY ($1::text[])`,
    [given.of.map((name) => `${name}%`)],
  );
  const bytes = Math.round(Number(row?.bytes) / given.count);
  console.log(`${given.count} ${given.what}: ${bytes} bytes each`);
}

/** What the wheel of pings does: rows of stations whose sockets are alive, turn after turn. */
async function showLife(store: EventStore, node: string): Promise<void> {
  const connect = async (at: number) => {
    const station = `bench-${at}`;
    const connectedAt = systemClock.now();
    return { station, epoch: await store.connect({ station, node, connectedAt }) };
  };
  const rows = await Promise.all(Array.from({ length: rowsOfTurn }, (_none, at) => connect(at)));
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < signsMs) {
    const at = systemClock.now();
    await store.seen(rows.map((row) => ({ ...row, at })));
    count += rows.length;
  }
  const perSecond = Math.round((1000 * count) / (performance.now() - started));
  console.log(`${count} signs of life, ${rowsOfTurn} at once: ${perSecond} rows/s`);
}

/** What the tail of another node does: page after page, each event taken apart. */
async function read(store: EventStore): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  let count = 0;
  let after = 0;
  for (;;) {
    const page = await store.readAll({ after, limit: limits.tailPageEvents });
    for (const event of page) JSON.parse(event.data);
    count += page.length;
    after = page.at(-1)?.position ?? after;
    if (page.length < limits.tailPageEvents) break;
  }
  const used = process.cpuUsage(cpu);
  const each = ((used.user + used.system) / count).toFixed(1);
  const perSecond = Math.round((1000 * count) / (performance.now() - started));
  console.log(`${count} events read by another node: ${each} µs CPU each, ${perSecond} events/s`);
}
