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
 * Whether another node that lives holds a station's socket. One that lives and does not answer may
 * hold it: it hears of what is asked of the station by the log.
 */
export async function isHeldElsewhere(parts: Parts, key: StationKey): Promise<boolean> {
  let epoch = 0;
  for (let look = 0; look < looksMax; look += 1) {
    const [row] = await holdersOf(parts, [key]);
    if (row === undefined || row.epoch === epoch) return false;
    epoch = row.epoch;
    if (await mayHold(parts, row)) return true;
  }
  return false;
}

/** Connections that are, by the table, on other nodes that live. */
export async function holdersOf(
  { cluster, store }: Parts,
  keys: readonly StationKey[],
): Promise<readonly ConnectionRow[]> {
  if (cluster === undefined || cluster.isAlone) return [];
  const rows = (await store.connections(keys)).filter(
    ({ node, disconnectedAt }) => disconnectedAt === undefined && node !== cluster.node,
  );
  if (rows.length === 0) return rows;
  const nodes = await cluster.nodes();
  const live = new Set(nodes.filter((node) => node.live).map(({ node }) => node));
  return rows.filter(({ node }) => live.has(node));
}

async function mayHold({ cluster }: Parts, { station, node }: ConnectionRow): Promise<boolean> {
  const held = await cluster
    ?.ask(node, "connections", { stations: [station] })
    .catch(() => undefined);
  return held === undefined || held.length > 0;
}
