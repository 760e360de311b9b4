import type { DatabaseSync } from "node:sqlite";
import type {
  ConnectionRow,
  Credential,
  EventStore,
  NodeConnections,
  NodeConnectionsQuery,
  PendingRequest,
  Snapshot,
  VaultEntry,
} from "#bus";
import type { StationKey } from "#core";
import { type EndsOfChains, storedEnds } from "./chains/stored-ends.ts";
import { milestoneEvery } from "./log-schema.ts";
import { prepareAll } from "./statements.ts";

type Query<M extends "readStream" | "readAll" | "readStation" | "readCorrelation"> = Parameters<
  EventStore[M]
>[0];

/** An event's row: position, stream, version, type, schema, data, meta. */
export type EventColumns = readonly unknown[];

const columns = "e.position, s.name, e.version, e.type, e.schema, e.data, e.meta";
const events = "FROM events e JOIN streams s ON s.id = e.stream";

const sql = {
  at: `SELECT ${columns} ${events} WHERE e.position = ?`,
  all: `SELECT ${columns} ${events} WHERE e.position > ? ORDER BY e.position LIMIT ?`,
  allOfTypes: `SELECT ${columns} ${events}
    WHERE e.position > ? AND e.position <= ? AND e.type IN (SELECT value FROM json_each(?))
    ORDER BY e.position LIMIT ?`,
  correlation: `SELECT ${columns} ${events}
    WHERE e.correlation = ? AND e.position > ? ORDER BY e.position LIMIT ?`,
  link: "SELECT version, prev, milestone, station, prev_station FROM events WHERE position = ?",
  head: "SELECT coalesce(max(position), 0) AS position FROM events",
  snapshot: `SELECT stream, fingerprint, version, state FROM snapshots
    WHERE stream = ? AND fingerprint = ?`,
  pending: `SELECT request_id AS requestId, station, position FROM requests
    WHERE station = ? ORDER BY position`,
  allPending: `SELECT request_id AS requestId, station, position FROM requests
    ORDER BY position LIMIT ?`,
  tokenByLookup: "SELECT ref, lookup, sealed FROM vault WHERE lookup = ?",
  tokenByRef: "SELECT ref, lookup, sealed FROM vault WHERE ref = ?",
  credential: "SELECT owner, secret FROM credentials WHERE owner = ?",
  connection: `SELECT station, node, epoch, connected_at AS connectedAt,
    last_seen_at AS lastSeenAt, disconnected_at AS disconnectedAt, protocol, address
    FROM connections WHERE station = ?`,
  connectionsByNode: `SELECT node, sum(isNow) AS stations, sum(NOT isNow) AS lost FROM (
      SELECT node, connected_at >= coalesce(
        (SELECT value FROM json_each(?) WHERE key = node), '') AS isNow
      FROM connections WHERE disconnected_at IS NULL)
    GROUP BY node ORDER BY node LIMIT ?`,
  connectedStations: `SELECT json_group_array(c.station) AS stations
    FROM json_each(?) AS n CROSS JOIN connections AS c
    WHERE c.node = n.key AND c.disconnected_at IS NULL AND c.connected_at >= n.value`,
  checkpoint: "SELECT position FROM checkpoints WHERE consumer = ?",
};

interface Link {
  readonly version: number;
  readonly prev: number;
  readonly milestone: number;
  readonly station: number | null;
  readonly prev_station: number;
}

/**
 * Reads the log, on the writer's own connection, which knows the ends of chains, or on another one
 * beside it.
 */
export function createLogReader(database: DatabaseSync, ends: EndsOfChains = storedEnds(database)) {
  const run = prepareAll(database, sql);
  const ofEvents = [run.at, run.all, run.allOfTypes, run.correlation];
  for (const one of ofEvents) one.setReturnArrays(true);
  return { ...eventReads(run, ends), ...tableReads(run) };
}

/** What `createLogReader` makes. */
export type LogReader = ReturnType<typeof createLogReader>;

type Run = ReturnType<typeof prepareAll<typeof sql>>;

