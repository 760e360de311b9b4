import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreProblem } from "#store-problem";
import { makeDirectory } from "./make-directory.ts";
import { opening } from "./sqlite-errors.ts";

/** Holds a data directory for this process; the system lets go when the process dies, however. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Locks a data directory, and creates it where it is missing. The lock is SQLite's own on a
 * database that holds nothing: unlike a file with a pid it cannot outlive a killed process.
 */
export function lockDirectory(directory: string): DirectoryLock {
  makeDirectory(directory);
  const pidFile = join(directory, "motown.pid");
  const file = join(directory, "lock.sqlite");
  const database = opening(file, () => new DatabaseSync(file, { timeout: 0 }));
  try {
    opening(file, () => database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"));
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new StoreProblem("locked", inUse(directory, pidFile));
  }
  return { release: () => database.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}

function inUse(directory: string, pidFile: string): string {
  const wayOn = "End that process, or choose another folder with --data-dir.";
  return `The data directory ${directory} is in use by pid ${pidIn(pidFile)}. ${wayOn}`;
}

function pidIn(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8").trim();
  } catch {
    // The other process has the lock and is about to write its pid.
    return "unknown (it is starting)";
  }
}
