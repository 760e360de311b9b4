import { StoreProblem, type StoreProblemCode } from "#store-problem";

/** The log's file in a data directory. */
export const logName = "log.sqlite";

interface Meaning {
  readonly code: StoreProblemCode;
  readonly reason: string;
  readonly wayOn: string;
}

const unwritable = {
  code: "unwritable",
  wayOn: "Give this user the right to write there, or choose another folder with --data-dir.",
} as const;
const damaged = {
  code: "damaged",
  reason: "the file is damaged or no database",
  wayOn: "Restore it from a backup.",
} as const;
/** Files whose loss is none of what was acknowledged. */
const besideLog = "Delete it, with its -wal and -shm: the log is not in it, and a new one is made.";

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const meanings: Readonly<Record<number, Meaning>> = {
  5: {
    code: "locked",
    reason: "another program holds the database",
    wayOn: "End the other program, or choose another folder with --data-dir.",
  },
  8: { ...unwritable, reason: "the data directory is read-only" },
  10: {
    code: "unopenable",
    reason: "the disk reports an input/output error",
    wayOn: "Look at the disk (dmesg, smartctl); Motown goes on by itself when it works again.",
  },
  11: damaged,
  13: {
    code: "diskFull",
    reason: "disk full",
    wayOn: "Free some space, or choose another folder with --data-dir.",
  },
  14: { ...unwritable, reason: "the file cannot be opened or created" },
  26: damaged,
};

/** Codes of failed system calls, in the same words. */
const systemMeanings: Readonly<Record<string, Meaning>> = {
  EACCES: { ...unwritable, reason: "permission denied" },
  EPERM: { ...unwritable, reason: "permission denied" },
  EROFS: { ...unwritable, reason: "the file system is read-only" },
  ENOTDIR: { ...unwritable, reason: "a part of its path is a file" },
  EEXIST: { ...unwritable, reason: "it is a file" },
  ENOENT: { ...unwritable, reason: "it cannot be created" },
  ENOSPC: meanings[13] as Meaning,
};

function meaningOf(error: unknown): Meaning | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errcode, code } = error as Error & { errcode?: number; code?: string };
  if (errcode !== undefined) return meanings[errcode & 0xff];
  return code === undefined ? undefined : systemMeanings[code];
}

/** Too big, mismatch, constraint, out of range: what was written is at fault, not the disk. */
const codesOfUnits: ReadonlySet<number> = new Set([18, 19, 20, 25]);

/**
 * Whether an error speaks of what was to be written: SQLite has refused a value, or the driver
 * could not even hand it over. In doubt it is the store, and nothing is given up.
 */
export function isOfUnit(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode, code } = error as Error & { errcode?: number; code?: string };
  if (errcode !== undefined) return codesOfUnits.has(errcode & 0xff);
  return code === "ERR_INVALID_ARG_TYPE" || code === "ERR_INVALID_ARG_VALUE";
}

/** Why something could not be written, in words an operator can use. */
export function reasonOf(error: unknown): string {
  const meaning = meaningOf(error);
  if (meaning !== undefined) return meaning.reason;
  return error instanceof Error ? error.message : String(error);
}

/** Opens a file; what goes wrong names it. */
export function opening<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error && !(error instanceof StoreProblem)) Object.assign(error, { file });
    throw error;
  }
}

/** Whether a file is no database, or not a whole one. */
export function isDamaged(error: unknown): boolean {
  return meaningOf(error)?.code === "damaged";
}

/** The same for a store that cannot be opened, with the way on. */
export function openProblem(directory: string, error: unknown): StoreProblem {
  if (error instanceof StoreProblem) return error;
  const meaning = meaningOf(error);
  const { file } = error as { readonly file?: string };
  const what = file ?? `The data directory ${directory}`;
  const start = `${what} cannot be used: ${reasonOf(error)}.`;
  if (meaning === undefined) return new StoreProblem("unopenable", start);
  const isBeside = meaning.code === "damaged" && file !== undefined && !file.endsWith(logName);
  return new StoreProblem(meaning.code, `${start} ${isBeside ? besideLog : meaning.wayOn}`);
}
