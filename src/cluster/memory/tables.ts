import {
  type Clock,
  instantAfter,
  type Lease,
  type LeaseRow,
  type NodeCard,
  type NodeRow,
} from "#bus";

/** The tables of nodes and leases in plain memory, with one clock for all. */
export function createTables(clock: Clock, deadNodeMs: number) {
  const nodes = new Map<string, Omit<NodeRow, "live">>();
  const leases = new Map<string, Omit<LeaseRow, "live">>();
  const until = (forMs: number) => instantAfter(clock.now(), forMs);

  function isFree(name: string, node: string): boolean {
    const known = leases.get(name);
    return known === undefined || known.node === node || known.until <= clock.now();
  }

  function taken(name: string, node: string, forMs: number): Lease {
    const known = leases.get(name);
    // Overdue is overdue, even its own: in the meantime it had to count with another holder.
    const isKept = known?.node === node && known.until > clock.now();
    const epoch = isKept ? known.epoch : (known?.epoch ?? 0) + 1;
    const lease = { name, node, epoch, until: until(forMs) };
    leases.set(name, { ...lease, since: isKept ? known.since : clock.now() });
    return lease;
  }

  return {
    announce: (node: string, card: NodeCard, forMs: number): void => {
      const forgottenAt = instantAfter(clock.now(), -deadNodeMs);
      for (const [name, row] of nodes) if (row.leaseUntil < forgottenAt) nodes.delete(name);
      nodes.set(node, { ...card, node, leaseUntil: until(forMs) });
    },
    leave: (node: string): void => {
      nodes.delete(node);
      for (const lease of leases.values()) if (lease.node === node) free(lease);
    },
    nodes: (): NodeRow[] =>
      [...nodes.values()].map((row) => ({ ...row, live: row.leaseUntil > clock.now() })),
    claim: (node: string, names: readonly string[], forMs: number): Lease[] =>
      names.filter((name) => isFree(name, node)).map((name) => taken(name, node, forMs)),
    giveUp: (node: string, given: readonly Pick<Lease, "name" | "epoch">[]): void => {
      for (const { name, epoch } of given) {
        const lease = leases.get(name);
        if (lease?.node === node && lease.epoch === epoch) free(lease);
      }
    },
    leases: (): LeaseRow[] =>
      [...leases.values()].map((lease) => ({ ...lease, live: lease.until > clock.now() })),
  };

  /** The row stays: epochs never start anew. */
  function free(lease: Omit<LeaseRow, "live">): void {
    leases.set(lease.name, { ...lease, until: clock.now() });
  }
}

export type Tables = ReturnType<typeof createTables>;
