// Nodes that have joined on a real PostgreSQL, and what befalls them.
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { type Cluster, type ClusterMessage, systemClock } from "#bus";
import { type JoinOptions, joinCluster } from "#cluster";
import { type Limits, limitsWith } from "#limits";
import { keptLog } from "#support/data-directory";
import type { TestDatabase } from "#support/engines/postgres";

let schemas = 0;

/** Nodes of one cluster in a schema of its own. */
export function joinedNodes(
  database: Pick<TestDatabase, "url">,
  given: { readonly limits?: Partial<Limits>; readonly bus?: JoinOptions["bus"] } = {},
) {
  schemas += 1;
  const schema = `cluster_${schemas}`;
  const joined: Cluster[] = [];
  return {
    schema,
    join: async (node: string, options: Partial<JoinOptions> & { readonly url?: string } = {}) => {
      const limits = limitsWith(given.limits);
      const log = keptLog();
      const { url = database.url } = options;
      const cluster = await joinCluster({
        ...{ node, cell: "main", clock: systemClock, log, limits, bus: given.bus },
        database: { url, schema, limits, log },
        ...options,
      });
      joined.push(cluster);
      return { ...cluster, log };
    },
    close: async () => {
      await Promise.all(joined.map((cluster) => cluster.close()));
    },
  };
}

const waitMs = 5_000;

/** Looks again and again until it is so; fails when it does not come to be. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + waitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) expect.fail("it never came to that");
    await pause(10);
  }
}

/** What a node hears, newest last. */
export function heardBy(cluster: Cluster): ClusterMessage[] {
  const heard: ClusterMessage[] = [];
  cluster.listen((message) => heard.push(message));
  return heard;
}
