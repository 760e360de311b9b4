import type { DatabaseSync } from "node:sqlite";
import type { StationKey, StreamName } from "#core";
import { prepareAll } from "../statements.ts";

/** Where chains end; undefined where there is no event. */
export interface EndsOfChains {
  readonly stream: (name: StreamName) => { version: number; last: number } | undefined;
  readonly station: (key: StationKey) => { id: number; last: number } | undefined;
}

const sql = {
  writtenTo: "SELECT position FROM chain_ends",
  stream: "SELECT id, version, last FROM streams WHERE name = ?",
  laterOfStream: `SELECT version, position AS last FROM events
    WHERE position > ? AND stream = ? ORDER BY position DESC LIMIT 1`,
  station: "SELECT id, last FROM stations WHERE key = ?",
  laterOfStation: `SELECT position AS last FROM events
    WHERE position > ? AND station = ? ORDER BY position DESC LIMIT 1`,
};

/**
 * Ends as the tables say, and the events that they are behind. Correct beside a writer, without a
 * transaction: the position is read first, so the rows are at least as new, and the events too.
 */
export function storedEnds(database: DatabaseSync): EndsOfChains {
  const run = prepareAll(database, sql);
  const writtenTo = () => {
    const found = run.writtenTo.get();
    if (found === undefined) throw new Error("the log is damaged: its table chain_ends is empty");
    return Number(found.position);
  };
  return {
    stream: (name) => {
      const from = writtenTo();
      const row = run.stream.get(name) as { id: number; version: number; last: number } | undefined;
      if (row === undefined) return undefined;
      const later = run.laterOfStream.get(from, row.id) as { version: number; last: number };
      return later ?? row;
    },
    station: (key) => {
      const from = writtenTo();
      const row = run.station.get(key) as { id: number; last: number } | undefined;
      if (row === undefined) return undefined;
      const later = run.laterOfStation.get(from, row.id) as { last: number } | undefined;
      return { id: row.id, last: later?.last ?? row.last };
    },
  };
}
