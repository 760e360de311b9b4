import { createHash } from "node:crypto";
import {
  categoryOf,
  type DecidedEvent,
  type Decider,
  deciderOf,
  fold,
  type StreamName,
} from "#core";
import type { Limits } from "#limits";
import { decode, type Upcasts } from "./codec.ts";
import { createLru, type Lru } from "./lru.ts";
import type { Log } from "./ports/environment.ts";
import type { EventStore } from "./ports/event-store.ts";

/** State of a stream at a version. */
export interface StreamState {
  readonly version: number;
  readonly state: unknown;
  /** Version of the newest snapshot that this node knows of. */
  readonly snapshotVersion: number;
}

/** States of streams: in memory where they are in use, else folded from snapshot and tail. */
export interface StreamStates {
  now(stream: StreamName): StreamState | undefined;
  load(stream: StreamName): Promise<StreamState>;
  /** A stream that nobody has written to. */
  empty(stream: StreamName): StreamState;
  /** Takes what was just committed. */
  advance(stream: StreamName, before: StreamState, events: readonly DecidedEvent[]): void;
  /** Forgets what turned out to be old. */
  forget(stream: StreamName): void;
  /** Keeps a stream in memory until the result is called. */
  pin(stream: StreamName): () => void;
}

const pageSize = 500;

export function createStreamStates(parts: {
  readonly store: EventStore;
  readonly limits: Limits;
  readonly log: Log;
  readonly upcasts?: Upcasts;
}): StreamStates {
  const { store, limits, log, upcasts } = parts;
  const stations = createLru<StreamName, StreamState>(limits.stationCacheMax);
  const others = createLru<StreamName, StreamState>(limits.transactionCacheMax);
  const pinned = new Map<StreamName, { count: number; entry: StreamState | undefined }>();
  const loading = new Map<StreamName, Promise<StreamState>>();
  const cacheOf = (stream: StreamName): Lru<StreamName, StreamState> =>
    stream.startsWith("charging-station/") ? stations : others;

  function now(stream: StreamName): StreamState | undefined {
    return pinned.get(stream)?.entry ?? cacheOf(stream).get(stream);
  }

  function keep(stream: StreamName, entry: StreamState): void {
    const pin = pinned.get(stream);
    if (pin === undefined) cacheOf(stream).set(stream, entry);
    else pin.entry = entry;
  }

  async function read(stream: StreamName): Promise<StreamState> {
    const decider = deciderOf(categoryOf(stream));
    const fingerprint = fingerprintOf(decider);
    const snapshot = await store.loadSnapshot({ stream, fingerprint });
    let version = snapshot?.version ?? 0;
    let state: unknown = snapshot === undefined ? decider.initialState : JSON.parse(snapshot.state);
    for (;;) {
      const page = await store.readStream({ stream, afterVersion: version, limit: pageSize });
      state = fold(
        decider,
        state,
        page.map((stored) => decode(stored, upcasts)),
      );
      version += page.length;
      if (page.length < pageSize) break;
    }
    return { version, state, snapshotVersion: snapshot?.version ?? 0 };
  }

  function snapshot(stream: StreamName, entry: StreamState): void {
    const fingerprint = fingerprintOf(deciderOf(categoryOf(stream)));
    const { version } = entry;
    store
      .saveSnapshot({ stream, fingerprint, version, state: JSON.stringify(entry.state) })
      .catch((error: unknown) => log.warn("A snapshot could not be kept", { stream, error }));
  }

  return {
    now,
    empty: (stream) => emptyState(deciderOf(categoryOf(stream))),
    load: (stream) => {
      const known = now(stream);
      if (known !== undefined) return Promise.resolve(known);
      const underWay = loading.get(stream);
      if (underWay !== undefined) return underWay;
      const promise = read(stream)
        .then((entry) => {
          // A commit may have overtaken the read; what it left is newer.
          const newer = now(stream);
          if (newer !== undefined && newer.version >= entry.version) return newer;
          keep(stream, entry);
          return entry;
        })
        .finally(() => loading.delete(stream));
      loading.set(stream, promise);
      return promise;
    },
    advance: (stream, before, events) => {
      const state = fold(deciderOf(categoryOf(stream)), before.state, events);
      const version = before.version + events.length;
      const due = version - before.snapshotVersion >= limits.snapshotEveryEvents;
      const entry = { version, state, snapshotVersion: due ? version : before.snapshotVersion };
      keep(stream, entry);
      if (due) snapshot(stream, entry);
    },
    forget: (stream) => {
      cacheOf(stream).delete(stream);
      const pin = pinned.get(stream);
      if (pin !== undefined) pin.entry = undefined;
    },
    pin: (stream) => {
      const pin = pinned.get(stream) ?? { count: 0, entry: cacheOf(stream).get(stream) };
      pin.count++;
      pinned.set(stream, pin);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        pin.count--;
        if (pin.count > 0) return;
        pinned.delete(stream);
        if (pin.entry !== undefined) cacheOf(stream).set(stream, pin.entry);
      };
    },
  };
}

function emptyState(decider: Decider<unknown>): StreamState {
  return { version: 0, state: decider.initialState, snapshotVersion: 0 };
}

const fingerprints = new WeakMap<object, string>();

/** Of the state's shape and of the very text of the rules that fold it: other rules, other snapshot. */
function fingerprintOf(decider: Decider<unknown>): string {
  const known = fingerprints.get(decider);
  if (known !== undefined) return known;
  const hash = createHash("sha256").update(JSON.stringify(decider.initialState));
  for (const [type, row] of Object.entries(decider.events)) {
    hash.update(`${type} ${row.schema} ${String(row.evolve)}`);
  }
  const fingerprint = hash.digest("hex").slice(0, 16);
  fingerprints.set(decider, fingerprint);
  return fingerprint;
}
