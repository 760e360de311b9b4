import type { Cluster, ConnectionRow, EventStore } from "#bus";
import type { StationKey } from "#core";

interface Parts {
  readonly cluster?: Cluster | undefined;
  readonly store: Pick<EventStore, "connections">;
}

/** A station that moves while it is asked for is asked for once more. */
const looksMax = 2;

/** Whether there may be other nodes at all. */
export function hasOthers({ cluster }: Pick<Parts, "cluster">): boolean {
  return cluster !== undefined && !cluster.isAlone;
}

/**
 * The newest connection of a station that no other node holds any more; undefined: one holds it.
 * One that lives and does not answer may hold it: it hears of what is asked of the station by the
 * log. What is decided by this must be fenced with the epoch, since the station may come back.
 */
export async function goneSince(
  parts: Parts,
  key: StationKey,
): Promise<{ readonly epoch: number } | undefined> {
  let epoch = 0;
  for (let look = 0; look < looksMax; look += 1) {
    const [row] = await parts.store.connections([key]);
    if (row === undefined || row.epoch === epoch) break;
    epoch = row.epoch;
    if (!(await isOnLiveOther(parts, row))) break;
    if (await mayHold(parts, row)) return undefined;
  }
  return { epoch };
}

/**
 * The same of a station that has left a connection for a newer one: where the table has it, it may
 * be in its handshake yet, so that nobody is asked.
 */
export async function goneByTable(
  { cluster, store }: Parts,
  key: StationKey,
): Promise<{ readonly epoch: number } | undefined> {
  const [row] = await store.connections([key]);
  if (row === undefined) return { epoch: 0 };
  const { epoch, node, disconnectedAt } = row;
  if (disconnectedAt !== undefined) return { epoch };
  if (cluster === undefined || node === cluster.node) return undefined;
  return (await liveNodes(cluster)).has(node) ? undefined : { epoch };
}

/** Connections that are, by the table, on other nodes that live. */
export async function holdersOf(
  { cluster, store }: Parts,
  keys: readonly StationKey[],
): Promise<readonly ConnectionRow[]> {
  if (cluster === undefined || cluster.isAlone) return [];
  const rows = (await store.connections(keys)).filter(isOnOther(cluster));
  if (rows.length === 0) return rows;
  const live = await liveNodes(cluster);
  return rows.filter(({ node }) => live.has(node));
}

async function isOnLiveOther({ cluster }: Parts, row: ConnectionRow): Promise<boolean> {
  if (cluster === undefined || !isOnOther(cluster)(row)) return false;
  return (await liveNodes(cluster)).has(row.node);
}

function isOnOther({ node: own }: Cluster): (row: ConnectionRow) => boolean {
  return ({ node, disconnectedAt }) => disconnectedAt === undefined && node !== own;
}

async function liveNodes(cluster: Cluster): Promise<ReadonlySet<string>> {
  const nodes = await cluster.nodes();
  return new Set(nodes.filter(({ live }) => live).map(({ node }) => node));
}

async function mayHold({ cluster }: Parts, { station, node }: ConnectionRow): Promise<boolean> {
  const held = await cluster
    ?.ask(node, "connections", { stations: [station] })
    .catch(() => undefined);
  return held === undefined || held.length > 0;
}
