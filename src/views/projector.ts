import { cursorOf, type ViewStore } from "#bus";
import { Follower, type FollowerDeps } from "./follower.ts";
import { advance, type Lane, type LaneDeps, openLane, type ProjectionFault } from "./lane.ts";
import { createWaiting } from "./waiting.ts";

/** How the views are doing. */
export interface ViewsHealth {
  /** False: they stand still, and `fault` or `trouble` says why. */
  readonly ok: boolean;
  /** Cursor of the last event that all views show. */
  readonly cursor: string;
  readonly position: number;
  readonly fault?: ProjectionFault | undefined;
  /** A store that could not be read or written; tried again. */
  readonly trouble?: string | undefined;
}

/** What a rebuild came to. */
export interface Rebuilt {
  readonly events: number;
  readonly milliseconds: number;
}

/** Leads each event once through all views, and rows and checkpoint into the store together. */
export interface Projector {
  /** Opens the store and begins to catch up. */
  start(): Promise<void>;
  /** The log has grown to this position. */
  wake(position: number): void;
  /** Waits until all views show a position; false: not in time, or they stand still. */
  passed(position: number): Promise<boolean>;
  /** How far the views are; where that is not so far, they read on at once. */
  hurry(position: number): number;
  /** Builds all views again in a store of their own, which takes over once it has caught up. */
  rebuild(fresh: ViewStore): Promise<Rebuilt>;
  /** Of the store, and of every one that takes over from it. */
  readonly dialect: ViewStore["dialect"];
  /** Asks the store in force. */
  readonly query: ViewStore["query"];
  health(): ViewsHealth;
  /** Finishes the batch in flight. The store stays open. */
  stop(): Promise<void>;
}

/** What a projector works with. */
export interface ProjectorDeps extends FollowerDeps {
  readonly store: ViewStore;
  readonly limits: FollowerDeps["limits"] & { readonly viewWaitMs: number };
  /** Told how far the views have come, after each step. */
  readonly advanced?: (position: number) => void;
}

/** Makes a projector; `start` it. */
export function createProjector(deps: ProjectorDeps): Projector {
  const waiting = createWaiting(deps);
  const reached = (position: number) => {
    waiting.reached(position);
    deps.advanced?.(position);
  };
  const follower = new Follower(deps, { reached, giveUp: waiting.giveUp });
  return {
    start: async () => follower.follow(await openLane(deps.store, deps)),
    wake: (position) => {
      if ((follower.lane?.position ?? 0) < position) follower.wake();
    },
    passed: async (position) => {
      const { lane } = follower;
      if (lane !== undefined && lane.position >= position) return true;
      if (lane?.fault !== undefined) return false;
      const passed = waiting.until(position);
      follower.run();
      return passed;
    },
    hurry: (position) => {
      const here = follower.lane?.position ?? 0;
      if (here < position) follower.run();
      return here;
    },
    rebuild: async (fresh) => {
      const startedMs = deps.clock.monotonicMs();
      const next = await openFresh(fresh, deps);
      await catchUp(next, deps, () => true);
      const before = await takeOver(follower, next, deps);
      await before?.store.close();
      reached(next.position);
      const milliseconds = Math.round(deps.clock.monotonicMs() - startedMs);
      return { events: next.position, milliseconds };
    },
    dialect: deps.store.dialect,
    query: (query) => (follower.lane?.store ?? deps.store).query(query),
    health: () => healthOf(follower),
    stop: async () => {
      await follower.end();
      waiting.giveUp();
    },
  };
}

function healthOf({ lane, trouble }: Follower): ViewsHealth {
  const position = lane?.position ?? 0;
  const ok = lane?.fault === undefined && trouble === undefined;
  return { ok, position, cursor: cursorOf(position), fault: lane?.fault, trouble };
}

/** The new lane goes on where the old one stands: nobody sees an older state than before. */
async function takeOver(follower: Follower, next: Lane, deps: LaneDeps): Promise<Lane | undefined> {
  const before = follower.lane;
  await follower.halt();
  let inForce = before;
  try {
    await catchUp(next, deps, () => next.position < (before?.position ?? 0));
    inForce = next;
  } finally {
    if (inForce !== undefined) follower.follow(inForce);
  }
  return before;
}

async function openFresh(store: ViewStore, deps: LaneDeps): Promise<Lane> {
  const lane = await openLane(store, deps);
  if (lane.position > 0) throw new Error("views are built again in an empty store");
  return lane;
}

async function catchUp(lane: Lane, deps: LaneDeps, more: () => boolean): Promise<void> {
  while (more() && (await advance(lane, deps)) > 0) {
    // Each turn is one committed batch.
  }
  if (lane.fault !== undefined) {
    const { view = "no view", cursor, reason } = lane.fault;
    throw new Error(`the views cannot be built: ${reason} (${view}, event ${cursor})`);
  }
}
