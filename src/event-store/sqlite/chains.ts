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
}

/** End of a station's chain. */
export interface StationEnd {
  readonly id: number;
  readonly key: StationKey;
  last: number;
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
  readonly #changedStreams = new Set<StreamEnd>();
  readonly #changedStations = new Set<StationEnd>();
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
    const fresh = { id: this.#streamIdMax, name, version: 0, last: 0, milestone: 0 };
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
    this.#changedStreams.add(stream);
    if (station === undefined) return;
    station.last = position;
    this.#changedStations.add(station);
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
    this.#changedStreams.clear();
    this.#changedStations.clear();
    this.#streams.age();
    this.#stations.age();
  }

  /** After a failed batch: nothing of it is true. */
  forget(): void {
    this.#streamRows.drop();
    this.#stationRows.drop();
    this.#streams.clear();
    this.#stations.clear();
    this.#changedStreams.clear();
    this.#changedStations.clear();
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

const streamRows = {
  into: "INTO streams",
  columns: ["id", "name", "version", "last", "milestone"],
  ending: `ON CONFLICT (id) DO UPDATE SET version = excluded.version, last = excluded.last,
    milestone = excluded.milestone`,
};

const stationRows = {
  into: "INTO stations",
  columns: ["id", "key", "last"],
  ending: "ON CONFLICT (id) DO UPDATE SET last = excluded.last",
};
