import type { Cluster, NodeCard } from "#bus";
import type { Operation } from "#operator-api";
import type { House } from "../house.ts";
import type { HouseStores } from "../stores.ts";
import type { HouseViews } from "../views/house-views.ts";

interface Sources {
  readonly cluster: Cluster;
  readonly card: NodeCard;
  readonly stores: Pick<HouseStores, "database" | "disk">;
  readonly views: Pick<HouseViews, "health">;
  /** Grows as the node takes up work: it does none before it listens. */
  readonly life: Pick<House["life"], "held">;
}

/** What the API may know of this node among others, and of the engines below it. */
export function operationOf({ cluster, card, stores, views, life }: Sources): Operation {
  return {
    ...{ cluster, card },
    storeKind: storeKindOf(stores),
    views: async () => {
      const { ok, position, fault, trouble } = await views.health();
      return { ok, position, reason: fault?.reason ?? trouble };
    },
    work: () => life.held?.() ?? [],
    pools: () => stores.database?.pools ?? [],
  };
}

function storeKindOf({ database, disk }: Sources["stores"]): string {
  if (database !== undefined) return "postgres";
  return disk === undefined ? "memory" : "sqlite";
}
