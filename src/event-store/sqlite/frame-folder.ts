import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { DeviationCount, Frame, StoredFrame } from "#bus";
import { dayOf, type FrameQuery, frameIdParts } from "../frame.ts";
import { FrameFile } from "./frame-file.ts";
import { prepareAll } from "./statements.ts";

/** Frames, a file per day, and the counters of deviations, which outlive the days. */
export class FrameFolder {
  readonly #folder: string;
  readonly #filesOpenMax: number;
  readonly #open = new Map<string, FrameFile>();
  readonly #deviations: DeviationCounters;

  constructor(directory: string, filesOpenMax: number) {
    this.#folder = join(directory, "frames");
    this.#filesOpenMax = filesOpenMax;
    mkdirSync(this.#folder, { recursive: true });
    this.#deviations = new DeviationCounters(join(directory, "deviations.sqlite"));
  }

  add(frames: readonly Frame[]): void {
    for (const [day, ofDay] of Map.groupBy(frames, dayOf)) this.#file(day).add(ofDay);
    this.#deviations.count(frames);
  }

  list(query: FrameQuery): StoredFrame[] {
    const before = query.before === undefined ? undefined : frameIdParts(query.before);
    const found: StoredFrame[] = [];
    for (const day of this.#days().reverse()) {
      if (before !== undefined && day > before.day) continue;
      const number = day === before?.day ? before.number : Number.MAX_SAFE_INTEGER;
      const limit = query.limit - found.length;
      found.push(...this.#file(day).list({ ...query, limit }, number));
      if (found.length >= query.limit) break;
    }
    return found;
  }

  deviations(station: string | undefined): DeviationCount[] {
    return this.#deviations.list(station);
  }

  dropBefore(day: string): void {
    for (const old of this.#days().filter((one) => one < day)) {
      this.#open.get(old)?.close();
      this.#open.delete(old);
      for (const end of ["", "-wal", "-shm"]) rmSync(`${this.#path(old)}${end}`, { force: true });
    }
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#open.clear();
    this.#deviations.close();
  }

  #path(day: string): string {
    return join(this.#folder, `${day}.sqlite`);
  }

  #days(): string[] {
    return readdirSync(this.#folder)
      .flatMap((name) => /^(\d{4}-\d{2}-\d{2})\.sqlite$/.exec(name)?.[1] ?? [])
      .sort();
  }

  /** The file of a day; the one opened longest ago is closed when too many are open. */
  #file(day: string): FrameFile {
    const known = this.#open.get(day);
    if (known !== undefined) return known;
    const file = new FrameFile(this.#path(day), day);
    this.#open.set(day, file);
    for (const [oldest, old] of this.#open) {
      if (this.#open.size <= this.#filesOpenMax) break;
      old.close();
      this.#open.delete(oldest);
    }
    return file;
  }
}

const sql = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  count: `INSERT INTO deviations (station, code, count, first_at, last_at)
    VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (station, code) DO UPDATE SET count = count + ?3,
      first_at = min(first_at, ?4), last_at = max(last_at, ?5)`,
  list: `SELECT station, code, count, first_at AS firstAt, last_at AS lastAt FROM deviations
    WHERE ?1 IS NULL OR station = ?1 ORDER BY station, code`,
};

/** How often each station showed each deviation. */
class DeviationCounters {
  readonly #database: DatabaseSync;
  readonly #run: ReturnType<typeof prepareAll<typeof sql>>;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS deviations (
        station TEXT, code TEXT, count INTEGER NOT NULL, first_at TEXT NOT NULL,
        last_at TEXT NOT NULL, PRIMARY KEY (station, code)) STRICT, WITHOUT ROWID`);
    this.#run = prepareAll(this.#database, sql);
  }

  count(frames: readonly Frame[]): void {
    const deviating = frames.filter((frame) => (frame.deviations?.length ?? 0) > 0);
    if (deviating.length === 0) return;
    this.#run.begin.run();
    try {
      for (const { station, at, deviations } of deviating) {
        for (const code of deviations ?? []) this.#run.count.run(station, code, 1, at, at);
      }
      this.#run.commit.run();
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  list(station: string | undefined): DeviationCount[] {
    return this.#run.list.all(station ?? null) as unknown as DeviationCount[];
  }

  close(): void {
    this.#database.close();
  }
}
