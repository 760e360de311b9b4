// Who is there, and who does what: each node says that it lives, and takes the leases that fall to
// it by a rule that all nodes know.
import { createHash } from "node:crypto";
import type { Clock, Cluster, LeasedWork, Log, NodeCard } from "#bus";
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
  /** It has begun, or it could not. */
  begun: Promise<void>;
}

class ClusterMembership implements Membership {
  readonly #parts: MembershipParts;
  readonly #held = new Map<string, Tenure>();
  /** By the name of the work that is not over yet: until then its lease is kept. */
  readonly #ending = new Map<string, Promise<void>>();
  /** Of the leases that this node had when it last claimed them. */
  #epochs = new Map<string, number>();
  #rounds: Promise<void> = Promise.resolve();
  /** The round that has not begun: it serves all who ask for one until then. */
  #next: Promise<void> | undefined;
  #cancelRound = () => {};
  #cancelEnd = () => {};
  #stopHearing = () => {};
  #isDraining = false;
  #isStopped = false;

  constructor(parts: MembershipParts) {
    this.#parts = parts;
  }

  start(): Promise<void> {
    this.#stopHearing = this.#parts.cluster.listen(({ message }) => {
      if (message === "released") void this.renew();
    });
    this.#plan();
    return this.renew();
  }

  held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /**
   * One round at a time, and one that waits: where the tables are slow, more of them would be in
   * the way of whoever drains. What fails is tried again in the next one.
   */
  renew(): Promise<void> {
    if (this.#next === undefined) {
      this.#next = this.#rounds.then(() => {
        this.#next = undefined;
        return this.#round();
      });
      // What is given up meanwhile waits for this one, and the next one for that.
      this.#rounds = this.#next;
    }
    return this.#next;
  }

  async drain(): Promise<void> {
    this.#isDraining = true;
    await this.renew();
    await Promise.all(this.#ending.values());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopHearing();
    this.#cancelRound();
    await this.#rounds;
    this.#cancelEnd();
    this.#endAll();
    await Promise.all(this.#ending.values());
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

  /** Nothing here waits for work to begin or to end: the leases of all other work would run out. */
  async #round(): Promise<void> {
    if (this.#isStopped) return;
    const { cluster, clock, limits, log } = this.#parts;
    const startedMs = clock.monotonicMs();
    try {
      await cluster.announce(this.#card(), limits.leaseMs);
      const wanted = await this.#wanted();
      this.#leaveToOthers(wanted);
      const ending = [...this.#ending.keys()].filter((name) => this.#epochs.has(name));
      const names = [...wanted, ...ending];
      const leases = await cluster.claim([...new Set(names)], limits.leaseMs);
      // A node that stood still in the meantime is told of a time that is over.
      const leftMs = startedMs + limits.leaseMs - limits.leaseMarginMs - clock.monotonicMs();
      if (leftMs <= 0) return this.#endAll();
      this.#cancelEnd();
      this.#cancelEnd = clock.after(leftMs, () => this.#overdue());
      this.#epochs = new Map(leases.map(({ name, epoch }) => [name, epoch]));
      this.#take(wanted);
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

  #leaveToOthers(wanted: readonly string[]): void {
    for (const name of [...this.#held.keys()]) {
      if (!wanted.includes(name)) this.#end(name, () => this.#giveUp(name));
    }
  }

  /** Not beside a round: a claim that is on its way would take again what nobody does here. */
  #giveUp(name: string): Promise<void> {
    const { cluster } = this.#parts;
    const given = this.#rounds.then(async () => {
      const epoch = this.#epochs.get(name);
      // In the meantime it may have come back to this node.
      if (epoch === undefined || this.#held.has(name)) return;
      this.#epochs.delete(name);
      await cluster.giveUp([{ name, epoch }]);
      cluster.tell(undefined, { message: "released" });
    });
    this.#rounds = given.catch(() => undefined);
    return given;
  }

  #take(wanted: readonly string[]): void {
    for (const [name, { epoch }] of [...this.#held]) {
      if (this.#epochs.get(name) !== epoch) this.#end(name);
    }
    for (const work of this.#parts.work) {
      const epoch = wanted.includes(work.name) ? this.#epochs.get(work.name) : undefined;
      if (epoch !== undefined && !this.#held.has(work.name)) this.#begin(work, epoch);
    }
  }

  #begin(work: LeasedWork, epoch: number): void {
    const { log, cluster } = this.#parts;
    const { name } = work;
    const tenure: Tenure = { work, epoch, begun: Promise.resolve() };
    const start = async () => {
      await this.#ending.get(name);
      // What was over before it began is left to its end.
      if (this.#held.get(name) === tenure) await work.start(epoch);
    };
    this.#held.set(name, tenure);
    log.info("This node takes up work", { node: cluster.node, work: name, epoch });
    tenure.begun = start().catch((error: unknown) => {
      log.error("Work could not begin on this node", { work: name, error });
      if (this.#held.get(name) === tenure) this.#held.delete(name);
    });
  }

  /** Ends work once it has begun, and does what follows from that. */
  #end(name: string, after: () => Promise<void> = async () => {}): void {
    const { log, cluster } = this.#parts;
    const tenure = this.#held.get(name);
    if (tenure === undefined) return;
    this.#held.delete(name);
    log.info("This node leaves work to others", { node: cluster.node, work: name });
    const end = async () => {
      await tenure.begun;
      await tenure.work.stop();
      await after();
    };
    const ending = end()
      .catch((error: unknown) => log.error("Work did not end in order", { work: name, error }))
      .finally(() => {
        if (this.#ending.get(name) === ending) this.#ending.delete(name);
      });
    this.#ending.set(name, ending);
  }

  #endAll(): void {
    for (const name of [...this.#held.keys()]) this.#end(name);
  }

  /** Others may have begun: what it held ends before it asks again. */
  #overdue(): void {
    const { log, cluster } = this.#parts;
    log.warn("The leases of this node are over", { node: cluster.node, work: this.held() });
    this.#endAll();
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
