import { DatabaseSync } from "node:sqlite";
import type { Frame, StoredFrame } from "#bus";
import { type FrameQuery, frameId } from "../../frame.ts";
import { Known } from "../known.ts";
import { RowWriter } from "../row-writer.ts";
import { prepareAll } from "../statements.ts";

// As in the log, a chain per station (`prev`) instead of an index that is written at random places.
const tables = `
CREATE TABLE IF NOT EXISTS frames (
  number INTEGER PRIMARY KEY, prev INTEGER NOT NULL, station TEXT NOT NULL, at TEXT NOT NULL,
  direction TEXT NOT NULL, protocol TEXT NOT NULL, action TEXT, message_id TEXT,
  call TEXT NOT NULL, answer TEXT, took_ms REAL, deviations TEXT, correlation_id TEXT) STRICT;
CREATE TABLE IF NOT EXISTS stations (
  station TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

const sql = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  head: "SELECT coalesce(max(number), 0) AS number FROM frames",
  last: "SELECT last FROM stations WHERE station = ?",
  link: "SELECT prev, action FROM frames WHERE number = ?",
  newest: `SELECT number FROM frames WHERE number < ?1 AND (?2 IS NULL OR action = ?2)
    ORDER BY number DESC LIMIT ?3`,
  at: `SELECT station, at, direction, protocol, action, message_id AS messageId, call, answer,
    took_ms AS tookMs, deviations, correlation_id AS correlationId FROM frames WHERE number = ?`,
};

// FAIL, as in the log: what a failed statement leaves behind is taken back with its transaction.
const frames = {
  into: "OR FAIL INTO frames",
  columns: [
    ...["number", "prev", "station", "at", "direction", "protocol", "action", "message_id"],
    ...["call", "answer", "took_ms", "deviations", "correlation_id"],
  ],
};

const stations = {
  into: "OR FAIL INTO stations",
  columns: ["station", "last"],
  ending: "ON CONFLICT (station) DO UPDATE SET last = excluded.last",
};

/** The frames of one day. */
export class FrameFile {
  readonly #day: string;
  readonly #database: DatabaseSync;
  readonly #run: ReturnType<typeof prepareAll<typeof sql>>;
  readonly #frames: RowWriter;
  readonly #stations: RowWriter;
  /** Number of each station's last frame, where it was needed lately: nobody else writes them. */
  readonly #lasts: Known<number>;

  constructor(path: string, day: string, stationsMax: number) {
    this.#day = day;
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${tables}`);
    this.#run = prepareAll(this.#database, sql);
    this.#frames = new RowWriter(this.#database, frames);
    this.#stations = new RowWriter(this.#database, stations);
    this.#lasts = new Known(stationsMax);
  }

  add(exchanges: readonly Frame[]): void {
    const run = this.#run;
    run.begin.run();
    try {
      let number = Number(run.head.get()?.number);
      const last = new Map<string, number>();
      for (const exchange of exchanges) {
        const { station } = exchange;
        number += 1;
        this.#frames.add(number, last.get(station) ?? this.#last(station), ...rowOf(exchange));
        last.set(station, number);
      }
      this.#frames.flush();
      for (const [station, at] of last) this.#stations.add(station, at);
      this.#stations.flush();
      run.commit.run();
      for (const [station, at] of last) this.#lasts.set(station, at);
      this.#lasts.age();
    } catch (error) {
      this.#frames.drop();
      this.#stations.drop();
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Newest first, before a number of this day. */
  list(query: FrameQuery, before: number): StoredFrame[] {
    const { station, action, limit } = query;
    if (station === undefined) {
      const rows = this.#run.newest.all(before, action ?? null, limit);
      return rows.map(({ number }) => this.#frame(Number(number)));
    }
    const found: StoredFrame[] = [];
    let number = this.#last(station);
    while (number > 0 && found.length < limit) {
      const link = this.#run.link.get(number) as { prev: number; action: string | null };
      const wanted = action === undefined || action === link.action;
      if (wanted && number < before) found.push(this.#frame(number));
      number = link.prev;
    }
    return found;
  }

  close(): void {
    this.#database.close();
  }

  #last(station: string): number {
    return this.#lasts.get(station) ?? Number(this.#run.last.get(station)?.last ?? 0);
  }

  #frame(number: number): StoredFrame {
    const row = this.#run.at.get(number) ?? {};
    const present = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
    const { deviations } = row;
    const codes = typeof deviations === "string" ? { deviations: deviations.split(" ") } : {};
    return { ...present, ...codes, id: frameId(this.#day, number) } as unknown as StoredFrame;
  }
}

function rowOf(frame: Frame) {
  const { station, at, direction, protocol, action, messageId, call, answer, tookMs } = frame;
  const { deviations, correlationId } = frame;
  const known = [station, at, direction, protocol, action ?? null, messageId ?? null] as const;
  const codes = deviations === undefined || deviations.length === 0 ? null : deviations.join(" ");
  return [...known, call, answer ?? null, tookMs ?? null, codes, correlationId ?? null] as const;
}
