// An archive as a file: JSON Lines. A head, one line for each row (its table's name, then its
// values), and an end that counts the rows and has their SHA-256: a file that was cut off or
// changed is known. The same log has the same lines, whichever store it was read from.
import { createHash } from "node:crypto";
import {
  type ArchiveCounts,
  type ArchiveRow,
  type ArchiveSource,
  type ArchiveTable,
  type ArchiveTarget,
  archiveTables,
  restoredMark,
} from "#bus";
import { StoreProblem } from "#store-problem";

/** Number of the format; a change is a higher number. */
const format = 1;
const tableNames = Object.keys(archiveTables) as readonly ArchiveTable[];
/** Rows that are handed to a store at a time. */
const rowsAtOnce = 2_000;

/** How many rows there are of each table, and the hash over their lines. */
export interface ArchiveSum {
  readonly rows: ArchiveCounts;
  readonly sha256: string;
}

/** Told again and again: the table, how many rows have gone through, and how many there will be. */
export type Progress = (at: {
  readonly table: ArchiveTable;
  readonly done: number;
  /** Absent where the archive does not say. */
  readonly expected?: number | undefined;
}) => void;

/** Writes all of a source as text. */
export async function writeArchive(
  source: ArchiveSource,
  write: (text: string) => Promise<void>,
  progress: Progress,
): Promise<ArchiveSum> {
  const sum = new Summing();
  const { part } = source;
  const counts = await source.counts();
  await write(`${JSON.stringify({ motown: "archive", format, part, rows: counts })}\n`);
  const expected = sumOf(counts);
  for (const table of tableNames) {
    for await (const rows of source.rows(table)) {
      const text = rows.map((row) => lineOf(table, row)).join("");
      sum.add(table, rows.length, text);
      await write(text);
      progress({ table, done: sum.done, expected });
    }
  }
  const end = sum.end();
  await write(`${JSON.stringify({ end })}\n`);
  return end;
}

/** Fills a target from an archive's lines; whatever is wrong with them leaves nothing behind. */
export async function readArchive(
  lines: AsyncIterable<string>,
  target: ArchiveTarget,
  progress: Progress,
): Promise<ArchiveSum> {
  const reading = new Reading(target, progress);
  try {
    for await (const line of lines) await reading.take(line);
    const sum = reading.end();
    // Positions have no gap: the count of all events is where the last one stands.
    const head = sum.rows.event;
    if (target.wants === undefined && head > 0)
      await target.add("checkpoint", [[restoredMark, head]]);
    await target.complete();
    return sum;
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

const sumOf = (rows: ArchiveCounts): number => Object.values(rows).reduce((a, b) => a + b, 0);

function lineOf(table: ArchiveTable, row: ArchiveRow): string {
  return `${JSON.stringify([table, ...row])}\n`;
}

class Summing {
  readonly rows: Record<ArchiveTable, number> = Object.fromEntries(
    tableNames.map((name) => [name, 0]),
  ) as Record<ArchiveTable, number>;
  readonly #hash = createHash("sha256");
  /** Of all tables. */
  done = 0;

  add(table: ArchiveTable, rows: number, text: string): void {
    this.rows[table] += rows;
    this.done += rows;
    this.#hash.update(text);
  }

  end(): ArchiveSum {
    return { rows: this.rows, sha256: this.#hash.digest("hex") };
  }
}

/** First line of an archive. */
interface ArchiveHead {
  readonly motown?: unknown;
  readonly format?: unknown;
  readonly part?: unknown;
  readonly rows?: ArchiveCounts;
}

/** An archive on its way in: head, rows in the order of the tables, end. */
class Reading {
  readonly #target: ArchiveTarget;
  readonly #progress: Progress;
  readonly #sum = new Summing();
  #line = 0;
  #table: ArchiveTable | undefined;
  #rows: ArchiveRow[] = [];
  #expected: number | undefined;
  #ended: ArchiveSum | undefined;

  constructor(target: ArchiveTarget, progress: Progress) {
    this.#target = target;
    this.#progress = progress;
  }

  async take(line: string): Promise<void> {
    this.#line += 1;
    const value = this.#parsed(line);
    if (this.#line === 1) return this.#begin(value);
    if (this.#ended !== undefined) throw this.#bad("something follows the archive's end");
    if (Array.isArray(value)) return await this.#row(value, line);
    await this.#flush();
    const { end } = value as { readonly end?: ArchiveSum };
    if (typeof end?.sha256 !== "string") throw this.#bad("it is neither a row nor the end");
    this.#ended = end;
  }

  /** The sum of what came, once it is what the archive says of itself. */
  end(): ArchiveSum {
    if (this.#ended === undefined) {
      const words = "The archive has no end: it was cut off. Nothing was imported.";
      throw new StoreProblem("badArchive", words);
    }
    const sum = this.#sum.end();
    if (sum.sha256 === this.#ended.sha256) return sum;
    throw new StoreProblem(
      "badArchive",
      `The archive was changed since it was written: its rows have the SHA-256 ${sum.sha256}, ` +
        `and its end says ${this.#ended.sha256}. Nothing was imported.`,
    );
  }

  #begin(value: unknown): void {
    const head = value as ArchiveHead | null;
    if (head?.motown !== "archive") throw this.#bad("this is no archive of Motown");
    if (head.format !== format) {
      throw this.#bad(`its format is ${head.format}, and this release reads ${format}`);
    }
    const isPart = head.part !== undefined;
    if (isPart && this.#target.wants === undefined) {
      throw this.#bad("it is a part of a log, to be attached (npx motown partitions --help)");
    }
    if (!isPart && this.#target.wants === "part") {
      throw this.#bad("it is all of a log, to be imported (npx motown import --help)");
    }
    if (head.rows !== undefined) this.#expected = sumOf(head.rows);
  }

  async #row([table, ...row]: readonly unknown[], line: string): Promise<void> {
    const name = tableNames.find((known) => known === table);
    if (name === undefined) throw this.#bad(`there is no table ${JSON.stringify(table)}`);
    if (row.length !== archiveTables[name].length) throw this.#bad(`it is no row of ${name}`);
    if (name !== this.#table) await this.#turnTo(name);
    this.#rows.push(row as ArchiveRow);
    this.#sum.add(name, 1, `${line}\n`);
    if (this.#rows.length >= rowsAtOnce) await this.#flush();
  }

  async #turnTo(table: ArchiveTable): Promise<void> {
    await this.#flush();
    const before = this.#table === undefined ? -1 : tableNames.indexOf(this.#table);
    if (tableNames.indexOf(table) < before) throw this.#bad(`${table} comes too late`);
    this.#table = table;
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    if (this.#table === undefined || rows.length === 0) return;
    this.#rows = [];
    await this.#target.add(this.#table, rows);
    this.#progress({ table: this.#table, done: this.#sum.done, expected: this.#expected });
  }

  #parsed(line: string): unknown {
    try {
      return JSON.parse(line);
    } catch {
      throw this.#bad("it is no JSON");
    }
  }

  #bad(reason: string): StoreProblem {
    return new StoreProblem(
      "badArchive",
      `Line ${this.#line} of the archive cannot be read: ${reason}. Nothing was imported.`,
    );
  }
}
