// Who is there, and who does what: each node says that it lives, and takes the leases that fall to
// it by a rule that all nodes know.
import { createHash } from "node:crypto";
import type { Clock, Cluster, Lease, LeasedWork, Log, NodeCard } from "#bus";
import type { Limits } from "#limits";

/** This node among the others, and the work that it holds. */
export interface Membership {
  /** Joins, and begins what falls to it. Alone, that is everything, and there is nothing else. */
  start(): Promise<void>;
  /** Names of the work that it does now. */
  held(): readonly string[];
  /** One round, for whoever cannot wait. */
  renew(): Promise<void>;
  /** Ends its work, which others take up at once, and stays among them until it is stopped. */
  drain(): Promise<void>;
  /** Ends its work and leaves. */
  stop(): Promise<void>;
}

interface MembershipParts {
  readonly cluster: Cluster;
  readonly card: NodeCard;
  readonly work: readonly LeasedWork[];
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** Makes a membership; `start` it. */
export function createMembership(parts: MembershipParts): Membership {
  return parts.cluster.isAlone ? ofOne(parts.work) : new ClusterMembership(parts);
}

function ofOne(work: readonly LeasedWork[]): Membership {
  return {
    start: async () => {
      for (const one of work) await one.start(undefined);
    },
    held: () => work.map(({ name }) => name),
    renew: async () => {},
    // Nobody else would take it up.
    drain: async () => {},
    stop: async () => {
      for (const one of work) await one.stop();
    },
  };
}

interface Tenure {
  readonly work: LeasedWork;
  readonly epoch: number;
}

class ClusterMembership implements Membership {
  readonly #parts: MembershipParts;
  readonly #held = new Map<string, Tenure>();
  /** By the name of the work that is not over yet. */
  readonly #ending = new Map<string, Promise<void>>();
  #rounds: Promise<void> = Promise.resolve();
  #cancelRound = () => {};
  #cancelEnd = () => {};
  #stopHearing = () => {};
  #isHurried = false;
  #isDraining = false;
  #isStopped = false;

  constructor(parts: MembershipParts) {
    this.#parts = parts;
  }

  start(): Promise<void> {
    this.#stopHearing = this.#parts.cluster.listen(({ message }) => {
      if (message === "released") this.#hurry();
    });
    this.#plan();
    return this.renew();
  }

  held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** One round at a time; what fails is tried again in the next one. */
  renew(): Promise<void> {
    this.#rounds = this.#rounds.then(() => this.#round());
    return this.#rounds;
  }

  drain(): Promise<void> {
    this.#isDraining = true;
    return this.renew();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopHearing();
    this.#cancelRound();
    await this.#rounds;
    this.#cancelEnd();
    await this.#endAll();
    const { cluster, log } = this.#parts;
    try {
      await cluster.leave();
      cluster.tell(undefined, { message: "released" });
    } catch (error) {
      log.warn("The others could not be told that this node leaves", { error });
    }
  }

  #plan(): void {
    const { clock, limits } = this.#parts;
    this.#cancelRound = clock.after(limits.leaseRenewMs, () => {
      this.#plan();
      void this.renew();
    });
  }

  /** A round as soon as the one that runs is over, however often it is asked for. */
  #hurry(): void {
    if (this.#isHurried) return;
    this.#isHurried = true;
    this.#rounds = this.#rounds.then(() => {
      this.#isHurried = false;
      return this.#round();
    });
  }

  async #round(): Promise<void> {
    if (this.#isStopped) return;
    const { cluster, clock, limits, log } = this.#parts;
    const startedMs = clock.monotonicMs();
    try {
      await cluster.announce(this.#card(), limits.leaseMs);
      const wanted = await this.#wanted();
      await this.#leaveToOthers(wanted);
      const leases = await cluster.claim(wanted, limits.leaseMs);
      // A node that stood still in the meantime is told of a time that is over.
      const leftMs = startedMs + limits.leaseMs - limits.leaseMarginMs - clock.monotonicMs();
      if (leftMs <= 0) return await this.#endAll();
      this.#cancelEnd();
      this.#cancelEnd = clock.after(leftMs, () => void this.#overdue());
      await this.#take(leases);
    } catch (error) {
      log.warn("The leases of this node could not be renewed", { error });
    }
  }

  #card(): NodeCard {
    const work = this.#parts.work.map(({ name }) => name);
    return { ...this.#parts.card, work, ...(this.#isDraining && { draining: true }) };
  }

  /** What falls to this node among those that live, and can do it in the background. */
  async #wanted(): Promise<string[]> {
    const { cluster, work } = this.#parts;
    const rows = await cluster.nodes();
    const able = rows.filter(
      ({ live, roles, draining }) => live && roles.includes("background") && draining !== true,
    );
    const nodesFor = (name: string) =>
      able.filter((row) => row.work?.includes(name) ?? true).map(({ node }) => node);
    return work
      .map(({ name }) => name)
      .filter((name) => chosenOf(nodesFor(name), name) === cluster.node);
  }

  async #leaveToOthers(wanted: readonly string[]): Promise<void> {
    const others = [...this.#held].filter(([name]) => !wanted.includes(name));
    for (const [name] of others) await this.#end(name);
    if (others.length === 0) return;
    const { cluster } = this.#parts;
    await cluster.giveUp(others.map(([name, { epoch }]) => ({ name, epoch })));
    cluster.tell(undefined, { message: "released" });
  }

  async #take(leases: readonly Lease[]): Promise<void> {
    const epochs = new Map(leases.map(({ name, epoch }) => [name, epoch]));
    for (const [name, { epoch }] of [...this.#held]) {
      if (epochs.get(name) !== epoch) await this.#end(name);
    }
    for (const work of this.#parts.work) {
      const epoch = epochs.get(work.name);
      if (epoch !== undefined && !this.#held.has(work.name)) await this.#begin({ work, epoch });
    }
  }

  async #begin(tenure: Tenure): Promise<void> {
    const { work, epoch } = tenure;
    const { log, cluster } = this.#parts;
    await this.#ending.get(work.name);
    this.#held.set(work.name, tenure);
    log.info("This node takes up work", { node: cluster.node, work: work.name, epoch });
    try {
      await work.start(epoch);
    } catch (error) {
      log.error("Work could not begin on this node", { work: work.name, error });
      this.#held.delete(work.name);
    }
  }

  async #end(name: string): Promise<void> {
    const { log, cluster } = this.#parts;
    const tenure = this.#held.get(name);
    this.#held.delete(name);
    if (tenure === undefined) return;
    log.info("This node leaves work to others", { node: cluster.node, work: name });
    const ending = tenure.work
      .stop()
      .catch((error: unknown) => log.error("Work did not end in order", { work: name, error }))
      .finally(() => this.#ending.delete(name));
    this.#ending.set(name, ending);
    await ending;
  }

  async #endAll(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((name) => this.#end(name)));
  }

  /** Others may have begun: what it held ends before it asks again. */
  async #overdue(): Promise<void> {
    const { log, cluster } = this.#parts;
    log.warn("The leases of this node are over", { node: cluster.node, work: this.held() });
    await this.#endAll();
  }
}

/** The node that a piece of work falls to: the same one for all who know the same nodes. */
function chosenOf(nodes: readonly string[], name: string): string | undefined {
  const weighed = nodes.map((node) => ({ node, weight: weightOf(`${name} ${node}`) }));
  return weighed.sort((a, b) => (a.weight < b.weight ? 1 : -1))[0]?.node;
}

function weightOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
