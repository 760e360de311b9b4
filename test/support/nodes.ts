import type { NodeRole } from "#bus";
import type { Limits } from "#limits";
import type { TestDatabase } from "./engines/postgres.ts";
import { type HouseWithStations, houseWithStations } from "./station-clients.ts";

/** What is said of a node beside its name. */
export interface NodeOptions {
  readonly roles?: readonly NodeRole[];
  readonly secret?: string;
  /** NATS, where it carries what nodes tell each other. */
  readonly bus?: string;
  readonly limits?: Partial<Limits>;
}

/** Nodes find each other's ends within a second instead of fifteen. */
const hastyLimits: Partial<Limits> = {
  leaseMs: 1_500,
  leaseRenewMs: 200,
  leaseMarginMs: 300,
  tailPollMs: 200,
  viewWakeMs: 5,
  viewLookMs: 10,
  databaseReadersMax: 3,
  drainMs: 3_000,
};

/** One Motown in this process, a node of the cluster on this database. */
export function startNode(
  database: Pick<TestDatabase, "url">,
  node: string,
  { limits, ...options }: NodeOptions = {},
): Promise<HouseWithStations> {
  return houseWithStations({
    ...{ node, database: database.url, secret: "of all nodes of this test, long enough" },
    ...options,
    limits: { ...hastyLimits, ...limits },
  });
}

/** Views and add-ons of all nodes have caught up with everything. */
export async function allIdle(nodes: readonly HouseWithStations[]): Promise<void> {
  // What an add-on has done on one node may concern an add-on on another.
  for (let round = 0; round < 2; round += 1) for (const node of nodes) await node.idle();
}