// Typed by hand, here and below: the driver knows a statement's rows only when it runs.
function eventReads(run: Run, ends: EndsOfChains) {
  const rows = (found: unknown) => found as EventColumns[];
  const eventAt = (position: number) => run.at.get(position) as unknown as EventColumns;
  return {
    readAt: (position: number) => rows(run.at.all(position)),
    readAll: ({ after, limit, only }: Query<"readAll">) =>
      rows(
        only === undefined
          ? run.all.all(after, limit)
          : run.allOfTypes.all(after, only.until, JSON.stringify(only.types), limit),
      ),
    readCorrelation: ({ correlationId, after, limit }: Query<"readCorrelation">) =>
      rows(run.correlation.all(correlationId, after, limit)),

    readStream: ({ stream, afterVersion, limit }: Query<"readStream">): EventColumns[] => {
      const end = ends.stream(stream);
      const to = Math.min(end?.version ?? 0, afterVersion + limit);
      const found: EventColumns[] = [];
      if (end === undefined || to <= afterVersion) return found;
      let position = positionAt(run, end, to);
      for (let version = to; version > afterVersion; version -= 1) {
        found.push(eventAt(position));
        position = linkAt(run, position).prev;
      }
      return found.reverse();
    },

    readStation: ({ station, before, after, limit }: Query<"readStation">): EventColumns[] => {
      const end = ends.station(station);
      const found: EventColumns[] = [];
      if (after !== undefined) {
        return stationPositions(run, end?.last ?? 0, after)
          .slice(-limit)
          .reverse()
          .map(eventAt);
      }
      let position = end === undefined ? 0 : stationStart(run, end, before);
      while (position > 0 && found.length < limit) {
        found.push(eventAt(position));
        position = linkAt(run, position).prev_station;
      }
      return found;
    },
  };
}

function linkAt(run: Run, position: number): Link {
  return run.link.get(position) as unknown as Link;
}

/** Position of a stream's event by its version: jumps from milestone to milestone, then walks. */
function positionAt(run: Run, end: { version: number; last: number }, version: number): number {
  let { last: position, version: at } = end;
  while (at > version) {
    const here = linkAt(run, position);
    const milestone = Math.floor((at - 1) / milestoneEvery) * milestoneEvery;
    const jumps = milestone >= version && milestone > 0;
    position = jumps ? here.milestone : here.prev;
    at = jumps ? milestone : at - 1;
  }
  return position;
}

/** Positions of a station's events behind one, newest first: a link for each of them. */
function stationPositions(run: Run, last: number, after: number): number[] {
  const positions: number[] = [];
  for (let at = last; at > after; at = linkAt(run, at).prev_station) positions.push(at);
  return positions;
}

/** Where to begin for events of a station before a position. */
function stationStart(
  run: Run,
  end: { id: number; last: number },
  before: number | undefined,
): number {
  if (before === undefined) return end.last;
  const there = run.link.get(before) as unknown as Link | undefined;
  if (there?.station === end.id) return there.prev_station;
  let position = end.last;
  while (position >= before) position = linkAt(run, position).prev_station;
  return position;
}

function tableReads(run: Run) {
  return {
    head: () => Number(run.head.get()?.position),
    loadSnapshot: (query: { stream: string; fingerprint: string }) =>
      run.snapshot.get(query.stream, query.fingerprint) as unknown as Snapshot | undefined,
    pendingRequests: (station: StationKey) =>
      run.pending.all(station) as unknown as PendingRequest[],
    allPendingRequests: (limit: number) => run.allPending.all(limit) as unknown as PendingRequest[],
    findToken: (lookup: string) =>
      run.tokenByLookup.get(lookup) as unknown as VaultEntry | undefined,
    openToken: (ref: string) => run.tokenByRef.get(ref) as unknown as VaultEntry | undefined,
    findCredential: (owner: string) =>
      run.credential.get(owner) as unknown as Credential | undefined,
    connections: (stations: readonly StationKey[]) =>
      stations.flatMap((station) => {
        const row = run.connection.get(station);
        return row === undefined ? [] : [withoutNulls(row) as unknown as ConnectionRow];
      }),
    connectionsByNode: ({ startedAt, limit }: NodeConnectionsQuery) =>
      run.connectionsByNode.all(JSON.stringify(startedAt), limit) as unknown as NodeConnections[],
    connectedStations: ({ startedAt }: Pick<NodeConnectionsQuery, "startedAt">) =>
      String(run.connectedStations.get(JSON.stringify(startedAt))?.stations),
    checkpoint: (consumer: string) => Number(run.checkpoint.get(consumer)?.position ?? 0),
  };
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
