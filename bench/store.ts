// What an append costs: units of one 300-byte event with a receipt and a fence, by many stations at
// once. Usage: node bench/store.ts [concurrency …]; prints units per second, CPU of all threads.
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommitUnit, type EventStore, systemClock } from "#bus";
import { openStores } from "#event-store";
import { limitsWith } from "#limits";

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const idPrefix = Number(process.env.BENCH_ID_PREFIX ?? 19);
const data = JSON.stringify({ evseId: 1, samples: "x".repeat(270) });
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** One station's events, one after the other, until the deadline; how many there were. */
async function appendUntil(events: EventStore, who: number, deadline: number): Promise<number> {
  const station = `bench-${who}`;
  const epoch = await events.connect({ station, node: "bench", connectedAt: systemClock.now() });
  let version = 0;
  while (performance.now() < deadline) {
    const unit = unitOf(station, version, epoch);
    const result = await events.append(unit);
    if (result.status !== "committed") throw new Error(JSON.stringify(result));
    version += 1;
  }
  return version;
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

async function measure(concurrency: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "motown-bench-"));
  const stores = await openStores({ directory, limits: limitsWith(), clock: systemClock, log });
  const started = performance.now();
  const cpu = process.cpuUsage();
  const deadline = started + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: concurrency }, (_, who) => appendUntil(stores.events, who, deadline)),
  );
  const took = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const units = counts.reduce((sum, count) => sum + count, 0);
  const microseconds = (used.user + used.system) / units;
  const perSecond = Math.round(units / took).toLocaleString("en");
  const kept = await stores.events.head();
  console.log(
    `${concurrency} appenders: ${perSecond} units/s, ${microseconds.toFixed(1)} µs CPU each`,
  );
  if (kept !== units) throw new Error(`${units} acknowledged, ${kept} in the log`);
  await stores.close();
  await rm(directory, { recursive: true });
}

const asked = process.argv.slice(2).map(Number);
for (const concurrency of asked.length > 0 ? asked : [50, 200]) await measure(concurrency);
