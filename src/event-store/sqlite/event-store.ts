import type {
  Clock,
  CommitResult,
  CommitUnit,
  EventStore,
  Log,
  ReplacedConnection,
  StoredEvent,
} from "#bus";
import type { Limits } from "#limits";
import { CommitQueue } from "../commit-queue.ts";
import { createStoreHealth } from "../store-health.ts";
import type { LogNote } from "./log-notes.ts";
import type { LogCalls, LogSettings } from "./log-worker.ts";
import { type Packed, packUnits, unpackEvents, unpackResults } from "./packing.ts";
import { WorkerCalls } from "./worker-calls.ts";

/** Reads that may be long: asked of another thread, they delay no commit. */
export type LongReads = Pick<
  EventStore,
  "readAll" | "readStation" | "readCorrelation" | "connectionsByNode" | "connectedStations"
>;

/** What an event store on SQLite needs. */
export interface SqliteEventStoreOptions {
  readonly directory: string;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: the log's own thread. */
  readonly longReads?: LongReads | undefined;
  /** The log's thread has died: nothing can be committed until the process starts anew. */
  readonly lost?: ((why: Error) => void) | undefined;
  /** As in MOTOWN_FAULT, for tests. */
  readonly fault?: string | undefined;
}

type Write = CommitUnit | LogNote;

/** Opens the log in a directory, with a writer thread of its own. */
export async function createSqliteEventStore(
  options: SqliteEventStoreOptions,
): Promise<EventStore> {
  const { directory, limits, fault } = options;
  const { chainCacheMax, receiptScanMax } = limits;
  const settings: LogSettings = { directory, chainCacheMax, receiptScanMax, fault };
  const file = new URL("./log-worker.ts", import.meta.url);
  const worker = await WorkerCalls.start<LogCalls>({
    file,
    settings,
    name: "motown-log",
    openMs: limits.storeOpenMs,
    lost: (why) => {
      health.lost(why);
      options.lost?.(why);
    },
  });
  const health = createStoreHealth(options, () => queue.add({ note: "probe" }));
  const queue: CommitQueue<Write, unknown> = new CommitQueue<Write, unknown>({
    send: (batch) => health.watch({ size: batch.length, write: () => sendBatch(worker, batch) }),
    keysOf: (write) => ("note" in write ? undefined : write.station),
    batchMax: limits.commitBatchMax,
    queueMax: limits.commitQueueMax,
    spacingMs: limits.commitSpacingMs,
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    health.close();
    await queue.drained();
    await worker.call("close");
    await worker.stop();
  };
  return {
    append: (unit) => queue.add(unit) as Promise<CommitResult>,
    ...readsOf(worker),
    ...options.longReads,
    ...notesOf(queue),
    health: health.now,
    figures: () => health.figures(queue.waiting),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function sendBatch(
  worker: WorkerCalls<LogCalls>,
  batch: readonly Write[],
): Promise<readonly unknown[]> {
  const units: CommitUnit[] = [];
  const notes: LogNote[] = [];
  for (const write of batch) {
    if ("note" in write) notes.push(write);
    else units.push(write);
  }
  const outcome = await worker.call("commit", packUnits(units), notes);
  const results = unpackResults(outcome.results);
  if (notes.length === 0) return results;
  let unit = 0;
  let note = 0;
  return batch.map((write) => ("note" in write ? outcome.notes[note++] : results[unit++]));
}

function readsOf(worker: WorkerCalls<LogCalls>) {
  const events = async (packed: Promise<Packed>): Promise<StoredEvent[]> =>
    unpackEvents(await packed);
  return {
    readStream: (query) => events(worker.call("readStream", query)),
    readAll: (query) => events(worker.call("readAll", query)),
    readStation: (query) => events(worker.call("readStation", query)),
    readCorrelation: (query) => events(worker.call("readCorrelation", query)),
    readAt: async (position) => (await events(worker.call("readAt", position)))[0],
    head: () => worker.call("head"),
    loadSnapshot: (query) => worker.call("loadSnapshot", query),
    pendingRequests: (station) => worker.call("pendingRequests", station),
    allPendingRequests: (limit) => worker.call("allPendingRequests", limit),
    findToken: (lookup) => worker.call("findToken", lookup),
    openToken: (ref) => worker.call("openToken", ref),
    findCredential: (owner) => worker.call("findCredential", owner),
    connections: (stations) => worker.call("connections", stations),
    connectionsByNode: (query) => worker.call("connectionsByNode", query),
    connectedStations: (query) => worker.call("connectedStations", query),
    checkpoint: (consumer) => worker.call("checkpoint", consumer),
  } satisfies Partial<EventStore>;
}

function notesOf(queue: CommitQueue<Write, unknown>) {
  const done = async (note: LogNote): Promise<void> => {
    await queue.add(note);
  };
  return {
    saveSnapshot: (snapshot) => done({ note: "snapshot", snapshot }),
    connect: (row) => queue.add({ note: "connect", row }) as Promise<number>,
    disconnect: (row) => done({ note: "disconnect", ...row }),
    seen: (rows) => queue.add({ note: "seen", rows }) as Promise<readonly ReplacedConnection[]>,
    saveCheckpoint: (row) =>
      queue.add({ note: "checkpoint", ...row }) as Promise<"saved" | "fenced">,
    dropExpiredReceipts: (query) =>
      queue.add({ note: "dropReceipts", ...query }) as Promise<number>,
  } satisfies Partial<EventStore>;
}
