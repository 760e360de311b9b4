// How long a log takes to move between SQLite and PostgreSQL, and whether it is the same log then:
// `node bench/archive.ts [--events 1000000] [--stations 1000]`. The commands are those an operator
// runs; PostgreSQL syncs as in earnest (MOTOWN_TEST_POSTGRES names one that runs already).
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "#bus";
import { openStores } from "#event-store";
import { limitsWith } from "#limits";
import { type TestDatabase, testDatabase } from "../test/support/engines/postgres.ts";
import { livesFrom, type ProcessLife } from "./process/process-sample.ts";
import { fleetHistory, type Happened } from "./seeded/fleet-history.ts";
import { LogFiller } from "./seeded/log-file-filler.ts";
import { table } from "./table.ts";
import { rounded } from "./tally.ts";

/** One step, as the commands told it. */
interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Of its commands; PostgreSQL's is beside it. */
  readonly cpuSeconds: number;
  /** The most that its commands had in memory. */
  readonly peakMb: number;
  readonly sha256: string;
}

const motown = join(import.meta.dirname, "../src/cli/main.ts");
const tokens = 5_000;
const sampleEveryMs = 100;
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: console.warn, error: console.error };

async function build(directory: string, size: { events: number; stations: number }) {
  const stores = await openStores({ directory, limits: limitsWith(), clock: systemClock, log });
  const connectedAt = systemClock.now();
  for (let n = 0; n < size.stations; n += 1) {
    const station = `station-${String(n).padStart(5, "0")}`;
    await stores.events.connect({ station, node: "bench", connectedAt });
  }
  const vault = Array.from({ length: tokens }, (_none, n) => {
    return { ref: `token-${n}`, lookup: `lookup-${n}`, sealed: "sealed ".repeat(12) };
  });
  await stores.events.append({ appends: [], vault });
  await stores.events.saveCheckpoint({ consumer: "authorization", position: 0 });
  await stores.close();
  const filler = new LogFiller(directory);
  filler.addAll(firstOf(fleetHistory({ stations: size.stations }), size.events));
  filler.end();
}

function* firstOf(history: Generator<Happened>, count: number): Generator<Happened> {
  let left = count;
  for (const event of history) {
    if (left === 0) return;
    left -= 1;
    yield event;
  }
}

/** Runs `motown` with these words, one behind the other; all of them must name the same sum. */
async function run(step: string, ...commands: readonly (readonly string[])[]): Promise<Step> {
  process.stderr.write(`${step}\n`);
  const command = commands
    .map((words) => [process.execPath, motown, ...words].map((word) => `'${word}'`).join(" "))
    .join(" | ");
  const startedMs = performance.now();
  const line = `${command} > /dev/null`;
  const child = spawn("bash", ["-o", "pipefail", "-c", line], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  // Of the shell and what it runs, as each was when it was last seen.
  const lives = new Map<number, ProcessLife>();
  const sampling = setInterval(() => {
    for (const [pid, life] of livesFrom(child.pid ?? 0)) lives.set(pid, life);
  }, sampleEveryMs);
  const said = await saidBy(child).finally(() => clearInterval(sampling));
  const seconds = (performance.now() - startedMs) / 1000;
  const sums = [...said.matchAll(/(?:Ex|Im)ported (.*), in .*; SHA-256 ([0-9a-f]{64})/g)];
  if (sums.length !== commands.length || new Set(sums.map(([, , sum]) => sum)).size !== 1) {
    throw new Error(`${step}: ${said}`);
  }
  const counts = [...(sums[0]?.[1] ?? "").matchAll(/\d+/g)].map(Number);
  return {
    step,
    seconds: rounded(seconds, 1),
    rowsPerSecond: Math.round(counts.reduce((a, b) => a + b, 0) / seconds),
    cpuSeconds: rounded(sumOf(lives, "cpuSeconds"), 1),
    peakMb: Math.round(sumOf(lives, "peakKb") / 1024),
    sha256: sums[0]?.[2] ?? "",
  };
}

async function saidBy(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.on("data", (part) => {
    said += part;
    process.stderr.write(part);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`motown ended with code ${code}: ${said}`);
  return said;
}

const sumOf = (lives: ReadonlyMap<number, ProcessLife>, what: keyof ProcessLife): number =>
  [...lives.values()].reduce((sum, { [what]: some }) => sum + some, 0);

async function megabytesIn(database: TestDatabase): Promise<number> {
  const [row] = await database.query("SELECT pg_database_size(current_database()) AS bytes");
  return Math.round(Number(row?.bytes) / 1e6);
}

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    stations: { type: "string", default: "1000" },
  },
});
const size = { events: Number(values.events), stations: Number(values.stations) };
const folder = mkdtempSync(join(tmpdir(), "motown-archive-"));
const database = await testDatabase({ synced: true });
try {
  const [from, back] = [join(folder, "from"), join(folder, "back")];
  mkdirSync(from);
  process.stderr.write("building the log\n");
  await build(from, size);
  const url = new URL(database.url);
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, decodeURIComponent(url.password), { mode: 0o600 });
  url.password = "";
  const inDatabase = ["--database", url.href, "--database-password-file", passwordFile];
  const steps = [
    await run("SQLite", ["export", "--data-dir", from]),
    await run("SQLite to PostgreSQL", ["export", "--data-dir", from], ["import", ...inDatabase]),
    await run("PostgreSQL", ["export", ...inDatabase]),
    await run("PostgreSQL to SQLite", ["export", ...inDatabase], ["import", "--data-dir", back]),
    await run("SQLite again", ["export", "--data-dir", back]),
  ];
  const megabytes = {
    sqlite: Math.round(statSync(join(from, "log.sqlite")).size / 1e6),
    postgres: await megabytesIn(database),
  };
  const isEqual = new Set(steps.map(({ sha256 }) => sha256)).size === 1;
  process.stdout.write(`${JSON.stringify({ ...size, megabytes, isEqual, steps }, null, 1)}\n\n`);
  const rows = steps.map(({ sha256, ...step }) => ({ ...step, sha256: sha256.slice(0, 12) }));
  process.stdout.write(`${table(rows)}\n`);
  if (!isEqual) {
    process.stderr.write("the checksums differ\n");
    process.exitCode = 1;
  }
} finally {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}
