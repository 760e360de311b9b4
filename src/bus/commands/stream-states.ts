import { createHash } from "node:crypto";
import {
  categoryOf,
  type Decider,
  deciderOf,
  type EventEnvelope,
  fold,
  type StreamName,
} from "#core";
import type { Limits } from "#limits";
import { createLru, type Lru } from "../lru.ts";
import type { Log } from "../ports/environment.ts";
import type { EventStore } from "../ports/event-store.ts";
import { decode, type Upcasts } from "./codec.ts";

/** State of a stream at a version. */
export interface StreamState {
  readonly version: number;
  readonly state: unknown;
  /** Version of the newest snapshot that this node knows of. */
  readonly snapshotVersion: number;
}

interface Loading {
  readonly promise: Promise<StreamState>;
  /** Of an event that was heard of in the meantime: what is read may be older. */
  heard: number;
}

const pageSize = 500;

/** States of streams: in memory where they are in use, else folded from snapshot and tail. */
export class StreamStates {
  readonly #parts: { readonly store: EventStore; readonly limits: Limits; readonly log: Log };
  readonly #upcasts: Upcasts | undefined;
  readonly #stations: Lru<StreamName, StreamState>;
  readonly #others: Lru<StreamName, StreamState>;
  readonly #pinned = new Map<StreamName, { count: number; entry: StreamState | undefined }>();
  readonly #loading = new Map<StreamName, Loading>();

  constructor(parts: {
    readonly store: EventStore;
    readonly limits: Limits;
    readonly log: Log;
    readonly upcasts?: Upcasts;
  }) {
    this.#parts = parts;
    this.#upcasts = parts.upcasts;
    this.#stations = createLru(parts.limits.stationCacheMax);
    this.#others = createLru(parts.limits.transactionCacheMax);
  }

  /** What is in memory. */
  now(stream: StreamName): StreamState | undefined {
    return this.#pinned.get(stream)?.entry ?? this.#cacheOf(stream).get(stream);
  }

  /** A stream that nobody has written to. */
  empty(stream: StreamName): StreamState {
    const { initialState } = deciderOf(categoryOf(stream));
    return { version: 0, state: initialState, snapshotVersion: 0 };
  }

  load(stream: StreamName): Promise<StreamState> {
    const known = this.now(stream);
    if (known !== undefined) return Promise.resolve(known);
    const underWay = this.#loading.get(stream);
    if (underWay !== undefined) return underWay.promise;
    const promise = this.#read(stream)
      .then((entry) => {
        // A commit may have overtaken the read; what it left is newer.
        const newer = this.now(stream);
        if (newer !== undefined && newer.version >= entry.version) return newer;
        const { heard = 0 } = this.#loading.get(stream) ?? {};
        if (heard <= entry.version) this.#keep(stream, entry);
        return entry;
      })
      .finally(() => this.#loading.delete(stream));
    this.#loading.set(stream, { promise, heard: 0 });
    return promise;
  }

  /** An event that another node may have committed: what is in memory moves on by it. */
  heard(event: EventEnvelope): void {
    const { stream, version } = event;
    const loading = this.#loading.get(stream);
    if (loading !== undefined) loading.heard = version;
    const known = this.now(stream);
    if (known === undefined || known.version >= version) return;
    this.forget(stream);
    if (known.version + 1 !== version) return;
    const decider = deciderOf(categoryOf(stream));
    const state = fold(decider, known.state, [event]);
    if (decider.hasEnded?.(state) !== true) this.#keep(stream, { ...known, version, state });
  }

  /** Takes what was just committed: the state that so many events have led to, its last or not. */
  advance(
    stream: StreamName,
    before: StreamState,
    {
      state,
      events,
      ended,
    }: { readonly state: unknown; readonly events: number; readonly ended: boolean },
  ): void {
    const version = before.version + events;
    const due = version - before.snapshotVersion >= this.#parts.limits.snapshotEveryEvents;
    const entry = { version, state, snapshotVersion: due ? version : before.snapshotVersion };
    if (ended) this.forget(stream);
    else this.#keep(stream, entry);
    if (due) this.#snapshot(stream, entry);
  }

  /** Forgets what turned out to be old. */
  forget(stream: StreamName): void {
    this.#cacheOf(stream).delete(stream);
    const pin = this.#pinned.get(stream);
    if (pin !== undefined) pin.entry = undefined;
  }

  /** Keeps a stream in memory until the result is called. */
  pin(stream: StreamName): () => void {
    const known = this.#pinned.get(stream);
    const pin = known ?? { count: 0, entry: this.#cacheOf(stream).get(stream) };
    pin.count++;
    this.#pinned.set(stream, pin);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      pin.count--;
      if (pin.count > 0) return;
      this.#pinned.delete(stream);
      if (pin.entry !== undefined) this.#cacheOf(stream).set(stream, pin.entry);
    };
  }

  #cacheOf(stream: StreamName): Lru<StreamName, StreamState> {
    return stream.startsWith("charging-station/") ? this.#stations : this.#others;
  }

  #keep(stream: StreamName, entry: StreamState): void {
    const pin = this.#pinned.get(stream);
    if (pin === undefined) this.#cacheOf(stream).set(stream, entry);
    else pin.entry = entry;
  }

  async #read(stream: StreamName): Promise<StreamState> {
    const { store } = this.#parts;
    const decider = deciderOf(categoryOf(stream));
    const snapshot = await store.loadSnapshot({ stream, fingerprint: fingerprintOf(decider) });
    let version = snapshot?.version ?? 0;
    let state: unknown = snapshot === undefined ? decider.initialState : JSON.parse(snapshot.state);
    for (;;) {
      const page = await store.readStream({ stream, afterVersion: version, limit: pageSize });
      const events = page.map((stored) => decode(stored, this.#upcasts));
      state = fold(decider, state, events);
      version += page.length;
      if (page.length < pageSize) break;
    }
    return { version, state, snapshotVersion: snapshot?.version ?? 0 };
  }

  #snapshot(stream: StreamName, { version, state }: StreamState): void {
    const { store, log } = this.#parts;
    const fingerprint = fingerprintOf(deciderOf(categoryOf(stream)));
    store
      .saveSnapshot({ stream, fingerprint, version, state: JSON.stringify(state) })
      .catch((error: unknown) => log.warn("A snapshot could not be kept", { stream, error }));
  }
}

const fingerprints = new WeakMap<object, string>();

/**
 * Of the state's shape and of the very text of the rules that fold it: other rules, other snapshot.
 */
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
