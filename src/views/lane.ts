// A lane leads events into one store of views: where it stands, and the step to the next batch.
import {
  CheckpointMoved,
  cursorOf,
  type EventStore,
  RowsRefused,
  type StoredEvent,
  type ViewStore,
} from "#bus";
import { eventRowOf } from "#core";
import { foldBatch } from "./batch.ts";
import { createRowCache, type RowCache, type RowCacheLimits } from "./row-cache.ts";
import { tablesOf, versionChange, versionsTable, wantedVersions } from "./versions.ts";
import { type View, viewEventOf } from "./view.ts";

/** What a projector reads from. */
export type EventSource = Pick<EventStore, "readAll" | "head">;

/** Why the views stand still: an event that this release cannot read, or a view with a bug. */
export interface ProjectionFault {
  readonly reason: string;
  /** Of the event that could not be handled. */
  readonly cursor: string;
  readonly eventType: string;
  /** Absent where no view is to blame. */
  readonly view?: string;
}

/** One store of views, and how far it is. */
export interface Lane {
  readonly store: ViewStore;
  cache: RowCache;
  position: number;
  fault?: ProjectionFault | undefined;
}

/** What a lane needs besides its store. */
export interface LaneDeps {
  readonly source: EventSource;
  readonly views: readonly View[];
  readonly limits: RowCacheLimits & { readonly projectorBatchMax: number };
}

/**
 * Opens a lane where its store stands. Views that another release built (other columns, other
 * handlers) are emptied: they are built again from the first event on.
 */
export async function openLane(store: ViewStore, deps: LaneDeps): Promise<Lane> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openHere(store, deps);
    } catch (error) {
      // Another program began to build them at the same time: they are as far as it has led them.
      if (!(error instanceof CheckpointMoved) || attempt === attemptsMax) throw error;
    }
  }
}

/** Those who begin at the same time hinder each other once, or they are more than one should be. */
const attemptsMax = 5;

async function openHere(store: ViewStore, { views, limits }: LaneDeps): Promise<Lane> {
  const { rebuilt } = await store.migrate(tablesOf(views));
  const cache = createRowCache(limits);
  const wanted = wantedVersions(views);
  const stored = await versionsIn(store);
  const position = await store.checkpoint();
  if (stored === wanted && rebuilt.length === 0) return { store, cache, position };
  await store.clear();
  await store.commit({ changes: [versionChange(wanted)], checkpoint: 0 });
  return { store, cache, position: 0 };
}

async function versionsIn(store: ViewStore): Promise<unknown> {
  return (await store.get(versionsTable.name, ["views"]))?.versions;
}

/** Takes the next batch; how many events it led on. At a fault it stops before the event. */
export async function advance(lane: Lane, deps: LaneDeps): Promise<number> {
  if (lane.fault !== undefined) return 0;
  try {
    return await advanceHere(lane, deps);
  } catch (error) {
    if (!(error instanceof CheckpointMoved)) throw error;
    await goWhereStoreIs(lane, deps);
    return deps.limits.projectorBatchMax;
  }
}

/** Another program leads these views too: what was remembered of their rows is old. */
async function goWhereStoreIs(lane: Lane, deps: LaneDeps): Promise<void> {
  const stored = await versionsIn(lane.store);
  // A crash of the database took what was not synced, down to the beginning of these views.
  if (stored === undefined) {
    Object.assign(lane, await openHere(lane.store, deps));
    return;
  }
  if (stored !== wantedVersions(deps.views)) throw new Error("another release builds these views");
  lane.cache = createRowCache(deps.limits);
  lane.position = await lane.store.checkpoint();
}

async function advanceHere(lane: Lane, deps: LaneDeps): Promise<number> {
  const limit = deps.limits.projectorBatchMax;
  const events = await deps.source.readAll({ after: lane.position, limit });
  const strange = events.findIndex((event) => !isKnown(event));
  const readable = strange < 0 ? events : events.slice(0, strange);
  const count = await projectStorable(lane, readable, deps);
  const event = events[strange];
  if (event !== undefined && lane.fault === undefined) {
    lane.fault = {
      reason: `this release does not know the event ${event.type}, schema ${event.schema}`,
      cursor: cursorOf(event.position),
      eventType: event.type,
    };
  }
  return count;
}

/** Where the store refuses what a batch comes to, the event that is to blame is found by halves. */
async function projectStorable(
  lane: Lane,
  events: readonly StoredEvent[],
  deps: LaneDeps,
): Promise<number> {
  try {
    return await project(lane, events, deps);
  } catch (error) {
    const [event] = events;
    if (!(error instanceof RowsRefused) || event === undefined) throw error;
    if (events.length === 1) {
      const { type: eventType, position } = event;
      const reason = `its rows cannot be stored: ${error.message}`;
      lane.fault = { reason, cursor: cursorOf(position), eventType };
      return 0;
    }
    const before = lane.position;
    const half = events.length >> 1;
    await projectStorable(lane, events.slice(0, half), deps);
    if (lane.fault === undefined) await projectStorable(lane, events.slice(half), deps);
    return events.filter(({ position }) => before < position && position <= lane.position).length;
  }
}

async function project(
  lane: Lane,
  events: readonly StoredEvent[],
  deps: LaneDeps,
): Promise<number> {
  const last = events.at(-1);
  if (last === undefined) return 0;
  const types = typesHeard(deps.views);
  const heard = events.filter((event) => types.has(event.type));
  const { store, cache } = lane;
  const batch = await foldBatch(heard.map(viewEventOf), { views: deps.views, store, cache });
  if ("changes" in batch) {
    await store.commit({ changes: batch.changes, checkpoint: last.position });
    batch.remember();
    lane.position = last.position;
    return events.length;
  }
  const failed = heard[batch.at] ?? last;
  // What came before the event is as good as ever; the next attempt starts at the culprit.
  const count = await project(lane, events.slice(0, events.indexOf(failed)), deps);
  lane.fault ??= {
    reason: batch.cause instanceof Error ? batch.cause.message : String(batch.cause),
    cursor: cursorOf(failed.position),
    eventType: failed.type,
    view: batch.view,
  };
  return count;
}

const heardBy = new WeakMap<readonly View[], ReadonlySet<string>>();

/** Types of events that some view has a handler for. */
function typesHeard(views: readonly View[]): ReadonlySet<string> {
  const known = heardBy.get(views);
  if (known !== undefined) return known;
  const types = new Set(views.flatMap(({ handlers }) => Object.keys(handlers)));
  heardBy.set(views, types);
  return types;
}

function isKnown({ type, schema }: StoredEvent): boolean {
  return eventRowOf(type)?.schema === schema;
}
