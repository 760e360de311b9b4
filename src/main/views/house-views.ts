import {
  type Bus,
  type Cluster,
  type Environment,
  type EventStore,
  type LeasedWork,
  positionOf,
} from "#bus";
import { openSqliteViewStore } from "#event-store";
import {
  createProjector,
  createQueries,
  type Queries,
  type Rebuilt,
  type ViewsHealth,
  views,
} from "#views";
import type { HouseStores } from "../stores.ts";
import { startViews } from "./hosted-views.ts";
import { openSharedHouseViews } from "./shared-house-views.ts";

/** The views of this process, wherever they live. */
export interface HouseViews extends Queries {
  wake(position: number): void;
  health(): Promise<ViewsHealth>;
  /** Refused, in words, where they are not this process's own. */
  rebuild(): Promise<Rebuilt | { readonly refused: string }>;
  stop(): Promise<void>;
  /** Leading them, where one node of several does. */
  readonly work?: readonly LeasedWork[];
}

/**
 * Views beside a log on disk have a thread of their own; those of a log in memory are here; those
 * of a log that nodes share are in its database.
 */
export async function openHouseViews(
  stores: HouseStores,
  environment: Environment,
  cluster?: Cluster,
): Promise<HouseViews> {
  const { limits, log } = environment;
  const { database, events: source } = stores;
  if (database !== undefined) {
    return openSharedHouseViews(database, { source, environment, cluster });
  }
  if (stores.disk !== undefined) return startViews({ ...stores.disk, limits }, log);
  return inThisThread(source, environment);
}

async function inThisThread(source: EventStore, environment: Environment): Promise<HouseViews> {
  const { limits } = environment;
  let store = openSqliteViewStore(":memory:", limits);
  const all = Object.values(views);
  const projector = createProjector({ ...environment, source, store, views: all });
  const queries = createQueries({ store: projector, views, passed: projector.passed, limits });
  await projector.start();
  return {
    ...queries,
    wake: (position) => projector.wake(position),
    health: async () => projector.health(),
    rebuild: async () => {
      const fresh = openSqliteViewStore(":memory:", limits);
      const rebuilt = await projector.rebuild(fresh);
      store = fresh;
      return rebuilt;
    },
    stop: async () => {
      await projector.stop();
      await store.close();
    },
  };
}

/** Wakes the views after a commit, many commits at once: whoever cannot wait asks for `passed`. */
export function wakeOnEvents(bus: Bus, own: HouseViews, { clock, limits }: Environment): void {
  let cursor: string | undefined;
  bus.events.subscribe((committed) => {
    const last = committed.at(-1);
    if (last === undefined) return;
    if (cursor === undefined) {
      clock.after(limits.viewWakeMs, () => {
        own.wake(positionOf(cursor ?? "") ?? 0);
        cursor = undefined;
      });
    }
    cursor = last.cursor;
  });
}
