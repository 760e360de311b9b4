import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type CommitUnit, noFaults } from "#bus";
import { openLog } from "../../src/event-store/sqlite/log-schema.ts";
import { LogWriter } from "../../src/event-store/sqlite/log-writer.ts";
import type { Happened } from "./fleet-history.ts";

const unitsPerCommit = 20_000;
/** What a station says about a transaction has a receipt. */
const facts = new Set(["TransactionStarted", "MeterValuesSampled", "TransactionStopped"]);
const receiptsUntil = "2027-12-31T00:00:00.000Z";

/**
 * Appends a history to the log of a directory that nobody else has open, with the store's own
 * writer: the same tables, chains and receipts as if each event had been a station's message.
 */
export class LogFiller {
  readonly #database: DatabaseSync;
  readonly #writer: LogWriter;
  readonly #versions = new Map<string, number>();
  #units: CommitUnit[] = [];

  constructor(dataDir: string) {
    const path = join(dataDir, "log.sqlite");
    if (!existsSync(path)) throw new Error(`${path} is not there`);
    this.#database = openLog(path);
    // A power cut costs the building of the directory, and nobody's events.
    this.#database.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000");
    this.#writer = new LogWriter({
      database: this.#database,
      chainCacheMax: 200_000,
      receiptScanMax: 1,
      faults: noFaults,
    });
  }

  addAll(events: Iterable<Happened>): void {
    for (const event of events) this.#add(event);
  }

  /** Writes the rest; no add-on reacts to what was filled in. The log's last position. */
  end(): number {
    this.#commit();
    this.#writer.settle();
    const { head } = this.#writer;
    this.#database.prepare("UPDATE checkpoints SET position = ?").run(head);
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    this.#database.close();
    return head;
  }

  #add({ station, stream, type, data, meta }: Happened): void {
    const version = this.#versions.get(stream) ?? 0;
    // A transaction has had its last word.
    if (type === "TransactionStopped") this.#versions.delete(stream);
    else this.#versions.set(stream, version + 1);
    const events = [{ type, schema: 1, data, meta }];
    const receipt = facts.has(type)
      ? { receipt: { id: receiptIdOf(meta, data), answer: "{}", expiresAt: receiptsUntil } }
      : {};
    this.#units.push({
      ...(station === undefined ? {} : { station }),
      ...receipt,
      appends: [{ stream, expectedVersion: version, events }],
    });
    if (this.#units.length >= unitsPerCommit) this.#commit();
  }

  #commit(): void {
    const { results } = this.#writer.commit(this.#units, []);
    const refused = results.find(({ status }) => status !== "committed");
    if (refused !== undefined) throw new Error(`the log refused: ${JSON.stringify(refused)}`);
    this.#units = [];
  }
}

/** As stations' facts have them: the second, then a digest. */
function receiptIdOf(meta: string, data: string): string {
  const { recordedAt, actor } = JSON.parse(meta) as { recordedAt: string; actor: { id: string } };
  const digest = createHash("sha256").update(`${actor.id}${data}`).digest("base64url");
  return `${recordedAt.slice(0, 19)}-${digest.slice(0, 22)}`;
}
