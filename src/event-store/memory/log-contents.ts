import type {
  CommitResult,
  CommitUnit,
  ConnectionRow,
  PendingRequest,
  Receipt,
  Snapshot,
  StoredEvent,
  VaultEntry,
} from "#bus";
import { UnitRefused } from "#bus";
import type { StationKey, StreamName } from "#core";

interface KeptEvent extends StoredEvent {
  readonly station: StationKey | undefined;
  readonly correlationId: string | undefined;
}

interface KeptReceipt extends Receipt {
  readonly position: number;
}

/** All that a log in memory holds; it outlives a store that was made to crash. */
export interface LogContents {
  readonly events: KeptEvent[];
  readonly streams: Map<StreamName, KeptEvent[]>;
  readonly receipts: Map<string, KeptReceipt>;
  readonly vault: Map<string, VaultEntry>;
  readonly refs: Map<string, string>;
  readonly credentials: Map<string, string>;
  readonly requests: Map<string, PendingRequest>;
  readonly connections: Map<StationKey, ConnectionRow>;
  readonly snapshots: Map<StreamName, Snapshot>;
  readonly checkpoints: Map<string, number>;
  /** Of the leases under which they were saved. */
  readonly checkpointEpochs: Map<string, number>;
}

/** An empty log. */
export function emptyLog(): LogContents {
  return {
    events: [],
    streams: new Map(),
    receipts: new Map(),
    vault: new Map(),
    refs: new Map(),
    credentials: new Map(),
    requests: new Map(),
    connections: new Map(),
    snapshots: new Map(),
    checkpoints: new Map(),
    checkpointEpochs: new Map(),
  };
}

/** Writes a unit, or says why not; nothing in between. Throws where no store could write it. */
export function commitUnit(log: LogContents, unit: CommitUnit): CommitResult {
  return (
    fenced(log, unit) ??
    repeated(log, unit) ??
    clashing(log, unit) ??
    outrun(log, unit) ??
    write(log, unit)
  );
}

function fenced(log: LogContents, { fence }: CommitUnit): CommitResult | undefined {
  if (fence === undefined) return undefined;
  const epoch = log.connections.get(fence.station)?.epoch ?? 0;
  return epoch === fence.epoch ? undefined : { status: "fenced", epoch };
}

function repeated(log: LogContents, { receipt }: CommitUnit): CommitResult | undefined {
  const known = receipt && log.receipts.get(receipt.id);
  if (known === undefined) return undefined;
  return { status: "repeated", answer: known.answer, lastPosition: known.position };
}

/** A token of one value has one reference, and a reference one value. */
function clashing(log: LogContents, { vault }: CommitUnit): CommitResult | undefined {
  const refs = new Map<string, string>();
  const lookups = new Map<string, string>();
  for (const { ref, lookup } of vault ?? []) {
    const ofLookup = log.refs.get(lookup) ?? refs.get(lookup) ?? ref;
    const ofRef = log.vault.get(ref)?.lookup ?? lookups.get(ref) ?? lookup;
    if (ofLookup !== ref || ofRef !== lookup) {
      return { status: "conflict", stream: `vault/${ref}`, version: 0 };
    }
    refs.set(lookup, ref);
    lookups.set(ref, lookup);
  }
  return undefined;
}

function outrun(log: LogContents, { appends }: CommitUnit): CommitResult | undefined {
  const inUnit = new Map<StreamName, number>();
  for (const { stream, expectedVersion, events } of appends) {
    const version = inUnit.get(stream) ?? log.streams.get(stream)?.length ?? 0;
    if (version !== expectedVersion) return { status: "conflict", stream, version };
    inUnit.set(stream, version + events.length);
  }
  return undefined;
}

function write(log: LogContents, unit: CommitUnit): CommitResult {
  const { station, correlationId, receipt } = unit;
  if (receipt !== undefined && Number.isNaN(Date.parse(receipt.expiresAt))) {
    throw new UnitRefused("its receipt ends at no instant");
  }
  const firstPosition = log.events.length + 1;
  const firstOfAppend: number[] = [];
  for (const { stream, events } of unit.appends) {
    firstOfAppend.push(log.events.length + 1);
    for (const event of events) {
      const inStream = log.streams.get(stream) ?? [];
      const position = log.events.length + 1;
      const place = { position, stream, version: inStream.length + 1 };
      const kept = { ...place, ...event, station, correlationId };
      log.streams.set(stream, inStream);
      inStream.push(kept);
      log.events.push(kept);
    }
  }
  const position = log.events.length;
  if (receipt !== undefined) log.receipts.set(receipt.id, { ...receipt, position });
  writeTables(log, unit, firstOfAppend);
  return { status: "committed", firstPosition, lastPosition: position };
}

function writeTables(log: LogContents, unit: CommitUnit, firstOfAppend: readonly number[]): void {
  for (const entry of unit.vault ?? []) {
    if (log.vault.has(entry.ref)) continue;
    log.vault.set(entry.ref, entry);
    log.refs.set(entry.lookup, entry.ref);
  }
  for (const { owner, secret } of unit.credentials ?? []) log.credentials.set(owner, secret);
  for (const owner of unit.forgetCredentials ?? []) log.credentials.delete(owner);
  for (const ref of unit.eraseTokens ?? []) {
    log.refs.delete(log.vault.get(ref)?.lookup ?? "");
    log.vault.delete(ref);
  }
  for (const { requestId, append, event } of unit.requests ?? []) {
    const position = (firstOfAppend[append] ?? 0) + event;
    if (log.requests.has(requestId)) continue;
    log.requests.set(requestId, { requestId, station: unit.station ?? "", position });
  }
  for (const requestId of unit.requestsDone ?? []) log.requests.delete(requestId);
}
