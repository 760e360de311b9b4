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

  #judge(node: string, { fence }: CommitUnit, result: CommitResult): void {
    if (fence === undefined || result.status !== "committed") return;
    const { firstPosition, lastPosition } = result;
    if (lastPosition < firstPosition) return;
    const { station, epoch } = fence;
    const newest = this.#opened.get(station)?.findLast(({ after }) => after < firstPosition);
    if (newest?.epoch === epoch && newest.node === node) return;
    const owner = newest === undefined ? "nobody" : `${newest.node} of epoch ${newest.epoch}`;
    const what = `${node} wrote for ${station} under epoch ${epoch}`;
    this.#violate("ownership", `${what} at ${firstPosition}, where ${owner} holds its connection`);
  }
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
