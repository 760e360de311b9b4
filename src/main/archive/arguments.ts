// What export and import have in common at the command line.
import { resolve } from "node:path";
import type { ArchiveSource, ArchiveTarget } from "#bus";
import {
  createPostgresArchive,
  createSqliteArchive,
  openPostgresArchive,
  openSqliteArchive,
} from "#event-store";
import type { Limits } from "#limits";
import type { DatabaseOptions } from "#postgres";
import { StoreProblem } from "#store-problem";
import { databaseOf, refuseWrongDatabase } from "../nodes/cluster-settings.ts";
import { SettingProblem } from "../setting-problem.ts";
import { type GivenSettings, readSettings } from "../settings.ts";
import type { ArchiveSum } from "./format.ts";

/** Which log, and which file; no file is the terminal's own input or output. */
export interface ArchiveArguments {
  readonly log: LogPlace;
  readonly file: string | undefined;
  /** What is old, and where it goes: of partitions alone. */
  readonly before: string | undefined;
  readonly folder: string | undefined;
  /** What is said without a flag. */
  readonly words: readonly string[];
}

/** Where a log is: in a folder, or in a schema of PostgreSQL. */
export type LogPlace =
  | { readonly at: "folder"; readonly directory: string; readonly limits: Limits }
  | { readonly at: "database"; readonly options: DatabaseOptions };

type Environment = Readonly<Record<string, string | undefined>>;

const ownFlags = ["file", "before", "folder"] as const;
const hint = "--help lists what there is.";

/** Lines of `--help` that say how a log is named. */
export const logHelp = `The log is named as \`npm start\` has it named:
  --data-dir folder            Folder of the embedded database [./motown-data]
  --database postgres://…      A database instead; its password may also stand in PGPASSWORD
  --database-password-file     File with the password
  --database-ca-file           Certificates (PEM) that PostgreSQL's must come from
  --database-schema            Schema of Motown's tables [motown]
These, limits (--limit-event-partition-events …) and --config are settings like the server's: each
is also an environment variable (MOTOWN_DATA_DIR, MOTOWN_DATABASE or MOTOWN_DATABASE_FILE, …) and a
member of motown.config.ts or motown.config.json.
`;

/** Reads them; undefined where help was asked for. */
export async function archiveArguments(
  argv: readonly string[],
  environment: Environment,
): Promise<ArchiveArguments | undefined> {
  if (argv.includes("--help") || argv.includes("-h")) return undefined;
  const given = await readSettings(argv, environment, { hint, flags: ownFlags });
  const own = (name: (typeof ownFlags)[number]) => given.flags[name] as string | undefined;
  return {
    log: placeOf(given),
    ...{ file: own("file"), before: own("before"), folder: own("folder"), words: given.words },
  };
}

function placeOf({ settings, flags }: GivenSettings): LogPlace {
  const { database, dataDir, limits } = settings;
  // A folder that is named at the command line means the embedded database.
  const isFolder = flags.dataDir !== undefined && flags.database === undefined;
  if (isFolder || database === "sqlite") {
    return { at: "folder", directory: resolve(dataDir), limits };
  }
  if (database === "memory") {
    throw new SettingProblem("A log in memory is in no archive, and from none.");
  }
  refuseWrongDatabase(settings);
  return { at: "database", options: databaseOf(settings, quiet) };
}

const say = () => undefined;
/** What goes wrong is thrown, and said once. */
export const quiet = { debug: say, info: say, warn: say, error: say };

/** For whoever has no use for words without a flag, or for flags of partitions. */
export function refuseWords({ words, before, folder }: ArchiveArguments): void {
  const unknown = before === undefined && folder === undefined ? words[0] : "--before and --folder";
  if (unknown === undefined) return;
  throw new SettingProblem(`${unknown}: not understood here. ${hint}`);
}

/** Opens a log for reading. */
export async function openSource(log: LogPlace): Promise<ArchiveSource> {
  return log.at === "folder" ? openSqliteArchive(log.directory) : openPostgresArchive(log.options);
}

/** Makes a new log. */
export async function createTarget(log: LogPlace): Promise<ArchiveTarget> {
  return log.at === "folder"
    ? createSqliteArchive(log.directory)
    : createPostgresArchive(log.options);
}

/** Runs a program of one task; what is wrong is said in plain words. */
export async function runTask(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    const isPlain = error instanceof StoreProblem || error instanceof SettingProblem;
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const words = isPlain || code !== undefined ? message : stack;
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}

/** What went through, in one line. */
export function sumLine({ rows, sha256 }: ArchiveSum, milliseconds: number): string {
  const counts = Object.entries(rows).map(([table, count]) => `${count} ${table}s`);
  return `${counts.join(", ")}, in ${Math.round(milliseconds / 100) / 10} s; SHA-256 ${sha256}`;
}
