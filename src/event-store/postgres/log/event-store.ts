import {
  type Clock,
  type CommitResult,
  type CommitUnit,
  type EventStore,
  type Faults,
  noFaults,
  StoreUnavailable,
} from "#bus";
import {
  asStoreError,
  type Connections,
  createConnections,
  type DatabaseOptions,
  isPartitionMissing,
  migrate,
  unopenable,
} from "#postgres";
import { CommitQueue } from "../../commit-queue.ts";
import { createStoreHealth } from "../../store-health.ts";
import {
  type Batch,
  type BatchReply,
  batchValues,
  commitCall,
  noteResultsOf,
  resultsOf,
} from "./batch.ts";
import { keysOf, weightOf } from "./keys.ts";
import { type LogNote, probe } from "./notes.ts";
import { makePartitions } from "./partitions.ts";
import { plansForLargeTables } from "./plans.ts";
import { createLogReads, headQuery } from "./reads.ts";
import { createReceiptSweep } from "./receipt-sweep.ts";
import { logPart } from "./schema.ts";

/** What an event store on PostgreSQL needs. */
export interface PostgresEventStoreOptions extends DatabaseOptions {
  readonly clock: Clock;
  /** Channel on which each commit that grew the log tells its new head and this node (`NOTIFY`). */
  readonly channel?: string | undefined;
  /** Of drills: before a batch is sent to the server, and when the server has said what it did. */
  readonly faults?: Faults;
}

type Write = CommitUnit | LogNote;

/** Of a node's name, in what is told of the log's growth: a NOTIFY has little room. */
const nodeCharactersTold = 200;

/** Opens the log in a database; a `StoreProblem` says why that cannot be. */
export async function createPostgresEventStore(
  options: PostgresEventStoreOptions,
): Promise<EventStore> {
  const { limits } = options;
  await migrate(options, logPart);
  const readers = createConnections(options, {
    purpose: "log",
    max: limits.databaseReadersMax,
    session: plansForLargeTables,
  });
  const session = await durability(options, readers);
  const writer = createConnections(options, { purpose: "log writer", max: 1, session });
  const closeAll = async () => {
    await Promise.all([writer.close(), readers.close()]);
  };
  try {
    const committer = await createCommitter(options, { writer, readers });
    const health = createStoreHealth(options, () => queue.add(probe));
    const queue: CommitQueue<Write, unknown> = new CommitQueue<Write, unknown>({
      send: (writes) => health.watch(() => committer.commit(writes)),
      keysOf,
      batchMax: limits.commitBatchMax,
      weightOf,
      weightMax: limits.commitBatchCharactersMax,
      queueMax: limits.commitQueueMax,
    });
    return storeOf(queue, {
      reads: createLogReads(readers),
      dropExpiredReceipts: createReceiptSweep(readers, limits.receiptScanMax),
      health: health.now,
      close: async () => {
        health.close();
        await queue.drained();
        await committer.settled();
        await closeAll();
      },
    });
  } catch (error) {
    await closeAll();
    throw unopenable(options, error);
  }
}

/**
 * What the writer's sessions set so that a commit is on the disk when it is reported, whatever the
 * database's own default. A stronger one (`remote_apply`) stays as it is.
 */
async function durability(
  options: PostgresEventStoreOptions,
  readers: Connections,
): Promise<Readonly<Record<string, string>>> {
  const text = `SELECT current_setting('synchronous_commit') AS commits,
    current_setting('fsync') AS fsync`;
  try {
    const [row] = await readers.runRaw<{ commits: string; fsync: string }>({ text });
    if (row?.fsync !== "on") {
      options.log.warn(
        "PostgreSQL runs with fsync off: a power cut can lose what was acknowledged",
      );
    }
    return row?.commits === "off" ? { synchronous_commit: "on" } : {};
  } catch (error) {
    await readers.close();
    throw unopenable(options, error);
  }
}

