// Views in a store that several nodes share: one of them leads events in, all of them ask.
import type { Clock, LeasedWork, ViewStore } from "#bus";
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
}

interface SharedViewsDeps extends ProjectorDeps {
  readonly limits: ProjectorDeps["limits"] & { readonly viewLookMs: number };
}

/** Makes this node's part of shared views. It leads nothing until its work is started. */
export function createSharedViews(deps: SharedViewsDeps): SharedViews {
  const { store, clock, limits } = deps;
  let own: Projector | undefined;
  /** Counts the terms of leading: one that was ended while it began leads nothing. */
  let term = 0;

  async function start(epoch: number | undefined): Promise<void> {
    term += 1;
    const mine = term;
    if (epoch !== undefined) await store.claim(epoch);
    // After the claim: nobody else moves the checkpoint from which it goes on.
    const projector = createProjector({ ...deps, store: underLease(store, epoch) });
    await projector.start();
    if (mine === term) own = projector;
    else await projector.stop();
  }

  /** Where another node leads, its progress is looked up. */
  async function shows(position: number): Promise<boolean> {
    const untilMs = clock.monotonicMs() + limits.viewWaitMs;
    while (own === undefined) {
      if ((await store.checkpoint()) >= position) return true;
      if (clock.monotonicMs() >= untilMs) return false;
      await pause(clock, limits.viewLookMs);
    }
    return own.passed(position);
  }

  return {
    work: {
      name: "views",
      start,
      stop: async () => {
        term += 1;
        const before = own;
        own = undefined;
        await before?.stop();
      },
    },
    wake: (position) => own?.wake(position),
    passed: (position) => (own === undefined ? shows(position) : own.passed(position)),
    query: (query) => store.query(query),
    health: () => own?.health(),
  };
}

/** The store as whoever holds a lease writes to it. */
function underLease(store: ViewStore, epoch: number | undefined): ViewStore {
  if (epoch === undefined) return store;
  return {
    ...store,
    commit: (batch) => store.commit({ ...batch, epoch }),
    clear: async () => {
      await store.claim(epoch);
      await store.clear();
    },
  };
}

function pause(clock: Pick<Clock, "after">, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
