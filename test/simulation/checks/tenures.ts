// Who does the work of which one node does a part at a time: by what the nodes were told, and by
// what of their writes was taken.
import type { Cluster, Lease } from "#bus";
import type { Node } from "../world/node.ts";
import type { Violate } from "./violations.ts";

export class TenureCheck {
  readonly #violate: Violate;
  /** Node by name and epoch of a lease. */
  readonly #holders = new Map<string, string>();
  /** Node by the epoch under which it led the views. */
  readonly #leaders = new Map<number, string>();

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  /** The cluster with an eye on the leases that it hands out. */
  watched(node: string, cluster: Cluster): Cluster {
    return {
      ...cluster,
      claim: async (names, forMs) => {
        const leases = await cluster.claim(names, forMs);
        for (const lease of leases) this.#handedOut(node, lease);
        return leases;
      },
    };
  }

  /** A batch of the views was taken. */
  led(node: string, given: { readonly epoch: number | undefined; readonly newest: number }): void {
    const { epoch, newest } = given;
    if (epoch === undefined) {
      this.#violate("tenure", `${node} leads the views under no lease`);
      return;
    }
    if (epoch < newest) {
      this.#violate("tenure", `${node} leads the views under epoch ${epoch}, ${newest} has begun`);
    }
    const leader = this.#leaders.get(epoch) ?? node;
    this.#leaders.set(epoch, leader);
    if (leader === node) return;
    this.#violate("tenure", `${leader} and ${node} lead the views under epoch ${epoch}`);
  }

  #handedOut(node: string, { name, epoch }: Lease): void {
    const place = `${name} ${epoch}`;
    const holder = this.#holders.get(place) ?? node;
    this.#holders.set(place, holder);
    if (holder === node) return;
    this.#violate(
      "tenure",
      `${name} was given to ${holder} and to ${node}, both of epoch ${epoch}`,
    );
  }
}

/** Work that several nodes are at, at this moment. Who stands still is at nothing. */
export function overlaps(nodes: readonly Node[]): readonly string[] {
  const found: string[] = [];
  const holders = new Map<string, string>();
  for (const node of nodes) {
    if (!node.isAwake) continue;
    for (const work of node.house?.membership.held() ?? []) {
      const other = holders.get(work);
      if (other !== undefined) found.push(`${other} and ${node.name} are both at ${work}`);
      holders.set(work, node.name);
    }
  }
  return found;
}

/** Work that nobody does. */
export function leftOver(nodes: readonly Node[]): readonly string[] {
  const held = new Set(nodes.flatMap(({ house }) => house?.membership.held() ?? []));
  const works = new Set(nodes.flatMap(({ house }) => house?.work ?? []));
  return [...works].filter((work) => !held.has(work));
}
