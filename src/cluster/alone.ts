import { type Cluster, createTimings, NodeSilent } from "#bus";

const nothing = {
  ...{ sent: 0, received: 0, lost: 0, reconnects: 0 },
  questions: { answers: createTimings(), failed: 0 },
};

/** The only node: it holds every lease for ever, and there is nobody to tell or to ask. */
export function createAlone(node: string): Cluster {
  return {
    node,
    isAlone: true,
    announce: async () => {},
    leave: async () => {},
    nodes: async () => [],
    claim: async () => [],
    giveUp: async () => {},
    leases: async () => [],
    tell: () => {},
    ask: async (other) => {
      throw new NodeSilent(other, "there is no other node");
    },
    listen: () => () => {},
    answer: () => {},
    health: async () => ({ kind: "alone", ok: true, ...nothing }),
    close: async () => {},
  };
}
