// npx motown partitions: old events of PostgreSQL leave the log for files, and come back.
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type EventPartition,
  eventPartitionsOf,
  type LeavingKind,
  oldPartitions,
  openLeavingPart,
  openReturningPart,
  positionAt,
} from "#event-store";
import type { DatabaseOptions } from "#postgres";
import { SettingProblem } from "../setting-problem.ts";
import { type ArchiveArguments, archiveArguments, logHelp, runTask, sumLine } from "./arguments.ts";
import { readArchive } from "./format.ts";
import { inputOf, linesOf } from "./lines.ts";
import { progressOn } from "./progress.ts";
import { writeTo } from "./write-to.ts";

const usage = `Usage: npx motown partitions --database postgres://…
       npx motown partitions archive --before 2026-01-01 --folder archive --database postgres://…
       npx motown partitions attach --file archive/events-1-10000001.jsonl --database postgres://…

Lists the partitions of the log's events; takes old events out of it; brings them back. Nodes may
run meanwhile. Of partitions whose events are all older than --before (a day, or a position), those
of ended transactions and of the audit leave. Everything that still decides something stays. Each
partition is written to a file, read again, and then let go: its table stays, too, beside the log,
under another name, until you drop it. What has left is in no list and no view that is built anew.

${logHelp}`;

/** A late word about a transaction that has left could not be answered: choose a day long ago. */
const kinds: readonly LeavingKind[] = [
  {
    prefix: "transaction/",
    endedBy: ["TransactionStopped", "TransactionEndEstimated", "TransactionEndCorrected"],
  },
  { prefix: "audit/" },
];

await runTask(async () => {
  const given = await archiveArguments(process.argv.slice(2), process.env);
  if (given === undefined) {
    process.stdout.write(usage);
    return;
  }
  if (given.log.at === "folder") {
    throw new SettingProblem("Partitions are of PostgreSQL: name it with --database.");
  }
  const { options } = given.log;
  const [what = "list", ...more] = given.words;
  if (more.length > 0) throw new SettingProblem(`${more[0]}: not understood. See --help.`);
  switch (what) {
    case "list":
      return await list(options);
    case "archive":
      return await archive(options, given);
    case "attach":
      return await attach(options, given.file);
    default:
      throw new SettingProblem(`${what}: there are list, archive and attach. See --help.`);
  }
});

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function list(options: DatabaseOptions): Promise<void> {
  for (const { table, from, to, megabytes } of await eventPartitionsOf(options)) {
    process.stdout.write(`${table}: events ${from} to ${to - 1}, ${megabytes} MB\n`);
  }
}

async function archive(
  options: DatabaseOptions,
  { before: boundary, folder }: ArchiveArguments,
): Promise<void> {
  if (boundary === undefined || folder === undefined) {
    throw new SettingProblem("Say what is old and where it goes: --before and --folder.");
  }
  const before = await positionOf(options, boundary);
  const old = await oldPartitions(options, before);
  if (old.length === 0) say(`No partition lies wholly before ${boundary}: nothing to do.`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const partition of old) {
    const name = `events-${partition.from}-${partition.to}-before-${before}.jsonl`;
    await archiveOne(options, { partition, before, file: join(folder, name) });
  }
}

async function archiveOne(
  options: DatabaseOptions,
  given: { readonly partition: EventPartition; readonly before: number; readonly file: string },
): Promise<void> {
  const { partition, before, file } = given;
  const startedMs = performance.now();
  // Has its name once it is whole and the log has let its events go.
  const half = `${file}.half`;
  await rm(half, { force: true });
  const part = await openLeavingPart(options, partition, { kinds, before });
  try {
    const sum = await writeTo(half, part, progressOn(`archived ${partition.table}:`));
    if (sum.rows.event === 0) {
      await rm(half);
      return say(`${partition.table}: nothing in it leaves any more.`);
    }
    await readAgain(half);
    const table = await part.letGo();
    await rename(half, file);
    say(`${file}: ${sumLine(sum, performance.now() - startedMs)}.`);
    say(`The table ${table} has the whole partition still: drop it once the file is safe.`);
  } finally {
    await part.close();
  }
}

/** A day, an instant, or a position. */
async function positionOf(options: DatabaseOptions, boundary: string): Promise<number> {
  if (/^\d+$/.test(boundary)) return Number(boundary);
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(boundary) ? `${boundary}T00:00:00.000Z` : boundary;
  if (Number.isNaN(Date.parse(instant))) {
    throw new SettingProblem(`--before ${boundary} is neither a day nor a position.`);
  }
  return positionAt(options, new Date(instant).toISOString());
}

/** What is on the disk is what was written, or it is said. */
async function readAgain(file: string): Promise<void> {
  const nowhere = {
    wants: "part" as const,
    add: async () => undefined,
    complete: async () => undefined,
    abandon: async () => undefined,
  };
  await readArchive(linesOf(await inputOf(file)), nowhere, () => undefined);
}

async function attach(options: DatabaseOptions, file: string | undefined): Promise<void> {
  const startedMs = performance.now();
  const input = await inputOf(file);
  const target = await openReturningPart(options);
  const sum = await readArchive(linesOf(input), target, progressOn("attached"));
  say(`Back in the log: ${sumLine(sum, performance.now() - startedMs)}.`);
}
