import { existsSync, rmSync, writeFileSync } from "node:fs";
import { StoreProblem } from "#store-problem";

/** A file beside a log that is open. After an orderly stop it is gone, and so is the log's WAL. */
export interface OpenMark {
  set(): void;
  remove(): void;
}

/**
 * SQLite opens a log whose WAL was taken away without a word, and without its last commits. The
 * mark says that there was one: a log that was not closed and has none is not opened.
 */
export function openMarkOf(logPath: string): OpenMark {
  const path = `${logPath}-open`;
  const wal = `${logPath}-wal`;
  if (existsSync(path) && existsSync(logPath) && !existsSync(wal)) {
    throw new StoreProblem(
      "damaged",
      `${wal} is missing: Motown did not stop in order, and its last commits are in that file. ` +
        `Put it back, or restore ${logPath} from a backup. ` +
        `To go on without those commits, delete ${path}.`,
    );
  }
  return {
    set: () => writeFileSync(path, ""),
    remove: () => rmSync(path, { force: true }),
  };
}
