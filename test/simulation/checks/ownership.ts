// Whose word counts: what a station says is written by the node that holds its newest connection,
// under that connection's epoch, and by nobody else.
import type { CommitResult, CommitUnit, ConnectionRow, EventStore } from "#bus";
import type { StationKey } from "#core";
import type { LogContents } from "#event-store";
import type { Violate } from "./violations.ts";

interface Opened {
  readonly node: string;
  readonly epoch: number;
  /** Position of the last event before it. */
  readonly after: number;
}

export class OwnershipCheck {
  readonly #violate: Violate;
  readonly #opened = new Map<StationKey, Opened[]>();

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  /** The log with an eye on its table of connections. */
  watchedLog(log: LogContents): LogContents {
    const opened = (row: ConnectionRow) => this.#open(row, log.events.length);
    return { ...log, connections: new WatchedConnections(opened) };
  }

  /** Forgets all that it has seen. */
  putAway(): void {
    this.#opened.clear();
  }

  /** A node's store with an eye on what it commits. */
  watched(node: string, store: EventStore): EventStore {
    return {
      ...store,
      append: (unit) => {
        const result = store.append(unit);
        // Beside the product's own waiting, so that nothing comes later for being looked at.
        result.then(
          (settled) => this.#judge(node, unit, settled),
          () => {},
        );
        return result;
      },
    };
  }

  #open({ station, node, epoch }: ConnectionRow, after: number): void {
    const known = this.#opened.get(station) ?? [];
    this.#opened.set(station, known);
    if (known.at(-1)?.epoch !== epoch) known.push({ node, epoch, after });
  }

  #judge(node: string, unit: CommitUnit, result: CommitResult): void {
    const { fence } = unit;
    if (fence === undefined || result.status !== "committed") return;
    const { firstPosition, lastPosition } = result;
    if (lastPosition < firstPosition) return;
    const { station, epoch } = fence;
    const newest = this.#opened.get(station)?.findLast(({ after }) => after < firstPosition);
    const isOwner = newest?.node === node || isOffline(unit);
    if ((newest?.epoch ?? 0) === epoch && isOwner) return;
    const owner = newest === undefined ? "nobody" : `${newest.node} of epoch ${newest.epoch}`;
    const what = `${node} wrote for ${station} under epoch ${epoch}`;
    this.#violate("ownership", `${what} at ${firstPosition}, where ${owner} holds its connection`);
  }
}

/**
 * That a request ends since its station is nowhere is said by any node; the fence says that the
 * station has not come back meanwhile.
 */
function isOffline({ appends }: CommitUnit): boolean {
  return appends.every(({ events }) =>
    events.every(
      ({ type, data }) =>
        type === "RequestCompleted" && JSON.parse(data).outcome === "stationOffline",
    ),
  );
}

class WatchedConnections extends Map<StationKey, ConnectionRow> {
  readonly #told: (row: ConnectionRow) => void;

  constructor(told: (row: ConnectionRow) => void) {
    super();
    this.#told = told;
  }

  override set(station: StationKey, row: ConnectionRow): this {
    this.#told(row);
    return super.set(station, row);
  }
}
