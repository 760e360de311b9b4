import type { MigratedPart } from "#postgres";
import { commitFunction } from "./commit-function.ts";

/*
 * `streams.id` is the position of the stream's first event: no counter is needed, and a stream is
 * looked for only in the partitions between its first and its last event. Texts compare bytewise.
 * Rows that are written again and again leave room in their pages, so that no index is touched.
 * The head's row is the exception: while somebody holds a snapshot, none of its old versions can
 * be cleared away, and they would all be walked through for each commit. By its position the newest
 * one is at the end of the index, whatever is before it.
 */
const tables = `
CREATE TABLE head (
  shard integer NOT NULL, position bigint NOT NULL, PRIMARY KEY (shard, position));
INSERT INTO head (shard, position) VALUES (0, 0);
CREATE TABLE events (
  position bigint NOT NULL, stream bigint NOT NULL, version integer NOT NULL,
  schema integer NOT NULL, station text COLLATE "C", correlation text COLLATE "C",
  type text COLLATE "C" NOT NULL, data text NOT NULL, meta text NOT NULL,
  PRIMARY KEY (position)) PARTITION BY RANGE (position);
CREATE INDEX events_by_stream ON events (stream, version);
CREATE INDEX events_by_station ON events (station, position) WHERE station IS NOT NULL;
CREATE INDEX events_by_correlation ON events (correlation, position)
  WHERE correlation IS NOT NULL;
CREATE TABLE streams (
  id bigint PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, version integer NOT NULL,
  last bigint NOT NULL) WITH (fillfactor = 70);
CREATE TABLE receipts (
  id text COLLATE "C" PRIMARY KEY, position bigint NOT NULL, answer text NOT NULL,
  expires_ms bigint NOT NULL);
CREATE TABLE vault (
  ref text COLLATE "C" PRIMARY KEY, lookup text COLLATE "C" NOT NULL UNIQUE,
  sealed text NOT NULL);
CREATE TABLE credentials (owner text COLLATE "C" PRIMARY KEY, secret text NOT NULL);
CREATE TABLE requests (
  request_id text COLLATE "C" PRIMARY KEY, station text COLLATE "C" NOT NULL,
  position bigint NOT NULL);
CREATE INDEX requests_by_station ON requests (station, position);
CREATE TABLE connections (
  station text COLLATE "C" PRIMARY KEY, node text NOT NULL, epoch bigint NOT NULL,
  connected_at text NOT NULL, last_seen_at text NOT NULL, disconnected_at text,
  protocol text, address text) WITH (fillfactor = 70);
CREATE TABLE snapshots (
  stream text COLLATE "C" PRIMARY KEY, fingerprint text NOT NULL, version integer NOT NULL,
  state text NOT NULL) WITH (fillfactor = 70);
CREATE TABLE checkpoints (
  consumer text COLLATE "C" PRIMARY KEY, position bigint NOT NULL, epoch bigint)
  WITH (fillfactor = 50);
`;

/** Steps of the log's tables. */
export const logPart: MigratedPart = {
  part: "log",
  steps: [{ sql: tables + commitFunction, worksFrom: 1 }],
};
