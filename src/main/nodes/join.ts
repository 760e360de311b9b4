import type { Cluster, Environment, NodeCard } from "#bus";
import { createAlone, joinCluster } from "#cluster";
import { SettingProblem } from "../setting-problem.ts";
import type { Settings } from "../settings.ts";
import type { HouseStores } from "../stores.ts";
import { viewsSchemaOf, viewsWorkOf } from "../views/shared-house-views.ts";
import { busOf, nodeNameOf } from "./cluster-settings.ts";

/** Joins the nodes that share the log; without a shared one this node is alone. */
export async function joinNodes(
  settings: Settings,
  { database }: Pick<HouseStores, "database">,
  { clock, log, limits }: Environment,
): Promise<Cluster> {
  const node = nodeNameOf(settings);
  if (database === undefined) return createAlone(node);
  const { cell } = settings;
  return joinCluster({ node, database, bus: busOf(settings), cell, clock, log, limits });
}

/**
 * Tells the others that this node begins, before it opens the views that nobody may drop then. No
 * work falls to it yet.
 */
export async function announceStart(
  cluster: Cluster,
  card: NodeCard,
  given: Pick<HouseStores, "database"> & { readonly environment: Environment },
): Promise<void> {
  const { database, environment } = given;
  if (database === undefined) return;
  await refuseTakenName(cluster, environment);
  const work = [viewsWorkOf(viewsSchemaOf(database))];
  await cluster.announce({ ...card, roles: [], work }, environment.limits.leaseMs);
}

/** Nodes live by this rhythm; one that has not said anything for longer has ended. */
const silenceShare = 1.5;

/** A node that was killed is in the table for a while; one that still says so is another one. */
async function refuseTakenName(
  { node, nodes }: Pick<Cluster, "node" | "nodes">,
  { clock, limits }: Environment,
): Promise<void> {
  const find = async () => (await nodes()).find((row) => row.node === node && row.live);
  const before = await find();
  if (before === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(limits.leaseRenewMs * silenceShare, resolve);
  await promise;
  const after = await find();
  if (after === undefined || after.leaseUntil === before.leaseUntil) return;
  throw new SettingProblem(
    `Another node is called ${node} (${after.url ?? "without an address"}, running since ` +
      `${after.startedAt}). Give each node a name of its own with --node.`,
  );
}