function storeOf(
  queue: CommitQueue<Write, unknown>,
  given: Pick<EventStore, "dropExpiredReceipts" | "health" | "close"> & {
    readonly reads: ReturnType<typeof createLogReads>;
  },
): EventStore {
  let closing: Promise<void> | undefined;
  const add = <Result>(write: Write): Promise<Result> =>
    closing === undefined
      ? (queue.add(write) as Promise<Result>)
      : Promise.reject(new StoreUnavailable("it was closed"));
  return {
    append: (unit) => add<CommitResult>(unit),
    ...given.reads,
    saveSnapshot: (snapshot) => add({ note: "snapshot", snapshot }),
    connect: (row) => add<number>({ note: "connect", row }),
    disconnect: (row) => add({ note: "disconnect", ...row }),
    seen: (rows) => add({ note: "seen", rows }),
    saveCheckpoint: (row) => add({ note: "checkpoint", ...row }),
    dropExpiredReceipts: given.dropExpiredReceipts,
    health: given.health,
    close: () => {
      closing ??= given.close();
      return closing;
    },
  };
}

/** Sends batches to the server's function, and keeps a partition ready for what comes. */
async function createCommitter(
  options: PostgresEventStoreOptions,
  { writer, readers }: { readonly writer: Connections; readonly readers: Connections },
) {
  const { limits, channel, node = "", log, faults = noFaults } = options;
  const telling = { channel, sender: node.slice(0, nodeCharactersTold) };
  const size = limits.eventPartitionEvents;
  const [row] = await readers.runRaw<{ position: number }>({ text: headQuery });
  const partitions = { end: 0, making: undefined as Promise<void> | undefined };
  const make = async (position: number) => {
    partitions.end = await makePartitions(readers, { position, size });
  };
  await make(row?.position ?? 0);

  const makeAhead = (head: number) => {
    if (head + size / 2 < partitions.end || partitions.making !== undefined) return;
    partitions.making = make(head)
      .catch((error) => log.warn("no new partition of the log yet", { why: String(error) }))
      .finally(() => {
        partitions.making = undefined;
      });
  };
  const call = async (batch: Batch): Promise<BatchReply> => {
    const values = batchValues(batch, telling);
    const statement = { name: "log commit", text: commitCall, values };
    const [found] = await writer.runRaw<{ reply: BatchReply }>(statement);
    if (found === undefined) throw new StoreUnavailable("PostgreSQL did not say what it committed");
    return found.reply;
  };
  const callWithPartition = async (batch: Batch): Promise<BatchReply> => {
    try {
      return await call(batch);
    } catch (error) {
      if (!isPartitionMissing(error)) throw error;
      // Nothing of the batch was committed. Others have filled what this node had made.
      const [now] = await readers.runRaw<{ position: number }>({
        text: headQuery,
      });
      await make((now?.position ?? 0) + eventsIn(batch));
      return call(batch);
    }
  };
  return {
    commit: async (writes: readonly Write[]): Promise<readonly unknown[]> => {
      const units = writes.filter((write): write is CommitUnit => !("note" in write));
      const notes = writes.filter((write): write is LogNote => "note" in write);
      try {
        faults.hit("beforeCommit");
        const reply = await callWithPartition({ units, notes });
        faults.hit("afterCommitBeforeReply");
        makeAhead(reply.head);
        return inOrder(writes, {
          units: resultsOf(units, reply),
          notes: noteResultsOf(notes, reply),
        });
      } catch (error) {
        throw asStoreError(error);
      }
    },
    settled: async () => {
      await partitions.making;
    },
  };
}

const eventsIn = ({ units }: Batch): number =>
  units.flatMap((unit) => unit.appends).reduce((sum, one) => sum + one.events.length, 0);

/** Results in the order of what was sent. */
function inOrder(
  writes: readonly Write[],
  of: { readonly units: readonly CommitResult[]; readonly notes: readonly unknown[] },
): unknown[] {
  let unit = 0;
  let note = 0;
  return writes.map((write) => ("note" in write ? of.notes[note++] : of.units[unit++]));
}
