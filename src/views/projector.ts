import { type Clock, cursorOf, type Log, type ViewStore } from "#bus";
import { advance, type Lane, type LaneDeps, openLane, type ProjectionFault } from "./lane.ts";

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
  /** Builds all views again in a store of their own, which takes over once it has caught up. */
  rebuild(fresh: ViewStore): Promise<Rebuilt>;
  /** Asks the store in force. */
  readonly query: ViewStore["query"];
  health(): ViewsHealth;
  /** Finishes the batch in flight. The store stays open. */
  stop(): Promise<void>;
}

interface ProjectorDeps extends LaneDeps {
  readonly store: ViewStore;
  readonly limits: LaneDeps["limits"] & {
    readonly viewWaitMs: number;
    readonly projectorRetryMs: number;
  };
  readonly clock: Pick<Clock, "after" | "monotonicMs">;
  readonly log: Log;
}

/** Makes a projector; `start` it. */
export function createProjector(deps: ProjectorDeps): Projector {
  const waiting = createWaiting(deps);
  let lane: Lane | undefined;
  /** The log has grown while a batch was under way. */
  let again = false;
  let running: Promise<void> | undefined;
  let halted = false;
  let trouble: string | undefined;
  let retry: (() => void) | undefined;

  const standing = () => lane?.fault !== undefined || trouble !== undefined;

  const follow = async (current: Lane): Promise<void> => {
    try {
      let count = 1;
      while (!halted && count > 0 && current.fault === undefined) {
        count = await advance(current, deps);
        trouble = undefined;
        waiting.reached(current.position);
      }
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
      deps.log.error("the views could not be brought up to date; trying again", { trouble });
      retry = deps.clock.after(deps.limits.projectorRetryMs, run);
    }
    if (current.fault !== undefined && current === lane) {
      deps.log.error("the views stand still", { ...current.fault });
      waiting.giveUp();
    }
  };

  function run(): void {
    if (running !== undefined) again = true;
    if (lane === undefined || running !== undefined || halted || lane.fault !== undefined) return;
    again = false;
    retry?.();
    retry = undefined;
    running = follow(lane).finally(() => {
      running = undefined;
      if (again && !standing()) run();
    });
  }

  const pause = async (): Promise<void> => {
    halted = true;
    retry?.();
    await running;
  };

  return {
    start: async () => {
      lane = await openLane(deps.store, deps);
      run();
    },
    wake: (position) => {
      if (lane === undefined || lane.position < position) run();
    },
    passed: (position) => {
      if (lane !== undefined && lane.position >= position) return Promise.resolve(true);
      if (lane?.fault !== undefined) return Promise.resolve(false);
      run();
      return waiting.until(position);
    },
    rebuild: async (fresh) => {
      const startedMs = deps.clock.monotonicMs();
      const next = await openFresh(fresh, deps);
      await catchUp(next, deps, () => true);
      await pause();
      const before = lane;
      try {
        await catchUp(next, deps, () => next.position < (before?.position ?? 0));
        lane = next;
        trouble = undefined;
      } finally {
        halted = false;
        run();
      }
      await before?.store.close();
      waiting.reached(next.position);
      const milliseconds = Math.round(deps.clock.monotonicMs() - startedMs);
      return { events: next.position, milliseconds };
    },
    query: (query) => (lane?.store ?? deps.store).query(query),
    health: () => {
      const position = lane?.position ?? 0;
      return { ok: !standing(), position, cursor: cursorOf(position), fault: lane?.fault, trouble };
    },
    stop: async () => {
      await pause();
      waiting.giveUp();
    },
  };
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

interface Waiting {
  until(position: number): Promise<boolean>;
  reached(position: number): void;
  giveUp(): void;
}

/** Those who wait for the views, each with a time limit of its own. */
function createWaiting({ clock, limits }: Pick<ProjectorDeps, "clock" | "limits">): Waiting {
  const waiters = new Set<{ position: number; tell: (passed: boolean) => void }>();
  return {
    until: (position) =>
      new Promise((resolve) => {
        const late = clock.after(limits.viewWaitMs, () => waiter.tell(false));
        const waiter = {
          position,
          tell: (passed: boolean) => {
            late();
            waiters.delete(waiter);
            resolve(passed);
          },
        };
        waiters.add(waiter);
      }),
    reached: (position) => {
      for (const waiter of waiters) if (waiter.position <= position) waiter.tell(true);
    },
    giveUp: () => {
      for (const waiter of waiters) waiter.tell(false);
    },
  };
}
