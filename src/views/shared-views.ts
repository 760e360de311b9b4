// Views in a store that several nodes share: one of them leads events in, all of them ask.
import type { LeasedWork, ViewStore } from "#bus";
import { createProgress, type ProgressDeps } from "./progress.ts";
import {
  createProjector,
  type Projector,
  type ProjectorDeps,
  type ViewsHealth,
} from "./projector.ts";

/** The shared views as one node sees them. */
export interface SharedViews extends Pick<Projector, "wake" | "passed" | "query"> {
  /** Leading them, which one node at a time does. */
  readonly work: LeasedWork;
  /** Of the projector, where it is this node that leads. */
  health(): ViewsHealth | undefined;
  /** Hears no other node any more. */
  close(): void;
}

type SharedViewsDeps = ProjectorDeps & ProgressDeps;

/** Makes this node's part of shared views. It leads nothing until its work is started. */
export function createSharedViews(deps: SharedViewsDeps): SharedViews {
  const { store, clock, limits } = deps;
  let own: Projector | undefined;
  const progress = createProgress(deps, {
    hurry: (position) => own?.hurry(position),
  });

  async function start(epoch: number | undefined): Promise<void> {
    if (epoch !== undefined) await store.claim(epoch);
    // After the claim: nobody else moves the checkpoint from which it goes on.
    const projector = createProjector({
      ...deps,
      store: underLease(store, epoch),
      advanced: progress.advanced,
    });
    await projector.start();
    own = projector;
  }

  /**
   * Where another node leads, it tells how far it is; what it told may be lost, and is looked up.
   * Who waits while this node takes or leaves the lead goes on waiting.
   */
  async function passed(position: number): Promise<boolean> {
    const untilMs = clock.monotonicMs() + limits.viewWaitMs;
    for (;;) {
      const leading = own;
      if (leading !== undefined) {
        if (await leading.passed(position)) return true;
        if (leading === own) return false;
      } else {
        if (await progress.shown(position)) return true;
        if (own === undefined && (await store.checkpoint()) >= position) return true;
      }
      if (clock.monotonicMs() >= untilMs) return false;
    }
  }

  return {
    work: {
      name: "views",
      start,
      stop: async () => {
        const before = own;
        own = undefined;
        await before?.stop();
      },
    },
    wake: (position) => own?.wake(position),
    passed,
    query: (query) => store.query(query),
    health: () => own?.health(),
    close: progress.close,
  };
}

/** The store as whoever holds a lease writes to it. */
function underLease(store: ViewStore, epoch: number | undefined): ViewStore {
  if (epoch === undefined) return store;
  return {
    ...store,
    migrate: (tables) => store.migrate(tables, epoch),
    commit: (batch) => store.commit({ ...batch, epoch }),
    clear: () => store.clear(epoch),
  };
}
