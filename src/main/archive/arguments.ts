// What export and import have in common at the command line.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ArchiveSource, ArchiveTarget } from "#bus";
import {
  createPostgresArchive,
  createSqliteArchive,
  openPostgresArchive,
  openSqliteArchive,
} from "#event-store";
import { limitsWith } from "#limits";
import type { DatabaseOptions } from "#postgres";
import { StoreProblem } from "#store-problem";
import { SettingProblem } from "../setting-problem.ts";
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
  | { readonly at: "folder"; readonly directory: string }
  | { readonly at: "database"; readonly options: DatabaseOptions };

type Environment = Readonly<Record<string, string | undefined>>;

/** Flags as `npm start` has them, each with its variable. */
const settings = {
  "data-dir": "MOTOWN_DATA_DIR",
  database: "MOTOWN_DATABASE",
  "database-password-file": "MOTOWN_DATABASE_PASSWORD_FILE",
  "database-ca-file": "MOTOWN_DATABASE_CA_FILE",
  "database-schema": "MOTOWN_DATABASE_SCHEMA",
} as const;

type Flag = keyof typeof settings | "file" | "before" | "folder";
type Given = Readonly<Partial<Record<Flag, string>>> & { readonly words: readonly string[] };

/** Lines of `--help` that say how a log is named. */
export const logHelp = `The log is named as \`npm start\` has it named:
  --data-dir folder            Folder of the embedded database [./motown-data]
  --database postgres://…      A database instead; its password may also stand in PGPASSWORD
  --database-password-file     File with the password
  --database-ca-file           Certificates (PEM) that PostgreSQL's must come from
  --database-schema            Schema of Motown's tables [motown]
Each is also an environment variable (MOTOWN_DATA_DIR, MOTOWN_DATABASE or MOTOWN_DATABASE_FILE, …).
`;

/** Reads them; undefined where help was asked for. */
export function archiveArguments(
  argv: readonly string[],
  environment: Environment,
): ArchiveArguments | undefined {
  const given = flagsOf(argv);
  if (given === undefined) return undefined;
  const named = (flag: keyof typeof settings): string | undefined =>
    given[flag] ?? (environment[settings[flag]] || undefined);
  const database = given.database ?? secretOf(environment, settings.database);
  // A folder that is named at the command line means the embedded database.
  const isFolder = database === undefined || database === "sqlite";
  const log: LogPlace =
    isFolder || (given["data-dir"] !== undefined && given.database === undefined)
      ? { at: "folder", directory: resolve(named("data-dir") ?? "./motown-data") }
      : { at: "database", options: databaseOf(database, named) };
  const { file, before, folder, words } = given;
  return { log, file, before, folder, words };
}

function flagsOf(argv: readonly string[]): Given | undefined {
  const flags = [...Object.keys(settings), "file", "before", "folder"];
  const texts = flags.map((flag) => [flag, { type: "string" as const }] as const);
  const help = { type: "boolean", short: "h" } as const;
  try {
    const options = { ...Object.fromEntries(texts), help };
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
    const { help: isAsked, ...values } = parsed.values as Record<string, string | boolean>;
    const given = values as Partial<Record<Flag, string>>;
    return isAsked === true ? undefined : { ...given, words: parsed.positionals };
  } catch (error) {
    const [problem] = (error as Error).message.split(". To specify");
    throw new SettingProblem(`${problem}. --help lists what there is.`);
  }
}

/** For whoever has no use for words without a flag, or for flags of partitions. */
export function refuseWords({ words, before, folder }: ArchiveArguments): void {
  const unknown = before === undefined && folder === undefined ? words[0] : "--before and --folder";
  if (unknown === undefined) return;
  throw new SettingProblem(`${unknown}: not understood here. --help lists what there is.`);
}

function secretOf(environment: Environment, variable: string): string | undefined {
  const path = environment[`${variable}_FILE`];
  if (path === undefined || path === "") return environment[variable] || undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    throw new SettingProblem(`${variable}_FILE names ${path}, which cannot be read.`);
  }
}

function databaseOf(
  url: string,
  named: (flag: keyof typeof settings) => string | undefined,
): DatabaseOptions {
  if (url === "memory")
    throw new SettingProblem("A log in memory is in no archive, and from none.");
  const quiet = () => undefined;
  return {
    url,
    passwordFile: named("database-password-file"),
    trustedCertificatesFile: named("database-ca-file"),
    schema: named("database-schema"),
    limits: limitsWith(),
    // What goes wrong is thrown, and said once.
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
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
