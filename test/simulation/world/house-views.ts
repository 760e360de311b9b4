// The views of a house: its own ones, or those that several nodes share.
import type { Cluster, Environment, EventStore, LeasedWork } from "#bus";
import {
  views as allViews,
  createProjector,
  createQueries,
  createSharedViews,
  type Queries,
} from "#views";
import type { TenureCheck } from "../checks/tenures.ts";
import type { Disk } from "./disk.ts";
import type { EngineLine } from "./engine-line.ts";
import type { Life } from "./life.ts";
import { sharedViewStore } from "./shared-view-files.ts";

/** Views as a house has them. */
export interface HouseViews {
  readonly queries: Queries;
  wake(position: number): void;
  /** Leading them, where one node does that for all. */
  readonly work: readonly LeasedWork[];
  readonly rebuild: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

interface ViewsParts extends Environment {
  /** Of its node. */
  readonly name: string;
  readonly life: Life;
  readonly disk: Disk;
  readonly store: EventStore;
  readonly tenures: TenureCheck;
}

/** Views that nobody else leads. */
export async function ownViews(given: ViewsParts): Promise<HouseViews> {
  const { disk, life, limits } = given;
  const file = disk.views.current;
  const projector = createProjector({
    ...given,
    source: given.store,
    store: disk.views.open(file, life),
    views: Object.values(allViews),
  });
  const { passed } = projector;
  const queries = createQueries({ store: projector, views: allViews, passed, limits });
  await projector.start();
  return {
    queries,
    wake: (position) => projector.wake(position),
    work: [],
    rebuild: async () => {
      const fresh = disk.views.fresh();
      await projector.rebuild(disk.views.open(fresh, life));
      await disk.views.replace(fresh);
    },
    stop: () => projector.stop(),
  };
}

/** Views that one node leads and all nodes ask. */
export async function sharedViews(
  given: ViewsParts & { readonly line: EngineLine; readonly cluster: Cluster },
): Promise<HouseViews> {
  const { disk, name, limits } = given;
  const store = disk.views.changeShared(sharedViewStore(disk.views, { ...given, node: name }));
  const shared = createSharedViews({
    ...given,
    source: given.store,
    store,
    views: Object.values(allViews),
    told: { cluster: given.cluster, views: "views" },
  });
  const { query, passed, work } = shared;
  const asked = { query, dialect: store.dialect };
  return {
    queries: createQueries({ store: asked, views: allViews, passed, limits }),
    wake: (position) => shared.wake(position),
    work: [work],
    rebuild: undefined,
    stop: async () => shared.close(),
  };
}
