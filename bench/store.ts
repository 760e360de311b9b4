// What an append costs: units of one 300-byte event with a receipt and a fence, by many stations at
// once, on SQLite and, where there is one, on PostgreSQL (BENCH_STORES=sqlite,postgres chooses).
// Usage: node bench/store.ts [concurrency …]; prints units per second, CPU of this process, and how
// long an append takes. BENCH_NODES=3 has as many stores write one log on PostgreSQL, BENCH_EVENTS=
// 1000000 fills that log first, and BENCH_SNAPSHOT=1 has somebody read it for all that time, as a
// dump or an export does.
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArchiveRow, type CommitUnit, type EventStore, systemClock } from "#bus";
import {
  createPostgresArchive,
  createPostgresEventStore,
  openPostgresArchive,
  openStores,
} from "#event-store";
import { limitsWith } from "#limits";
import { testDatabase } from "../test/support/engines/postgres.ts";
import { engineFolder, engines } from "../tools/engines.ts";

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const idPrefix = Number(process.env.BENCH_ID_PREFIX ?? 19);
const data = JSON.stringify({ evseId: 1, samples: "x".repeat(270) });
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** A store under load, by several nodes where it can have them. */
interface Opened {
  readonly nodes: readonly EventStore[];
  /** Events that were there. */
  readonly before?: number;
  close(): Promise<void>;
}

/** One station's events, one after the other, until the deadline; how long each took. */
async function appendUntil(events: EventStore, who: number, deadline: number): Promise<number[]> {
  const times: number[] = [];
  const station = `bench-${who}`;
  const epoch = await events.connect({ station, node: "bench", connectedAt: systemClock.now() });
  let version = 0;
  for (let from = performance.now(); from < deadline; from = performance.now()) {
    const unit = unitOf(station, version, epoch);
    const result = await events.append(unit);
    if (result.status !== "committed") throw new Error(JSON.stringify(result));
    version += 1;
    times.push(performance.now() - from);
  }
  return times;
}

function unitOf(station: string, version: number, epoch: number): CommitUnit {
  const actor = { kind: "station", id: station };
  const meta = JSON.stringify({ recordedAt: "2026-05-04T10:00:00.000Z", actor });
  const events = [{ type: "TransactionMetered", schema: 1, data, meta }];
  const id = receiptId(station, version);
  return {
    station,
    fence: { station, epoch },
    appends: [{ stream: `charging-station/${station}`, expectedVersion: version, events }],
    receipt: { id, answer: "{}", expiresAt: "2027-06-08T10:00:00.000Z" },
  };
}

/** As the gateway makes them: the message's own instant, then a hash. */
function receiptId(station: string, version: number): string {
  const hash = createHash("sha256").update(`${station} ${version}`).digest("hex");
  return `${systemClock.now().slice(0, idPrefix)}-${hash}`;
}

async function openSqlite(): Promise<Opened> {
  const directory = await mkdtemp(join(tmpdir(), "motown-bench-"));
  const stores = await openStores({ directory, limits: limitsWith(), clock: systemClock, log });
  const close = async () => {
    await stores.close();
    await rm(directory, { recursive: true });
  };
  return { nodes: [stores.events], close };
}

/** A log as it is after some weeks: ended transactions, each with its receipts. */
async function fill(url: string, events: number): Promise<void> {
  const target = await createPostgresArchive({ url, limits: limitsWith(), log });
  const meta = JSON.stringify({ recordedAt: "2026-05-04T10:00:00.000Z", actor: {} });
  const page = 2_000;
  for (let from = 0; from < events; from += page) {
    const rows = Array.from({ length: Math.min(page, events - from) }, (_, n): ArchiveRow => {
      const [transaction, version] = [Math.floor((from + n) / 20), ((from + n) % 20) + 1];
      const [stream, station] = [`transaction/${transaction}`, `filled-${transaction % 5_000}`];
      const happened = ["TransactionMetered", 1, data, meta];
      return [from + n + 1, stream, version, station, null, ...happened];
    });
    await target.add("event", rows);
  }
  for (let from = 0; from < events; from += page) {
    const rows = Array.from({ length: Math.min(page, events - from) }, (_, n): ArchiveRow => {
      const at = from + n + 1;
      return [`2026-05-04T${String(at).padStart(12, "0")}`, at, "{}", 1_812_000_000_000];
    });
    await target.add("receipt", rows);
  }
  await target.complete();
}

/** Sees the log as it is now until the result is called: whatever is outdated since then stays. */
async function holdSnapshot(url: string): Promise<() => Promise<void>> {
  const source = await openPostgresArchive({ url, limits: limitsWith(), log });
  return () => source.close();
}

async function openPostgres(): Promise<Opened> {
  const database = await testDatabase({ synced: true });
  const before = Number(process.env.BENCH_EVENTS ?? 0);
  if (before > 0) await fill(database.url, before);
  const nodes: EventStore[] = [];
  for (let at = 0; at < Number(process.env.BENCH_NODES ?? 1); at += 1) {
    const where = { url: database.url, node: `bench-${at}` };
    const options = { ...where, limits: limitsWith(), clock: systemClock, log };
    nodes.push(await createPostgresEventStore(options));
  }
  const isRead = process.env.BENCH_SNAPSHOT !== undefined;
  const letGo = isRead ? await holdSnapshot(database.url) : undefined;
  const close = async () => {
    await letGo?.();
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  };
  return { nodes, close, before };
}

async function measure(name: string, open: () => Promise<Opened>, concurrency: number) {
  const { nodes, close, before = 0 } = await open();
  const started = performance.now();
  const cpu = process.cpuUsage();
  const deadline = started + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: concurrency }, (_, who) =>
      appendUntil(nodes[who % nodes.length] as EventStore, who, deadline),
    ),
  );
  const took = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const times = counts.flat().sort((a, b) => a - b);
  const units = times.length;
  const microseconds = ((used.user + used.system) / units).toFixed(1);
  const perSecond = Math.round(units / took).toLocaleString("en");
  const [p50, p99] = [0.5, 0.99].map((part) => times[Math.floor(units * part)]?.toFixed(1));
  const who = `${name}, ${concurrency} appenders on ${nodes.length} node(s)`;
  console.log(
    `${who}: ${perSecond} units/s, ${microseconds} µs CPU each, p50 ${p50} ms, p99 ${p99} ms`,
  );
  const kept = await nodes[0]?.head();
  if (kept !== before + units) throw new Error(`${units} acknowledged, ${kept} in the log`);
  await close();
}

const asked = process.argv.slice(2).map(Number);
const concurrencies = asked.length > 0 ? asked : [50, 200];
const isThere =
  process.env[engines.postgres.variable] !== undefined || engineFolder(engines.postgres);
const wanted = process.env.BENCH_STORES ?? (isThere ? "sqlite,postgres" : "sqlite");
for (const concurrency of concurrencies) {
  if (wanted.includes("sqlite")) await measure("SQLite", openSqlite, concurrency);
  if (wanted.includes("postgres")) await measure("PostgreSQL", openPostgres, concurrency);
}
