import { setTimeout as wait } from "node:timers/promises";
import type { Disturbance } from "../disturbance.ts";
import type { DrillNetwork, NetworkPlace } from "../network.ts";
import type { DrillNode } from "../node.ts";
import type { Scene } from "../scene.ts";
import { allWell, busiest, type Held, type Return, returned } from "../watch.ts";

interface Cut {
  readonly name: string;
  /** Whether stations of the node cannot be served by it. */
  readonly isMute: boolean;
  readonly make: (network: DrillNetwork, place: NetworkPlace, others: NetworkPlace[]) => void;
}

/** Its stations reach the node in all of them: what it cannot keep, it must not acknowledge. */
const cuts: readonly Cut[] = [
  {
    name: "from PostgreSQL",
    isMute: true,
    make: (network, place) => network.cut(place, "postgres"),
  },
  {
    // It commits what it asks to be committed, and the node does not hear of it.
    name: "from what PostgreSQL answers",
    isMute: true,
    make: (network, place) => network.cut(place, "postgres", "to"),
  },
  {
    name: "from NATS",
    isMute: false,
    make: (network, place) => network.cut(place, "nats"),
  },
  {
    name: "from the other nodes",
    isMute: false,
    make: (network, place, others) => {
      for (const other of others) network.cut(place, other);
    },
  },
];

/** A node is cut off, in each way in turn; each time another one. */
export const partition: Disturbance = async (scene) => {
  const results: Return[] = [];
  const spared: DrillNode[] = [];
  for (const cut of cuts) {
    const held = await busiest(scene, spared);
    spared.push(held.node);
    const result = await cutOff(scene, held, cut);
    const findings = [...result.findings, ...(await allWell(scene))];
    results.push({ ...result, findings: findings.map((one) => `cut ${cut.name}: ${one}`) });
  }
  return {
    backMs: results.flatMap(({ backMs }) => backMs),
    findings: results.flatMap(({ findings }) => findings),
  };
};

async function cutOff(scene: Scene, held: Held, { isMute, make }: Cut): Promise<Return> {
  const { node } = held;
  const { network, nodes, pace } = scene;
  if (network === undefined || node.place === undefined) {
    throw new Error("nodes without a network of their own cannot be cut off");
  }
  const stations = isMute ? held.stations : scene.stations;
  const others = nodes.flatMap((other) => (other === node ? [] : (other.place ?? [])));
  const since = performance.now();
  make(network, node.place, others);
  try {
    await wait(pace.outageMs);
  } finally {
    network.heal();
  }
  return returned(scene, { stations, since, sockets: isMute });
}
