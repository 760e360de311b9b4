import type { DatabaseSync } from "node:sqlite";
import { Known } from "../known.ts";
import { type RowTarget, RowWriter } from "../row-writer.ts";

/** Where a chain ends. */
export interface ChainEnd {
  readonly id: number;
  readonly name: string;
  /** Position of its last event. */
  last: number;
  /** The tables have no row of it yet. */
  isNew?: boolean;
  /** By the batch that is being written. */
  isChanged?: boolean;
}

/**
 * Ends of one kind of chain, in memory while they are in use. A row for a new one is written with
 * the batch that begins it. What changes later is written now and then, when `write` is told so:
 * each end lies on another page, and all of them in each commit would be half of what is written.
 */
export class ChainEnds<End extends ChainEnd> {
  readonly #known: Known<End>;
  readonly #rows: RowWriter;
  readonly #members: readonly string[];
  #changed: End[] = [];
  /** Committed, and behind what the tables say. */
  readonly #late = new Map<string, End>();
  #wroteAll = false;

  constructor(
    database: DatabaseSync,
    /** `members` of an end go into the columns. */
    target: RowTarget & { readonly members: readonly string[] },
    cacheMax: number,
  ) {
    this.#known = new Known(cacheMax);
    this.#rows = new RowWriter(database, target);
    this.#members = target.members;
  }

  /** The end, if it is in memory; it is the newest then. */
  get(name: string): End | undefined {
    return this.#known.get(name) ?? this.#late.get(name);
  }

  add(end: End): End {
    this.#known.set(end.name, end);
    return end;
  }

  /** Takes an end that the tables do not know yet, though its events are committed. */
  addLate(end: End): void {
    this.#late.set(end.name, end);
  }

  change(end: End): void {
    if (end.isChanged !== true) this.#changed.push(end);
    end.isChanged = true;
  }

  /** Writes rows inside the batch's transaction: all that changed, or of new chains alone. */
  write(all: boolean): void {
    this.#wroteAll = all;
    if (all) for (const late of this.#late.values()) if (late.isChanged !== true) this.#add(late);
    for (const end of this.#changed) if (all || end.isNew === true) this.#add(end);
    this.#rows.flush();
  }

  #add(end: End): void {
    this.#rows.addFrom(end as unknown as Record<string, number | string>, this.#members);
  }

  /** After a commit; those not used for long leave, if there are too many. */
  written(): void {
    if (this.#wroteAll) this.#late.clear();
    for (const end of this.#changed) {
      end.isChanged = false;
      const isWritten = this.#wroteAll || end.isNew === true;
      end.isNew = false;
      if (!isWritten) this.#late.set(end.name, end);
    }
    this.#changed = [];
    this.#known.age();
  }

  /** After a failed batch: nothing of it is true. */
  forget(): void {
    this.#rows.drop();
    this.#known.clear();
    this.#late.clear();
    this.#changed = [];
  }
}
