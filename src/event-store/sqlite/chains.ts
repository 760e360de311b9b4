import type { DatabaseSync } from "node:sqlite";
import type { StationKey, StreamName } from "#core";
import { Known } from "./known.ts";
import { milestoneEvery } from "./log-schema.ts";
import { RowWriter } from "./row-writer.ts";
import { prepareAll } from "./statements.ts";

/** End of a stream's chain. */
export interface StreamEnd {
  readonly id: number;
  readonly name: StreamName;
  version: number;
  last: number;
  milestone: number;
  /** By the batch that is being written. */
  isChanged?: boolean;
}

/** End of a station's chain. */
export interface StationEnd {
  readonly id: number;
  readonly key: StationKey;
  last: number;
  /** By the batch that is being written. */
  isChanged?: boolean;
}

/**
 * Ends of chains as the writer knows them, in memory while they are in use. What a batch changes is
 * written once, before its commit; after a failed batch everything is read again.
 */
export class Chains {
  readonly #statements: ReturnType<typeof prepareAll<typeof sql>>;
  readonly #streamRows: RowWriter;
  readonly #stationRows: RowWriter;
  readonly #streams: Known<StreamEnd>;
  readonly #stations: Known<StationEnd>;
  #changedStreams: StreamEnd[] = [];
  #changedStations: StationEnd[] = [];
  #streamIdMax = 0;
  #stationIdMax = 0;

  constructor(database: DatabaseSync, cacheMax: number) {
    this.#statements = prepareAll(database, sql);
    this.#streamRows = new RowWriter(database, streamRows);
    this.#stationRows = new RowWriter(database, stationRows);
    this.#streams = new Known(cacheMax);
    this.#stations = new Known(cacheMax);
    this.forget();
  }

  /** The stream's end; undefined where it has no event. */
  stream(name: StreamName): StreamEnd | undefined {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const row = this.#statements.findStream.get(name);
    if (row === undefined) return undefined;
    const found = row as unknown as StreamEnd;
    this.#streams.set(name, found);
    return found;
  }

  streamOrNew(name: StreamName): StreamEnd {
    const known = this.stream(name);
    if (known !== undefined) return known;
    this.#streamIdMax += 1;
    const ends = { version: 0, last: 0, milestone: 0, isChanged: false };
    const fresh = { id: this.#streamIdMax, name, ...ends };
    this.#streams.set(name, fresh);
    return fresh;
  }

  stationOrNew(key: StationKey): StationEnd {
    const known = this.#stations.get(key);
    if (known !== undefined) return known;
    const row = this.#statements.findStation.get(key);
    const found =
      row === undefined
        ? { id: ++this.#stationIdMax, key, last: 0 }
        : (row as unknown as StationEnd);
    this.#stations.set(key, found);
    return found;
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
    if (stream.isChanged !== true) this.#changedStreams.push(stream);
    stream.isChanged = true;
    if (station === undefined) return;
    station.last = position;
    if (station.isChanged !== true) this.#changedStations.push(station);
    station.isChanged = true;
  }

  /** Writes what the batch changed; called inside its transaction. */
  write(): void {
    for (const { id, name, version, last, milestone } of this.#changedStreams) {
      this.#streamRows.add(id, name, version, last, milestone);
    }
    for (const { id, key, last } of this.#changedStations) this.#stationRows.add(id, key, last);
    this.#streamRows.flush();
    this.#stationRows.flush();
  }

  /** After a commit; those not used for long leave, if there are too many. */
  written(): void {
    for (const stream of this.#changedStreams) stream.isChanged = false;
    for (const station of this.#changedStations) station.isChanged = false;
    this.#changedStreams = [];
    this.#changedStations = [];
    this.#streams.age();
    this.#stations.age();
  }

  /** After a failed batch: nothing of it is true. */
  forget(): void {
    this.#streamRows.drop();
    this.#stationRows.drop();
    this.#streams.clear();
    this.#stations.clear();
    this.#changedStreams = [];
    this.#changedStations = [];
    this.#streamIdMax = Number(this.#statements.lastStreamId.get()?.id);
    this.#stationIdMax = Number(this.#statements.lastStationId.get()?.id);
  }
}

const sql = {
  findStream: "SELECT id, name, version, last, milestone FROM streams WHERE name = ?",
  lastStreamId: "SELECT coalesce(max(id), 0) AS id FROM streams",
  findStation: "SELECT id, key, last FROM stations WHERE key = ?",
  lastStationId: "SELECT coalesce(max(id), 0) AS id FROM stations",
};

// FAIL: a statement that cannot write leaves behind what it has written, and the writer takes the
// whole batch back anyway. By default SQLite copies each page first, to take back the statement.
const streamRows = {
  into: "OR FAIL INTO streams",
  columns: ["id", "name", "version", "last", "milestone"],
  ending: `ON CONFLICT (id) DO UPDATE SET version = excluded.version, last = excluded.last,
    milestone = excluded.milestone`,
};

const stationRows = {
  into: "OR FAIL INTO stations",
  columns: ["id", "key", "last"],
  ending: "ON CONFLICT (id) DO UPDATE SET last = excluded.last",
};
