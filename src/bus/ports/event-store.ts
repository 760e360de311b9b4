import type { StationKey, StreamName } from "#core";
import type { NodeConnections, NodeConnectionsQuery, StoreFigures } from "./store-figures.ts";

/** An event as the store keeps it: data and meta are JSON text, byte for byte as they came in. */
export interface StoredEvent {
  /** Gap-free, in commit order, from 1. Opaque outside the store: see `cursorOf`. */
  readonly position: number;
  readonly stream: StreamName;
  /** Place within its stream, from 1. */
  readonly version: number;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly meta: string;
}

export interface NewEvent {
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly meta: string;
}

export interface StreamAppend {
  readonly stream: StreamName;
  /** Version of the stream's last event as the decider saw it; 0: the stream is new. */
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
}

/** Kept so that the same command again has the same answer and no second effect. */
export interface Receipt {
  /**
   * Id of the command, compared byte for byte. It should be short, and its first part should grow
   * with time as finely as it can (a fact's own instant, to the second): the store's table is then
   * written at one end. A day and a hash behind it dirty a page of their own per receipt.
   */
  readonly id: string;
  /** What was answered, as text. */
  readonly answer: string;
  readonly expiresAt: string;
}

/** A token's row in the vault: its only copy. Erasing a person deletes it. */
export interface VaultEntry {
  readonly ref: string;
  /** HMAC of the folded value, to find it by; never the value. */
  readonly lookup: string;
  /** The value, encrypted. */
  readonly sealed: string;
}

/** A secret's check value: never in an event, deleted with its owner. */
export interface Credential {
  /** `station:{key}`, `user:{name}`, `api-key:{id}`. */
  readonly owner: string;
  /** Hash with its parameters, in the notation of whoever wrote it. */
  readonly secret: string;
}

/** A request in the table of those that were not sent yet; the event is read by its position. */
export interface PendingRequest {
  readonly requestId: string;
  readonly station: StationKey;
  readonly position: number;
}

/** One command's whole effect. It stands or falls alone. */
export interface CommitUnit {
  /** Station that it is about: events can be listed by it, and it names the shard. */
  readonly station?: StationKey | undefined;
  /** Shared by a request and what follows from it; events can be listed by it. */
  readonly correlationId?: string | undefined;
  readonly appends: readonly StreamAppend[];
  readonly receipt?: Receipt | undefined;
  /** Refused unless this is still the station's newest connection. */
  readonly fence?: { readonly station: StationKey; readonly epoch: number } | undefined;
  readonly vault?: readonly VaultEntry[] | undefined;
  readonly credentials?: readonly Credential[] | undefined;
  readonly forgetCredentials?: readonly string[] | undefined;
  /** References whose values are erased, so that nothing of them is left in the store. */
  readonly eraseTokens?: readonly string[] | undefined;
  /** Index of the append and of the event in it that asks a station for something. */
  readonly requests?:
    | readonly {
        readonly requestId: string;
        readonly append: number;
        readonly event: number;
      }[]
    | undefined;
  /** Requests that were sent or have ended. */
  readonly requestsDone?: readonly string[] | undefined;
}

/** What became of a unit. Only `committed` is durable, and only it may be acknowledged. */
export type CommitResult =
  | {
      readonly status: "committed";
      /** Position of the unit's first event; its events follow without a gap, in order. */
      readonly firstPosition: number;
      readonly lastPosition: number;
    }
  /** The receipt was there: nothing was appended. */
  | { readonly status: "repeated"; readonly answer: string; readonly lastPosition: number }
  /**
   * A stream has another version than expected: reload, decide again. Of the vault (`vault/{ref}`):
   * the token has another reference.
   */
  | { readonly status: "conflict"; readonly stream: StreamName; readonly version: number }
  | { readonly status: "fenced"; readonly epoch: number };

/** Whether a conflict is about a new token: no state will ever fit, its reference is another. */
export function isOfVault(stream: StreamName): boolean {
  return stream.startsWith("vault/");
}

/** State of a stream at a version; disposable, found only under the same fingerprint. */
export interface Snapshot {
  readonly stream: StreamName;
  /** Of the state's shape and the rules that fold it. */
  readonly fingerprint: string;
  readonly version: number;
  readonly state: string;
}

/** Who holds a station's socket. `epoch` grows by one at each connect. */
export interface ConnectionRow {
  readonly station: StationKey;
  readonly node: string;
  readonly epoch: number;
  readonly connectedAt: string;
  readonly lastSeenAt: string;
  /** Absent while connected. */
  readonly disconnectedAt?: string | undefined;
  readonly protocol?: string | undefined;
  readonly address?: string | undefined;
}

/** A sign of life of a connection. */
export interface SeenRow {
  readonly station: StationKey;
  readonly epoch: number;
  readonly at: string;
}

/** A station whose newest connection is another one than was thought. */
export interface ReplacedConnection {
  readonly station: StationKey;
  /** Of its newest connection. */
  readonly epoch: number;
}

