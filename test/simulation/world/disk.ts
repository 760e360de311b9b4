// The disk that all nodes share: what was committed stays, whatever happens to a process.
import {
  type EventStore,
  FaultHit,
  type FaultPoint,
  type Faults,
  type FrameLog,
  StoreUnavailable,
} from "#bus";
import {
  createMemoryEventStore,
  createMemoryFrameLog,
  emptyLog,
  type LogContents,
} from "#event-store";
import type { Limits } from "#limits";
import type { OwnershipCheck } from "../checks/ownership.ts";
import type { Dice } from "./dice.ts";
import type { EngineLine } from "./engine-line.ts";
import type { Life } from "./life.ts";
import type { Timeline } from "./timeline.ts";
import { ViewFiles } from "./view-files.ts";

/** What is wrong with the disk: nothing can be written, nothing at all works, nobody can tell. */
export type DiskTrouble = "full" | "broken" | "unsure";

interface DiskParts {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly limits: Limits;
  readonly keepsViewHistory: boolean;
  readonly ownership: OwnershipCheck;
}

/** Who has a store: one life of a node. */
export interface StoreUser {
  readonly node: string;
  readonly life: Life;
  /** Its way there, where the store is not the node's own but a database that all share. */
  readonly line?: EngineLine | undefined;
}

/** A change of what a node is given for a store: the plants of a test that the checks are awake. */
export type StoreChange = (store: EventStore, disk: Disk) => EventStore;

export class Disk {
  readonly contents: LogContents;
  readonly views: ViewFiles;
  trouble: DiskTrouble | undefined;
  /** How long a commit takes, and a read. */
  commitMs: readonly [number, number] = [0.2, 3];
  readMs: readonly [number, number] = [0, 0.5];
  /** Chance that a read fails. */
  readFailure = 0;
  /** Asked at each moment of a write at which a process may die. */
  onPoint: (point: FaultPoint, life: Life) => boolean = () => false;
  change: StoreChange = (store) => store;
  readonly #parts: DiskParts;
  readonly #waiting = new Map<Life, number>();

  constructor(parts: DiskParts) {
    this.#parts = parts;
    const { limits, keepsViewHistory, ownership } = parts;
    this.contents = ownership.watchedLog(emptyLog());
    this.views = new ViewFiles({ limits, keepsHistory: keepsViewHistory });
  }

  /** Most writes of one process that wait for their commit. */
  get waiting(): number {
    for (const life of this.#waiting.keys()) if (!life.alive) this.#waiting.delete(life);
    return Math.max(0, ...this.#waiting.values());
  }

  /** The log as one life of a node has it. */
  storeFor({ node, life, line }: StoreUser): EventStore {
    const { limits, timeline, dice, ownership } = this.#parts;
    const store = createMemoryEventStore({
      contents: this.contents,
      limits,
      faults: this.faultsFor(life),
      schedule: (commit) => {
        timeline.after(dice.real(...this.commitMs), () => {
          // A database carries out what it was sent, whoever lives.
          if (life.alive || line !== undefined) commit();
        });
      },
    });
    const apart = this.#apart(store, life);
    const own = line === undefined ? apart : storeOver(apart, { line, life });
    return ownership.watched(node, this.change(own, this));
  }

  /** Frames are not synced: those of a life that ends are lost. */
  framesFor(): FrameLog {
    return createMemoryFrameLog(this.#parts.limits);
  }

  /** The injection points of one life of a node. */
  faultsFor(life: Life): Faults {
    return {
      hit: (point) => {
        const { trouble } = this;
        if (trouble === "full" && point === "beforeCommit") throw new Error("disk full");
        if (trouble === "broken" && point === "beforeCommit") throw new Error("disk broken");
        if (trouble === "unsure" && point === "afterCommitBeforeReply")
          throw new Error("disk gone");
        if (!this.onPoint(point, life)) return;
        throw new FaultHit(`the process died at ${point}`);
      },
    };
  }

  /** A store in another thread: its answers take time, and a dead process gets none. */
  #apart(store: EventStore, life: Life): EventStore {
    const { timeline, dice } = this.#parts;
    const count = (change: number) => {
      this.#waiting.set(life, (this.#waiting.get(life) ?? 0) + change);
    };
    const write = <T>(result: Promise<T>) => {
      count(1);
      result.then(
        () => count(-1),
        () => count(-1),
      );
      return life.outlived(result);
    };
    const read = <Q extends readonly never[], T>(ask: (...query: Q) => Promise<T>) => {
      return (...query: Q): Promise<T> => {
        const fails = this.trouble === "broken" || dice.strikes(this.readFailure);
        const delayMs = dice.real(...this.readMs);
        // Asked at once, answered later: in the meantime it may have become history.
        const answer = fails ? Promise.reject(new StoreUnavailable("disk broken")) : ask(...query);
        const late = answer.then(
          (result) => pause(timeline, delayMs, () => result),
          (error: unknown) =>
            pause(timeline, delayMs, () => {
              throw error;
            }),
        );
        return life.outlived(late);
      };
    };
    return {
      append: (unit) => write(store.append(unit)),
      readStream: read(store.readStream),
      readAll: read(store.readAll),
      readStation: read(store.readStation),
      readCorrelation: read(store.readCorrelation),
      readAt: read(store.readAt),
      head: read(store.head),
      loadSnapshot: read(store.loadSnapshot),
      saveSnapshot: (snapshot) => write(store.saveSnapshot(snapshot)),
      pendingRequests: read(store.pendingRequests),
      allPendingRequests: read(store.allPendingRequests),
      findToken: read(store.findToken),
      openToken: read(store.openToken),
      findCredential: read(store.findCredential),
      connect: (row) => write(store.connect(row)),
      disconnect: (row) => write(store.disconnect(row)),
      seen: (rows) => write(store.seen(rows)),
      connections: read(store.connections),
      connectionsByNode: read(store.connectionsByNode),
      connectedStations: read(store.connectedStations),
      checkpoint: read(store.checkpoint),
      saveCheckpoint: (row) => write(store.saveCheckpoint(row)),
      dropExpiredReceipts: (query) => write(store.dropExpiredReceipts(query)),
      health: () => store.health(),
      figures: () => store.figures(),
      close: () => write(store.close()),
    };
  }
}

const writes: ReadonlySet<string> = new Set<keyof EventStore>([
  ...(["append", "saveSnapshot", "connect", "disconnect", "seen"] as const),
  ...(["saveCheckpoint", "dropExpiredReceipts", "close"] as const),
]);

/** The store at the other end of a line. */
function storeOver(
  store: EventStore,
  { line, life }: { readonly line: EngineLine; readonly life: Life },
): EventStore {
  const calls = Object.entries(store).map(([name, call]) => {
    if (name === "health") return [name, call] as const;
    const ask = call as (...query: readonly unknown[]) => Promise<unknown>;
    const goes = writes.has(name) ? line.carry.bind(line) : line.read.bind(line);
    const over = (...query: readonly unknown[]) => life.outlived(goes(() => ask(...query)));
    return [name, over] as const;
  });
  return Object.fromEntries(calls) as unknown as EventStore;
}

function pause<T>(timeline: Timeline, delayMs: number, then: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    timeline.after(delayMs, () => {
      try {
        resolve(then());
      } catch (error) {
        reject(error);
      }
    });
  });
}
