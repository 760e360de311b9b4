import {
  type CommitResult,
  type CommitUnit,
  createTally,
  createTimings,
  type EventStore,
  type Faults,
  type NodeConnections,
  type NodeConnectionsQuery,
  noFaults,
  type ReplacedConnection,
  type StoredEvent,
  type StoreFigures,
  StoreUnavailable,
  type Tally,
  UnitRefused,
} from "#bus";
import { type Limits, limitsWith } from "#limits";
import { commitUnit, emptyLog, type LogContents } from "./log-contents.ts";

/** Settings of a log in memory; all may be left out. */
export interface MemoryEventStoreOptions {
  /** What an earlier store of this log held: a restart after a crash. */
  readonly contents?: LogContents;
  /** A fault that throws makes the batch fail: before it is written, or after. */
  readonly faults?: Faults;
  readonly limits?: Limits;
  /**
   * When a batch is committed that has begun to gather; default: once the present turn is over. A
   * simulation hands in its clock, and units gather for as long as its disk takes.
   */
  readonly schedule?: (commit: () => void) => void;
}

/** A log in plain memory with the behaviour of a real one: group commit, failures, restarts. */
export function createMemoryEventStore(options: MemoryEventStoreOptions = {}): EventStore {
  const log = options.contents ?? emptyLog();
  const batches = new Batches(options);
  const later = <T>(write: () => T): Promise<T> => batches.add(write);
  return {
    append: (unit: CommitUnit): Promise<CommitResult> => later(() => commitUnit(log, unit)),
    ...readsOf(log),
    ...tablesOf(log, later),
    health: () => batches.health(),
    figures: () => batches.figures(),
    close: () => batches.close(),
  };
}

interface Waiting {
  readonly write: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Group commit: all that came since the last batch is written in one go, in order. */
class Batches {
  readonly #faults: Faults;
  readonly #schedule: (commit: () => void) => void;
  readonly #queueMax: number;
  readonly #commits = createTimings();
  readonly #failures: Tally;
  #writes = 0;
  #waiting: Waiting[] = [];
  #closed = false;
  #reason: string | undefined;

  constructor(options: MemoryEventStoreOptions) {
    this.#faults = options.faults ?? noFaults;
    this.#schedule = options.schedule ?? queueMicrotask;
    const { commitQueueMax, figureReasonsMax } = options.limits ?? limitsWith();
    this.#queueMax = commitQueueMax;
    this.#failures = createTally(figureReasonsMax);
  }

  add<T>(write: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailable("it was closed"));
    if (this.#waiting.length >= this.#queueMax) {
      const reason = `overload: ${this.#waiting.length} units wait for the disk`;
      return Promise.reject(new StoreUnavailable(reason));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      if (this.#waiting.length === 1) this.#schedule(() => this.#commit());
    });
  }

  health() {
    return this.#reason === undefined ? { ok: true } : { ok: false, reason: this.#reason };
  }

  figures(): StoreFigures {
    const failures = this.#failures.counts();
    return {
      commits: this.#commits,
      writes: this.#writes,
      waiting: this.#waiting.length,
      failures,
    };
  }

  async close(): Promise<void> {
    this.#commit();
    this.#closed = true;
  }

  #commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    try {
      this.#faults.hit("beforeCommit");
      const results = batch.map(({ write }) => writtenOrRefused(write));
      this.#faults.hit("afterCommitBeforeReply");
      this.#reason = undefined;
      // It takes no time that a clock would show.
      this.#commits.add(0);
      this.#writes += batch.length;
      for (const [at, { resolve, reject }] of batch.entries()) {
        const result = results[at];
        if (result instanceof UnitRefused) reject(result);
        else resolve(result as never);
      }
    } catch (error) {
      this.#reason = error instanceof Error ? error.message : String(error);
      this.#failures.add(this.#reason);
      const failure = new StoreUnavailable(this.#reason);
      for (const { reject } of batch) reject(failure);
    }
  }
}

/** What cannot be written fails alone. */
function writtenOrRefused(write: () => unknown): unknown {
  try {
    return write();
  } catch (error) {
    if (error instanceof UnitRefused) return error;
    throw error;
  }
}