/** How far a consumer has come. */
export interface CheckpointRow {
  readonly consumer: string;
  readonly position: number;
  /** Of its lease; absent where there is only one node. */
  readonly epoch?: number | undefined;
}

/**
 * The log: remembers events, in order, for ever, and with them receipts, requests, vault,
 * credentials and connections. Every commit is synced before it is reported. What arrives while a
 * commit is in flight goes into the next. A failure to write rejects the promise: nothing is
 * acknowledged. A unit that cannot be written for a reason of its own is refused alone.
 */
export interface EventStore {
  append(unit: CommitUnit): Promise<CommitResult>;

  /** Events of a stream after a version, in order. */
  readStream(query: {
    readonly stream: StreamName;
    readonly afterVersion: number;
    readonly limit: number;
  }): Promise<readonly StoredEvent[]>;
  /** All events after a position, in commit order. */
  readAll(query: {
    readonly after: number;
    readonly limit: number;
    /** Only some of those up to a position: few of many are found where the log is. */
    readonly only?: { readonly types: readonly string[]; readonly until: number } | undefined;
  }): Promise<readonly StoredEvent[]>;
  /**
   * Events of all streams of a station: before a position, newest first, or with `after` those that
   * follow a position, in order.
   */
  readStation(query: {
    readonly station: StationKey;
    readonly before?: number | undefined;
    readonly after?: number | undefined;
    readonly limit: number;
  }): Promise<readonly StoredEvent[]>;
  readCorrelation(query: {
    readonly correlationId: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly StoredEvent[]>;
  readAt(position: number): Promise<StoredEvent | undefined>;
  /** Position of the last committed event; 0: none. */
  head(): Promise<number>;

  loadSnapshot(query: {
    readonly stream: StreamName;
    readonly fingerprint: string;
  }): Promise<Snapshot | undefined>;
  saveSnapshot(snapshot: Snapshot): Promise<void>;

  pendingRequests(station: StationKey): Promise<readonly PendingRequest[]>;
  /** All that wait, oldest first: what a restart finds. */
  allPendingRequests(limit: number): Promise<readonly PendingRequest[]>;

  findToken(lookup: string): Promise<VaultEntry | undefined>;
  openToken(ref: string): Promise<VaultEntry | undefined>;
  findCredential(owner: string): Promise<Credential | undefined>;

  /** Registers a connection and returns its epoch, one higher than the station's last. */
  connect(row: Omit<ConnectionRow, "epoch" | "lastSeenAt">): Promise<number>;
  /** Does nothing when a newer connection has taken over. */
  disconnect(row: {
    readonly station: StationKey;
    readonly epoch: number;
    readonly at: string;
  }): Promise<void>;
  /**
   * Liveness of many connections at once; not synced by itself. Says which of them are over, since
   * their stations have newer ones.
   */
  seen(rows: readonly SeenRow[]): Promise<readonly ReplacedConnection[]>;
  connections(stations: readonly StationKey[]): Promise<readonly ConnectionRow[]>;
  /**
   * How many stations are connected, by the names of nodes. A node that has died counts until its
   * stations have come to others. May be long: nothing on the way of a message asks for it.
   */
  connectionsByNode(query: NodeConnectionsQuery): Promise<readonly NodeConnections[]>;
  /**
   * Keys of the stations that these nodes hold, as the text of a JSON array, in no order: whoever
   * asks hands it on to another thread as it is. May be long, too.
   */
  connectedStations(query: Pick<NodeConnectionsQuery, "startedAt">): Promise<string>;

  /** Checkpoint of a consumer that reacts to events (an add-on). */
  checkpoint(consumer: string): Promise<number>;
  /**
   * With the epoch of the lease under which the consumer runs: refused (`fenced`) once it was saved
   * with a higher one.
   */
  saveCheckpoint(row: CheckpointRow): Promise<"saved" | "fenced">;

  /**
   * Drops receipts past their time; how many went. Looks at a bounded part of them at each call,
   * in turn, so that one may stay for a while beyond its time. Called by the sweeper.
   */
  dropExpiredReceipts(query: { readonly now: string; readonly limit: number }): Promise<number>;

  /** Whether it can commit, in words when it cannot (`disk full`). */
  health(): { readonly ok: boolean; readonly reason?: string };
  figures(): StoreFigures;
  close(): Promise<void>;
}

/**
 * Nothing could be committed or read, and nothing may be acknowledged: the disk is full or broken,
 * the database is out of reach, too much waits, or the store was closed. The same may be tried
 * again.
 */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  /** In plain words, as `health()` says it: `disk full`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`the event store is not available: ${reason}`);
    this.reason = reason;
  }
}

/**
 * A unit that no store can take, today or tomorrow: a bug of whoever made it. It fails alone; what
 * came with it is committed, and the store is well.
 */
export class UnitRefused extends Error {
  override readonly name = "UnitRefused";

  constructor(reason: string) {
    super(`the event store cannot take this unit: ${reason}`);
  }
}
