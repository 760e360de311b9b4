import type { DatabaseSync } from "node:sqlite";
import type { StationKey, StreamName } from "#core";
import { StoreProblem } from "#store-problem";
import { endsWrittenEvery, milestoneEvery } from "../log-schema.ts";
import { prepareAll } from "../statements.ts";
import { type ChainEnd, ChainEnds } from "./chain-ends.ts";
import type { EndsOfChains } from "./stored-ends.ts";

/** End of a stream's chain. */
export interface StreamEnd extends ChainEnd {
  readonly name: StreamName;
  version: number;
  milestone: number;
}

/** End of a station's chain; its name is the station's key. */
export type StationEnd = ChainEnd;

/**
 * Ends of chains as the writer knows them. The tables may be `endsWrittenEvery` events behind, or
 * a batch more, and say of which position they are; what came later is read from the events
 * themselves, at the start and after a failed batch.
 */
export class Chains {
  readonly #statements: ReturnType<typeof prepareAll<typeof sql>>;
  readonly #streams: ChainEnds<StreamEnd>;
  readonly #stations: ChainEnds<StationEnd>;
  #streamIdMax = 0;
  #stationIdMax = 0;
  /** The tables hold every end up to this position. */
  #writtenTo = 0;
  #writingTo: number | undefined;

  constructor(database: DatabaseSync, cacheMax: number) {
    this.#statements = prepareAll(database, sql);
    this.#streams = new ChainEnds(database, streamRows, cacheMax);
    this.#stations = new ChainEnds(database, stationRows, cacheMax);
    this.forget();
  }

  /** As `stream` and `station`, for who only reads: it keeps nothing, and changes nothing. */
  readonly asRead: EndsOfChains = {
    stream: (name) => this.#streams.get(name) ?? (this.#statements.findStream.get(name) as never),
    station: (key) => this.#stations.get(key) ?? (this.#statements.findStation.get(key) as never),
  };

  /** The stream's end; undefined where it has no event. */
  stream(name: StreamName): StreamEnd | undefined {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const row = this.#statements.findStream.get(name);
    return row && this.#streams.add(row as unknown as StreamEnd);
  }

  streamOrNew(name: StreamName): StreamEnd {
    const known = this.stream(name);
    if (known !== undefined) return known;
    this.#streamIdMax += 1;
    const ends = { version: 0, last: 0, milestone: 0, isNew: true, isChanged: false };
    return this.#streams.add({ id: this.#streamIdMax, name, ...ends });
  }

  /** The end of a station's chain; undefined where it has no event. */
  station(key: StationKey): StationEnd | undefined {
    const known = this.#stations.get(key);
    if (known !== undefined) return known;
    const row = this.#statements.findStation.get(key);
    return row && this.#stations.add(row as unknown as StationEnd);
  }

  stationOrNew(key: StationKey): StationEnd {
    const known = this.station(key);
    if (known !== undefined) return known;
    this.#stationIdMax += 1;
    return this.#stations.add({ id: this.#stationIdMax, name: key, last: 0, isNew: true });
  }

  /** Notes that an event became the last of its stream, and of its station. */
  extend(ends: {
    readonly stream: StreamEnd;
    readonly station: StationEnd | undefined;
    readonly position: number;
  }): void {
    const { stream, station, position } = ends;
    stream.version += 1;
    stream.last = position;
    if (stream.version % milestoneEvery === 0) stream.milestone = position;
    this.#streams.change(stream);
    if (station === undefined) return;
    station.last = position;
    this.#stations.change(station);
  }

  /** Writes what a batch up to `head` changed, as far as it is time; inside its transaction. */
  write(head: number): void {
    this.#writeEnds(head, head - this.#writtenTo >= endsWrittenEvery);
  }

  /** Writes all ends; inside a transaction. */
  writeAll(head: number): void {
    this.#writeEnds(head, true);
  }

  #writeEnds(head: number, all: boolean): void {
    this.#streams.write(all);
    this.#stations.write(all);
    this.#writingTo = all ? head : undefined;
    if (all) this.#statements.setWrittenTo.run(head);
  }

  /** After a commit. */
  written(): void {
    this.#streams.written();
    this.#stations.written();
    this.#writtenTo = this.#writingTo ?? this.#writtenTo;
  }

  /** After a failed batch: nothing of it is true. */
  forget(): void {
    this.#streams.forget();
    this.#stations.forget();
    this.#streamIdMax = Number(this.#statements.lastStreamId.get()?.id);
    this.#stationIdMax = Number(this.#statements.lastStationId.get()?.id);
    this.#writtenTo = this.#storedWrittenTo();
    for (const row of this.#statements.later.iterate(this.#writtenTo)) this.#addLater(row);
  }

  /** Believed unseen it would chain new events to old ends, and nobody would notice. */
  #storedWrittenTo(): number {
    const found = this.#statements.writtenTo.all().map(({ position }) => Number(position));
    const [position = -1] = found;
    const head = Number(this.#statements.head.get()?.position);
    if (found.length === 1 && position >= 0 && position <= head) return position;
    throw new StoreProblem(
      "damaged",
      `The log is damaged: its table chain_ends says "${found.join(", ")}", where one position ` +
        `between 0 and ${head} has to be. Restore the folder from a backup.`,
    );
  }

  /** An event behind the ends in the tables; called in the order of their positions. */
  #addLater(row: Record<string, unknown>): void {
    const { position: last, version, milestone } = row as Record<string, number>;
    const { stream, streamName, station, stationKey } = row as unknown as LaterNames;
    const isMilestone = Number(version) % milestoneEvery === 0;
    this.#streams.addLate({
      ...{ id: stream, name: streamName, last: Number(last), version: Number(version) },
      milestone: Number(isMilestone ? last : milestone),
    });
    if (station === null) return;
    this.#stations.addLate({ id: station, name: stationKey, last: Number(last) });
  }
}

interface LaterNames {
  readonly stream: number;
  readonly streamName: StreamName;
  readonly station: number | null;
  readonly stationKey: StationKey;
}

const sql = {
  findStream: "SELECT id, name, version, last, milestone FROM streams WHERE name = ?",
  lastStreamId: "SELECT coalesce(max(id), 0) AS id FROM streams",
  findStation: "SELECT id, key AS name, last FROM stations WHERE key = ?",
  lastStationId: "SELECT coalesce(max(id), 0) AS id FROM stations",
  writtenTo: "SELECT position FROM chain_ends",
  head: "SELECT coalesce(max(position), 0) AS position FROM events",
  setWrittenTo: "UPDATE chain_ends SET position = ?",
  later: `SELECT e.position, e.version, e.milestone, e.stream, s.name AS streamName, e.station,
    t.key AS stationKey FROM events e JOIN streams s ON s.id = e.stream
    LEFT JOIN stations t ON t.id = e.station WHERE e.position > ? ORDER BY e.position`,
};

// FAIL: a statement that cannot write leaves behind what it has written, and the writer takes the
// whole batch back anyway. By default SQLite copies each page first, to take back the statement.
const streamRows = {
  into: "OR FAIL INTO streams",
  columns: ["id", "name", "version", "last", "milestone"],
  members: ["id", "name", "version", "last", "milestone"],
  ending: `ON CONFLICT (id) DO UPDATE SET version = excluded.version, last = excluded.last,
    milestone = excluded.milestone`,
};

const stationRows = {
  into: "OR FAIL INTO stations",
  columns: ["id", "key", "last"],
  members: ["id", "name", "last"],
  ending: "ON CONFLICT (id) DO UPDATE SET last = excluded.last",
};
