// npm run syncs -- [--stations 50] [--seconds 5]: shows that each commit of the log is synced
// before the next one is written. By hand: needs Linux and the Debian package strace.
// A commit is seen in the file itself: it ends with a frame of the WAL whose header (24 bytes:
// page, size of the database after it, …) names a size; frames inside a commit name 0.
import { spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { prepareFleet } from "../../bench/fleet.ts";
import { type LoadResult, runLoad } from "../../bench/load.ts";
import { type Server, startServer } from "../../bench/process/server.ts";

interface SyncCounts {
  commits: number;
  /** Of the log's WAL. */
  syncs: number;
  /** Commits that were followed by another one before a sync. */
  notSynced: number;
  /** Of the whole server; what is not the log may lose its last second in a power cut. */
  readonly syncsByFile: Record<string, number>;
  readonly commitsByFile: Record<string, number>;
}

const logFile = "log.sqlite-wal";
const frameHeaderBytes = 24;
const call = /\b(fsync|fdatasync|pwrite64)\(\d+<([^>]*)>(?:, "((?:\\x[0-9a-f]{2})*)"\S*, (\d+))?/;

/** Reads what strace wrote (-f -y -xx): one line per call, of all threads, in order. */
export async function countSyncs(lines: AsyncIterable<string>): Promise<SyncCounts> {
  const counts: SyncCounts = {
    ...{ commits: 0, syncs: 0, notSynced: 0 },
    ...{ syncsByFile: {}, commitsByFile: {} },
  };
  let open = false;
  for await (const line of lines) {
    const [, name, hexFile = "", bytes = "", length] = call.exec(line) ?? [];
    if (name === undefined) continue;
    const file = textOf(hexFile);
    const short = file.split("/").at(-1) ?? file;
    if (name !== "pwrite64") {
      add(counts.syncsByFile, short);
      if (short !== logFile) continue;
      counts.syncs += 1;
      open = false;
    } else if (Number(length) === frameHeaderBytes && endsCommit(bytes)) {
      add(counts.commitsByFile, short);
      if (short !== logFile) continue;
      counts.commits += 1;
      if (open) counts.notSynced += 1;
      open = true;
    }
  }
  return counts;
}

function add(counts: Record<string, number>, file: string): void {
  counts[file] = (counts[file] ?? 0) + 1;
}

/** With -xx, strace writes names of files in hexadecimal, too. */
function textOf(name: string): string {
  return name.replace(/\\x([0-9a-f]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function endsCommit(bytes: string): boolean {
  return /[1-9a-f]/.test(bytes.replaceAll("\\x", "").slice(8, 16));
}

function mustHaveStrace(): void {
  if (spawnSync("strace", ["--version"]).status === 0) return;
  throw new Error("strace is missing: apt-get install strace");
}

/** The server itself: strace keeps signals from the program that it runs. */
function serverUnder(strace: Server): number {
  return Number(readFileSync(`/proc/${strace.pid}/task/${strace.pid}/children`, "utf8").trim());
}

async function trace(file: string, stations: number, seconds: number): Promise<LoadResult> {
  const under = ["strace", "-f", "-y", "-xx", "-s", "8", "--seccomp-bpf", "-o", file];
  const server = await startServer({
    under: [...under, "-e", "trace=fsync,fdatasync,pwrite64"],
  });
  try {
    await prepareFleet(server, stations);
    return await runLoad({ url: server.stationUrl, stations, seconds });
  } finally {
    process.kill(serverUnder(server), "SIGTERM");
    await server.exit;
    await server.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stations: { type: "string", default: "50" },
      seconds: { type: "string", default: "5" },
    },
  });
  mustHaveStrace();
  const folder = mkdtempSync(join(tmpdir(), "motown-syncs-"));
  try {
    const file = join(folder, "calls");
    const load = await trace(file, Number(values.stations), Number(values.seconds));
    const counts = await countSyncs(createInterface({ input: createReadStream(file) }));
    const { outcomes, callsPerSecond } = load;
    process.stdout.write(`${JSON.stringify({ ...counts, outcomes, callsPerSecond }, null, 1)}\n`);
    if (counts.commits === 0 || counts.notSynced > 0 || counts.syncs < counts.commits) {
      process.stderr.write("not every commit of the log was synced\n");
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) await main();
