import { type Engines, startEngines } from "../../test/cluster-drills/engines.ts";
import { DrillNode } from "../../test/cluster-drills/node.ts";
import { databasePlace } from "../../test/durability/postgres-place.ts";

/** Nodes on engines of their own, as durable as in earnest. */
export interface BenchNodes {
  readonly engines: Engines;
  readonly nodes: readonly DrillNode[];
  close(): Promise<void>;
}

const apiKey = "bench-key-of-several-nodes";

/** Starts them on an empty database. */
export async function startNodes(options: {
  readonly count: number;
  readonly bus: boolean;
}): Promise<BenchNodes> {
  const engines = await startEngines({ bus: options.bus, network: undefined });
  const { environment } = databasePlace({
    url: engines.databaseUrl,
    query: engines.database.query,
  });
  const bus = engines.busUrl === undefined ? {} : { MOTOWN_BUS: engines.busUrl };
  const nodes = Array.from(
    { length: options.count },
    (_none, at) =>
      new DrillNode({ name: `n${at + 1}`, apiKey, environment: { ...environment, ...bus } }),
  );
  const close = async () => {
    await Promise.all(nodes.map((node) => node.remove()));
    await engines.close();
  };
  try {
    for (const node of nodes) await node.start();
    return { engines, nodes, close };
  } catch (error) {
    await close();
    throw error;
  }
}
