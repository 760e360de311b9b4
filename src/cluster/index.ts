// Several nodes on one log: adapters of the cluster's port, who does which work, and what one node
// tells the others. It must not know what stores, views or stations are. Start at membership.ts.
export { createAlone } from "./alone.ts";
export { growthChannelOf, type JoinOptions, joinCluster } from "./join.ts";
export { createMembership, type Membership } from "./membership.ts";
export {
  createMemoryNetwork,
  type MemoryNetwork,
  type NetworkFaults,
} from "./memory/network.ts";
export type { NatsOptions } from "./nats/options.ts";
export { joinEvents } from "./wake-ups.ts";
