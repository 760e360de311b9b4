import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** An event as it lies in the log's file. */
export interface LoggedEvent {
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads the log beside its writer, or after its end: what counts is what is in the file. */
export function openLogFile(dataDir: string): DatabaseSync {
  return new DatabaseSync(join(dataDir, "log.sqlite"), { readOnly: true });
}

/** How many events of a type the log holds. */
export function countEvents(dataDir: string, type: string): number {
  const log = openLogFile(dataDir);
  try {
    const row = log.prepare("SELECT count(*) AS count FROM events WHERE type = ?").get(type);
    return Number(row?.count);
  } finally {
    log.close();
  }
}

/** All events of some types after a position, in order. */
export function readEvents(dataDir: string, types: readonly string[], after = 0): LoggedEvent[] {
  const log = openLogFile(dataDir);
  try {
    const places = types.map(() => "?").join(", ");
    const rows = log
      .prepare(
        `SELECT position, name AS stream, type, data FROM events
          JOIN streams ON streams.id = events.stream
          WHERE position > ? AND type IN (${places}) ORDER BY position`,
      )
      .all(after, ...types);
    return rows.map((row) => ({
      position: Number(row.position),
      stream: String(row.stream),
      type: String(row.type),
      data: JSON.parse(String(row.data)),
    }));
  } finally {
    log.close();
  }
}
