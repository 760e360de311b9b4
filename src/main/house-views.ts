import type { Environment, EventStore } from "#bus";
import { openSqliteViewStore } from "#event-store";
import { createProjector, createQueries, type Queries, type ViewsHealth, views } from "#views";
import { startViews } from "./hosted-views.ts";
import type { HouseStores } from "./stores.ts";

/** The views of this process, wherever they live. */
export interface HouseViews extends Queries {
  wake(position: number): void;
  health(): Promise<ViewsHealth>;
  rebuild(): Promise<{ readonly events: number; readonly milliseconds: number }>;
  stop(): Promise<void>;
}

/** Views beside a log on disk have a thread of their own; those of a log in memory are here. */
export async function openHouseViews(
  stores: HouseStores,
  environment: Environment,
): Promise<HouseViews> {
  const { limits, log } = environment;
  if (stores.disk !== undefined) return startViews({ ...stores.disk, limits }, log);
  return inThisThread(stores.events, environment);
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
