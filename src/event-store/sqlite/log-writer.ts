import type { DatabaseSync } from "node:sqlite";
import type { CommitResult, CommitUnit, Faults, NewEvent, VaultEntry } from "#bus";
import type { StationKey } from "#core";
import { Chains, type StationEnd, type StreamEnd } from "./chains/chains.ts";
import type { EndsOfChains } from "./chains/stored-ends.ts";
import { createNoteWriter, type LogNote } from "./log-notes.ts";
import { RowWriter } from "./row-writer.ts";
import { prepareAll } from "./statements.ts";

const sql = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  head: "SELECT coalesce(max(position), 0) AS position FROM events",
  epoch: "SELECT epoch FROM connections WHERE station = ?",
  findReceipt: "SELECT answer, position FROM receipts WHERE id = ?",
  addReceipt: `INSERT INTO receipts (id, position, answer, expires_ms)
    VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  clashingToken: `SELECT ref FROM vault
    WHERE (lookup = ?1 AND ref <> ?2) OR (ref = ?2 AND lookup <> ?1)`,
  addToken: "INSERT INTO vault (ref, lookup, sealed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  eraseToken: "DELETE FROM vault WHERE ref = ?",
  setCredential: `INSERT INTO credentials (owner, secret) VALUES (?, ?)
    ON CONFLICT (owner) DO UPDATE SET secret = excluded.secret`,
  forgetCredential: "DELETE FROM credentials WHERE owner = ?",
  addRequest: `INSERT INTO requests (request_id, station, position) VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING`,
  endRequest: "DELETE FROM requests WHERE request_id = ?",
};

const events = {
  // As in the chains: a failed statement ends the batch; nothing is copied to take it back alone.
  into: "OR FAIL INTO events",
  columns: [
    ...["position", "stream", "version", "prev", "milestone", "station", "prev_station"],
    ...["correlation", "type", "schema", "data", "meta"],
  ],
};

/** What a batch led to, in the order in which it was given. */
export interface BatchOutcome {
  readonly results: readonly CommitResult[];
  readonly notes: readonly unknown[];
}

/**
 * Writes batches to the log: one transaction, one sync a batch. A unit is checked whole before its
 * first write, so that a refused one leaves nothing behind and needs no savepoint.
 */
export class LogWriter {
  readonly #database: DatabaseSync;
  readonly #faults: Faults;
  readonly #chains: Chains;
  readonly #run: ReturnType<typeof prepareAll<typeof sql>>;
  readonly #events: RowWriter;
  readonly #epochs = new Map<StationKey, number>();
  readonly #epochsMax: number;
  readonly #writeNote: (note: LogNote) => unknown;
  #head: number;
  /** A failed batch is still to be taken back. */
  #isToTakeBack = false;

  constructor(options: {
    readonly database: DatabaseSync;
    readonly chainCacheMax: number;
    readonly receiptScanMax: number;
    readonly faults: Faults;
  }) {
    this.#database = options.database;
    this.#faults = options.faults;
    this.#chains = new Chains(options.database, options.chainCacheMax);
    this.#run = prepareAll(options.database, sql);
    this.#events = new RowWriter(options.database, events);
    this.#epochsMax = options.chainCacheMax;
    this.#writeNote = createNoteWriter(options.database, options.receiptScanMax);
    this.#head = this.#storedHead();
  }

  get head(): number {
    return this.#head;
  }

  /** Writes and syncs a batch, or nothing of it. */
  commit(units: readonly CommitUnit[], notes: readonly LogNote[]): BatchOutcome {
    const outcome = this.#write(units, notes);
    this.#chains.written();
    this.#faults.hit("afterCommitBeforeReply");
    return outcome;
  }

  /** Where chains end, also where the tables do not say so yet. */
  get ends(): EndsOfChains {
    const truly = () => {
      // What a failed batch has left in memory is no answer.
      if (this.#isToTakeBack) this.#takeBack();
      return this.#chains.asRead;
    };
    return { stream: (name) => truly().stream(name), station: (key) => truly().station(key) };
  }

  /**
   * Writes the ends of chains that would be written later, before the file is closed. Where the
   * disk fails, it throws: whoever opens the file next finds the ends in the events.
   */
  settle(): void {
    if (this.#isToTakeBack) this.#takeBack();
    try {
      this.#run.begin.run();
      this.#chains.writeAll(this.#head);
      this.#run.commit.run();
      this.#chains.written();
    } catch (error) {
      this.#isToTakeBack = true;
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #write(units: readonly CommitUnit[], notes: readonly LogNote[]): BatchOutcome {
    // A disk that fails may refuse even that: until it works, what is in memory is not true.
    if (this.#isToTakeBack) this.#takeBack();
    try {
      this.#run.begin.run();
      const written = notes.map((note) => {
        if (note.note === "connect") this.#epochs.delete(note.row.station);
        return this.#writeNote(note);
      });
      const results = units.map((unit) => this.#problemOf(unit) ?? this.#writeUnit(unit));
      this.#events.flush();
      this.#chains.write(this.#head);
      this.#faults.hit("beforeCommit");
      this.#run.commit.run();
      return { results, notes: written };
    } catch (error) {
      this.#isToTakeBack = true;
      this.#takeBack();
      throw error;
    }
  }

  #takeBack(): void {
    // A full disk makes SQLite roll back by itself.
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    this.#events.drop();
    this.#epochs.clear();
    this.#chains.forget();
    this.#head = this.#storedHead();
    this.#isToTakeBack = false;
  }

  #storedHead(): number {
    return Number(this.#run.head.get()?.position);
  }

  /**
   * Why a unit is not written, if so. A stale owner comes first: it is not even answered. Then what
   * was here before, whatever else is wrong with it by now. The receipt is the last thing checked
   * and the first one written, in one statement: nearly all of them are new.
   */
  #problemOf(unit: CommitUnit): CommitResult | undefined {
    const { fence, receipt, vault } = unit;
    const stale = fence && this.#fenceProblem(fence);
    if (stale !== undefined) return stale;
    const problem = (vault && this.#vaultProblem(vault)) ?? this.#versionProblem(unit);
    if (receipt === undefined) return problem;
    if (problem !== undefined) return this.#repeated(receipt.id) ?? problem;
    return this.#addReceipt(unit, receipt) ? undefined : this.#repeated(receipt.id);
  }

  #fenceProblem(fence: NonNullable<CommitUnit["fence"]>): CommitResult | undefined {
    const epoch = this.#epochOf(fence.station);
    return epoch === fence.epoch ? undefined : { status: "fenced", epoch };
  }

  /** Nobody else writes epochs, so what was read once is true until the next connection. */
  #epochOf(station: StationKey): number {
    const known = this.#epochs.get(station);
    if (known !== undefined) return known;
    const epoch = Number(this.#run.epoch.get(station)?.epoch ?? 0);
    if (this.#epochs.size >= this.#epochsMax) this.#epochs.clear();
    this.#epochs.set(station, epoch);
    return epoch;
  }

  /** False where it is there already. */
  #addReceipt({ appends }: CommitUnit, receipt: NonNullable<CommitUnit["receipt"]>): boolean {
    const { id, answer, expiresAt } = receipt;
    let position = this.#head;
    for (const { events } of appends) position += events.length;
    const added = this.#run.addReceipt.run(id, position, answer, Date.parse(expiresAt));
    return added.changes === 1;
  }

  #repeated(id: string): CommitResult | undefined {
    const row = this.#run.findReceipt.get(id);
    if (row === undefined) return undefined;
    const { answer, position } = row as { answer: string; position: number };
    return { status: "repeated", answer, lastPosition: position };
  }

  #vaultProblem(entries: readonly VaultEntry[]): CommitResult | undefined {
    for (const [at, { ref, lookup }] of entries.entries()) {
      const twice = entries
        .slice(0, at)
        .some((one) => (one.ref === ref) !== (one.lookup === lookup));
      if (twice || this.#run.clashingToken.get(lookup, ref) !== undefined) {
        return { status: "conflict", stream: `vault/${ref}`, version: 0 };
      }
    }
    return undefined;
  }

  #versionProblem({ appends }: CommitUnit): CommitResult | undefined {
    for (const [at, { stream, expectedVersion }] of appends.entries()) {
      let version = this.#chains.stream(stream)?.version ?? 0;
      // A stream that the unit names twice goes on from its own events.
      for (let before = 0; before < at; before += 1) {
        const earlier = appends[before];
        if (earlier?.stream === stream) version += earlier.events.length;
      }
      if (version !== expectedVersion) return { status: "conflict", stream, version };
    }
    return undefined;
  }

  #writeUnit(unit: CommitUnit): CommitResult {
    const firstPosition = this.#head + 1;
    const firstOfAppend: number[] = [];
    const station =
      unit.station === undefined ? undefined : this.#chains.stationOrNew(unit.station);
    const correlation = unit.correlationId ?? null;
    for (const { stream: name, events } of unit.appends) {
      firstOfAppend.push(this.#head + 1);
      if (events.length === 0) continue;
      const stream = this.#chains.streamOrNew(name);
      for (const event of events) this.#writeEvent(event, { stream, station, correlation });
    }
    this.#writeSeldom(unit, firstOfAppend);
    return { status: "committed", firstPosition, lastPosition: this.#head };
  }

  #writeEvent(
    event: NewEvent,
    at: { stream: StreamEnd; station: StationEnd | undefined; correlation: string | null },
  ): void {
    const { stream, station, correlation } = at;
    const { type, schema, data, meta } = event;
    this.#head += 1;
    const position = this.#head;
    const inStream = [stream.id, stream.version + 1, stream.last, stream.milestone] as const;
    const ofStation = [station?.id ?? null, station?.last ?? 0, correlation] as const;
    this.#events.add(position, ...inStream, ...ofStation, type, schema, data, meta);
    this.#chains.extend({ stream, station, position });
  }

  #writeSeldom(unit: CommitUnit, firstOfAppend: readonly number[]): void {
    const run = this.#run;
    for (const { ref, lookup, sealed } of unit.vault ?? []) run.addToken.run(ref, lookup, sealed);
    for (const { owner, secret } of unit.credentials ?? []) run.setCredential.run(owner, secret);
    for (const owner of unit.forgetCredentials ?? []) run.forgetCredential.run(owner);
    if (unit.eraseTokens !== undefined) this.#eraseWholly(unit.eraseTokens);
    for (const { requestId, append, event } of unit.requests ?? []) {
      const position = (firstOfAppend[append] ?? 0) + event;
      run.addRequest.run(requestId, unit.station ?? "", position);
    }
    for (const requestId of unit.requestsDone ?? []) run.endRequest.run(requestId);
  }

  /** Overwrites what is deleted with zeros; only here, since every update would pay for it. */
  #eraseWholly(refs: readonly string[]): void {
    this.#database.exec("PRAGMA secure_delete = ON");
    try {
      for (const ref of refs) this.#run.eraseToken.run(ref);
    } finally {
      this.#database.exec("PRAGMA secure_delete = OFF");
    }
  }
}