function readsOf(log: LogContents) {
  return {
    readStream: async ({ stream, afterVersion, limit }) => {
      const events = log.streams.get(stream) ?? [];
      return events.slice(afterVersion, afterVersion + limit).map(seen);
    },
    readAll: async ({ after, limit, only }) => {
      if (only === undefined) return log.events.slice(after, after + limit).map(seen);
      const wanted = log.events.slice(after, only.until);
      return wanted
        .filter(({ type }) => only.types.includes(type))
        .slice(0, limit)
        .map(seen);
    },
    readStation: async ({ station, before = Number.MAX_SAFE_INTEGER, after, limit }) => {
      const own = log.events.filter((event) => event.station === station);
      const wanted =
        after === undefined
          ? own.filter(({ position }) => position < before).reverse()
          : own.filter(({ position }) => position > after);
      return wanted.slice(0, limit).map(seen);
    },
    readCorrelation: async ({ correlationId, after, limit }) =>
      log.events
        .filter((event) => event.correlationId === correlationId && event.position > after)
        .slice(0, limit)
        .map(seen),
    readAt: async (position) => {
      const event = log.events[position - 1];
      return event && seen(event);
    },
    head: async () => log.events.length,
    loadSnapshot: async ({ stream, fingerprint }) => {
      const snapshot = log.snapshots.get(stream);
      return snapshot?.fingerprint === fingerprint ? snapshot : undefined;
    },
    pendingRequests: async (station) => pending(log).filter((one) => one.station === station),
    allPendingRequests: async (limit) => pending(log).slice(0, limit),
    findToken: async (lookup) => log.vault.get(log.refs.get(lookup) ?? ""),
    openToken: async (ref) => log.vault.get(ref),
    findCredential: async (owner) => {
      const secret = log.credentials.get(owner);
      return secret === undefined ? undefined : { owner, secret };
    },
    connections: async (stations) =>
      stations.flatMap((station) => log.connections.get(station) ?? []),
    connectionsByNode: async (query) => byNode(log, query).slice(0, query.limit),
    connectedStations: async ({ startedAt }) =>
      JSON.stringify(connectedTo(log, startedAt).map(({ station }) => station)),
    checkpoint: async (consumer) => log.checkpoints.get(consumer) ?? 0,
  } satisfies Partial<EventStore>;
}

function pending(log: LogContents) {
  return [...log.requests.values()].sort((a, b) => a.position - b.position);
}

function connectedTo(log: LogContents, startedAt: NodeConnectionsQuery["startedAt"]) {
  return [...log.connections.values()].filter(({ node, connectedAt, disconnectedAt }) => {
    const since = startedAt[node];
    return disconnectedAt === undefined && since !== undefined && connectedAt >= since;
  });
}

function byNode(log: LogContents, { startedAt }: NodeConnectionsQuery): readonly NodeConnections[] {
  const open = [...log.connections.values()].filter((row) => row.disconnectedAt === undefined);
  return [...Map.groupBy(open, ({ node }) => node)]
    .map(([node, rows]) => {
      const { length } = rows.filter((row) => row.connectedAt >= (startedAt[node] ?? ""));
      return { node, stations: length, lost: rows.length - length };
    })
    .sort((one, other) => (one.node < other.node ? -1 : 1));
}

function seen({ position, stream, version, type, schema, data, meta }: StoredEvent): StoredEvent {
  return { position, stream, version, type, schema, data, meta };
}

function tablesOf(log: LogContents, later: <T>(write: () => T) => Promise<T>) {
  return {
    saveSnapshot: (snapshot) =>
      later(() => {
        const known = log.snapshots.get(snapshot.stream);
        const older =
          known?.fingerprint === snapshot.fingerprint && known.version > snapshot.version;
        if (!older) log.snapshots.set(snapshot.stream, snapshot);
      }),
    connect: (row) =>
      later(() => {
        const epoch = (log.connections.get(row.station)?.epoch ?? 0) + 1;
        log.connections.set(row.station, { ...row, epoch, lastSeenAt: row.connectedAt });
        return epoch;
      }),
    disconnect: ({ station, epoch, at }) =>
      later(() => {
        const known = log.connections.get(station);
        if (known?.epoch === epoch) log.connections.set(station, { ...known, disconnectedAt: at });
      }),
    seen: (rows) =>
      later(() => {
        const replaced: ReplacedConnection[] = [];
        for (const { station, epoch, at } of rows) {
          const known = log.connections.get(station);
          if (known === undefined) continue;
          if (known.epoch === epoch) log.connections.set(station, { ...known, lastSeenAt: at });
          else replaced.push({ station, epoch: known.epoch });
        }
        return replaced;
      }),
    saveCheckpoint: ({ consumer, position, epoch }) =>
      later(() => {
        if (epoch !== undefined) {
          if (epoch < (log.checkpointEpochs.get(consumer) ?? 0)) return "fenced";
          log.checkpointEpochs.set(consumer, epoch);
        }
        log.checkpoints.set(consumer, position);
        return "saved";
      }),
    dropExpiredReceipts: ({ now, limit }) =>
      later(() => {
        const expired = [...log.receipts.values()].filter((one) => one.expiresAt <= now);
        for (const { id } of expired.slice(0, limit)) log.receipts.delete(id);
        return Math.min(expired.length, limit);
      }),
  } satisfies Partial<EventStore>;
}
