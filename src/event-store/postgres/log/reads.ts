import {
  type ConnectionRow,
  type EventStore,
  type NodeConnections,
  type StoredEvent,
  StoreUnavailable,
} from "#bus";
import type { Connections, Statement } from "#postgres";

type EventRow = readonly [number, string, number, string, number, string, string];
/** With the stream's own version; all before it is null where no event was found. */
type StreamRow = readonly [...EventRow, streamVersion: number];

const columns = "e.position, s.name, e.version, e.type, e.schema, e.data, e.meta";
const events = "FROM events e JOIN streams s ON s.id = e.stream";

/** How far the log goes. */
export const headQuery = "SELECT position FROM head WHERE shard = 0 ORDER BY position DESC LIMIT 1";

/*
 * A stream's events lie between its id, which is the position of the first, and its last; versions
 * have no gap, so that a page of them has an end, too. Only the partitions between are looked at.
 */
const sql = {
  at: `SELECT ${columns} ${events} WHERE e.position = $1`,
  all: `SELECT ${columns} ${events} WHERE e.position > $1 ORDER BY e.position LIMIT $2`,
  allOfTypes: `SELECT ${columns} ${events}
    WHERE e.position > $1 AND e.position <= $2 AND e.type = ANY ($3::text[])
    ORDER BY e.position LIMIT $4`,
  stream: `SELECT ${columns}, s.version FROM streams s LEFT JOIN events e ON e.stream = s.id
      AND e.position >= s.id AND e.position <= s.last
      AND e.version > $2 AND e.version <= $2::bigint + $3
    WHERE s.name = $1 ORDER BY e.version`,
  stationBefore: `SELECT ${columns} ${events}
    WHERE e.station = $1 AND e.position < $2 ORDER BY e.position DESC LIMIT $3`,
  stationAfter: `SELECT ${columns} ${events}
    WHERE e.station = $1 AND e.position > $2 ORDER BY e.position LIMIT $3`,
  correlation: `SELECT ${columns} ${events}
    WHERE e.correlation = $1 AND e.position > $2 ORDER BY e.position LIMIT $3`,
  head: headQuery,
  snapshot: `SELECT stream, fingerprint, version, state FROM snapshots
    WHERE stream = $1 AND fingerprint = $2`,
  pending: `SELECT request_id AS "requestId", station, position FROM requests
    WHERE station = $1 ORDER BY position`,
  allPending: `SELECT request_id AS "requestId", station, position FROM requests
    ORDER BY position LIMIT $1`,
  tokenByLookup: "SELECT ref, lookup, sealed FROM vault WHERE lookup = $1",
  tokenByRef: "SELECT ref, lookup, sealed FROM vault WHERE ref = $1",
  credential: "SELECT owner, secret FROM credentials WHERE owner = $1",
  connections: `SELECT c.station, c.node, c.epoch, c.connected_at AS "connectedAt",
      c.last_seen_at AS "lastSeenAt", c.disconnected_at AS "disconnectedAt", c.protocol, c.address
    FROM unnest($1::text[]) WITH ORDINALITY w(station, at) JOIN connections c USING (station)
    ORDER BY w.at`,
  connectionsByNode: `SELECT node, count(*) FILTER (WHERE is_now) AS stations,
      count(*) FILTER (WHERE NOT is_now) AS lost
    FROM (
      SELECT node, connected_at COLLATE "C" >= coalesce($1::jsonb ->> node, '') AS is_now
      FROM connections WHERE disconnected_at IS NULL) c
    GROUP BY node ORDER BY node COLLATE "C" LIMIT $2`,
  connectedStations: `SELECT coalesce(json_agg(c.station)::text, '[]') AS stations
    FROM connections c JOIN jsonb_each_text($1::jsonb) AS n(node, since) ON n.node = c.node
    WHERE c.disconnected_at IS NULL AND c.connected_at COLLATE "C" >= n.since`,
  checkpoint: "SELECT position FROM checkpoints WHERE consumer = $1",
};

const endOfTime = Number.MAX_SAFE_INTEGER;

/** Reads of the log, on connections that no commit waits for. */
export function createLogReads(connections: Connections) {
  const statement = (name: keyof typeof sql, values: unknown[]): Statement => {
    return { name: `log ${name}`, text: sql[name], values };
  };
  const eventsOf = async (name: keyof typeof sql, ...values: unknown[]): Promise<StoredEvent[]> => {
    const query = { ...statement(name, values), asArrays: true };
    return (await connections.run<EventRow>(query)).map(asEvent);
  };
  const rows = <Row>(name: keyof typeof sql, ...values: unknown[]) =>
    connections.run<Row>(statement(name, values));
  const first = async <Row>(name: keyof typeof sql, ...values: unknown[]) =>
    (await rows<Row>(name, ...values))[0];
  const position = async (name: "head" | "checkpoint", ...values: unknown[]) =>
    (await first<{ position: number }>(name, ...values))?.position ?? 0;

  return {
    readStream: async (query) => {
      const { stream, afterVersion, limit } = query;
      const asked = { ...statement("stream", [stream, afterVersion, limit]), asArrays: true };
      return wholeStream(query, await connections.run<StreamRow>(asked));
    },
    readAll: ({ after, limit, only }) =>
      only === undefined
        ? eventsOf("all", after, limit)
        : eventsOf("allOfTypes", after, only.until, [...only.types], limit),
    readStation: ({ station, before, after, limit }) =>
      after === undefined
        ? eventsOf("stationBefore", station, before ?? endOfTime, limit)
        : eventsOf("stationAfter", station, after, limit),
    readCorrelation: ({ correlationId, after, limit }) =>
      eventsOf("correlation", correlationId, after, limit),
    readAt: async (at) => (await eventsOf("at", at))[0],
    head: () => position("head"),
    loadSnapshot: ({ stream, fingerprint }) => first("snapshot", stream, fingerprint),
    pendingRequests: (station) => rows("pending", station),
    allPendingRequests: (limit) => rows("allPending", limit),
    findToken: (lookup) => first("tokenByLookup", lookup),
    openToken: (ref) => first("tokenByRef", ref),
    findCredential: (owner) => first("credential", owner),
    connections: async (stations) =>
      (await rows<Record<string, unknown>>("connections", [...stations])).map(
        (row) => withoutNulls(row) as unknown as ConnectionRow,
      ),
    connectionsByNode: ({ startedAt, limit }) =>
      rows<NodeConnections>("connectionsByNode", JSON.stringify(startedAt), limit),
    connectedStations: async ({ startedAt }) => {
      const asked = JSON.stringify(startedAt);
      const found = await first<{ readonly stations: string }>("connectedStations", asked);
      return found?.stations ?? "[]";
    },
    checkpoint: (consumer) => position("checkpoint", consumer),
  } satisfies Partial<EventStore>;
}

/** Where some of it is in the archive, nobody may decide by the rest. */
function wholeStream(
  { stream, afterVersion }: { readonly stream: string; readonly afterVersion: number },
  rows: readonly StreamRow[],
): StoredEvent[] {
  const streamVersion = rows[0]?.[7] ?? 0;
  if (streamVersion <= afterVersion) return [];
  const events = rows.map(asEvent);
  if (events[0]?.version === afterVersion + 1) return events;
  throw new StoreUnavailable(`events of ${stream} are in the archive and not in the log`);
}

function asEvent([position, stream, version, type, schema, data, meta]:
  | EventRow
  | StreamRow): StoredEvent {
  return { position, stream, version, type, schema, data, meta };
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
