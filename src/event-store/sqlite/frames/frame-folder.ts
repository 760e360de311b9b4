import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DeviationCount, DeviationQuery, Frame, ModelDeviation, StoredFrame } from "#bus";
import type { Limits } from "#limits";
import { dayOf, type FrameQuery, frameIdParts } from "../../frame.ts";
import { opening } from "../opening/sqlite-errors.ts";
import { DeviationCounters } from "./deviation-counters.ts";
import { FrameFile } from "./frame-file.ts";

/** Limits of what frames take, on disk and in memory. */
export type FrameLimits = Pick<
  Limits,
  "frameFilesOpenMax" | "deviationCountsMax" | "chainCacheMax"
>;

/** Frames, a file per day, and the counters of deviations, which outlive the days. */
export class FrameFolder {
  readonly #folder: string;
  readonly #limits: FrameLimits;
  readonly #open = new Map<string, FrameFile>();
  readonly #deviations: DeviationCounters;

  constructor(directory: string, limits: FrameLimits) {
    this.#folder = join(directory, "frames");
    this.#limits = limits;
    mkdirSync(this.#folder, { recursive: true });
    const counters = join(directory, "deviations.sqlite");
    this.#deviations = opening(counters, () => new DeviationCounters(counters));
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

  deviations(query: DeviationQuery): DeviationCount[] {
    return this.#deviations.list(query);
  }

  modelDeviations(query: DeviationQuery): ModelDeviation[] {
    return this.#deviations.models(query);
  }

  dropBefore(day: string): void {
    for (const old of this.#days().filter((one) => one < day)) {
      this.#open.get(old)?.close();
      this.#open.delete(old);
      for (const end of ["", "-wal", "-shm"]) rmSync(`${this.#path(old)}${end}`, { force: true });
    }
    this.#deviations.keep(this.#limits.deviationCountsMax);
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
    const file = new FrameFile(this.#path(day), day, this.#limits.chainCacheMax);
    this.#open.set(day, file);
    for (const [oldest, old] of this.#open) {
      if (this.#open.size <= this.#limits.frameFilesOpenMax) break;
      old.close();
      this.#open.delete(oldest);
    }
    return file;
  }
}
