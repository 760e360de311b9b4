import type { Cluster, ConnectionRow, EventStore, HeldConnection, Log } from "#bus";
import type { StationKey } from "#core";
import { holdersOf } from "../elsewhere.ts";

/** Connections of stations, wherever their sockets are. */
export interface Neighbours {
  /** Who has the station's newest connection by now, where that may be another node. */
  holder(station: StationKey): Promise<ConnectionRow | undefined>;
  /** Registers a connection; the node that held the station's socket until now is told. */
  connect(
    row: Omit<ConnectionRow, "epoch" | "lastSeenAt">,
    before: ConnectionRow | undefined,
  ): Promise<number>;
  /** Closes a socket that another node holds; false: none does, or it does not answer. */
  disconnect(key: StationKey, reason: string): Promise<boolean>;
  /** Those that other nodes hold, as they say; as the table says where they do not answer. */
  connections(keys: readonly StationKey[]): Promise<readonly HeldConnection[]>;
  /** Stations that came here while another node held their socket, or was thought to. */
  readonly takenOver: number;
}

function byTable(row: ConnectionRow): HeldConnection {
  const { station, epoch, lastSeenAt, connectedAt: since, protocol = "", address = "" } = row;
  return { station, epoch, lastSeenAt, since, protocol, address };
}

/** Without other nodes, all of it costs nothing. */
export function createNeighbours(parts: {
  readonly cluster?: Cluster | undefined;
  readonly store: Pick<EventStore, "connect" | "connections">;
  readonly log: Log;
}): Neighbours {
  const { cluster, store, log } = parts;
  if (cluster === undefined || cluster.isAlone) {
    return {
      holder: async () => undefined,
      connect: (row) => store.connect(row),
      disconnect: async () => false,
      connections: async () => [],
      takenOver: 0,
    };
  }

  async function heldBy(
    node: string,
    rows: readonly ConnectionRow[],
  ): Promise<readonly HeldConnection[]> {
    try {
      const stations = rows.map(({ station }) => station);
      return (await cluster?.ask(node, "connections", { stations })) ?? [];
    } catch (error) {
      log.warn("A node does not say which stations it holds", { node, error });
      return rows.map(byTable);
    }
  }

  let takenOver = 0;
  return {
    get takenOver() {
      return takenOver;
    },
    holder: async (station) => (await store.connections([station]))[0],
    connect: async (row, before) => {
      const epoch = await store.connect(row);
      if (before !== undefined && before.node !== row.node && before.disconnectedAt === undefined) {
        takenOver += 1;
        cluster.tell(before.node, { message: "replaced", station: row.station, epoch });
      }
      return epoch;
    },
    disconnect: async (station, reason) => {
      const [row] = await holdersOf(parts, [station]);
      if (row === undefined) return false;
      try {
        return await cluster.ask(row.node, "disconnect", { station, reason });
      } catch (error) {
        log.warn("A node does not disconnect a station", { node: row.node, station, error });
        return false;
      }
    },
    connections: async (keys) => {
      const rows = await holdersOf(parts, keys);
      const byNode = Map.groupBy(rows, ({ node }) => node);
      const held = await Promise.all([...byNode].map(([node, own]) => heldBy(node, own)));
      return held.flat();
    },
  };
}
