import type { StationKey } from "#core";
import type { Timings } from "../timings.ts";

/** What a node does beside others: sockets of stations, the API, work in the background. */
export type NodeRole = "gateway" | "api" | "background";

/** A node as it tells the others. */
export interface NodeCard {
  /** Of its API, where others can reach it. */
  readonly url?: string | undefined;
  readonly roles: readonly NodeRole[];
  readonly startedAt: string;
  /** Version of the program. */
  readonly release: string;
  /** Names of the work that it can do; absent: all. Another release may know other work. */
  readonly work?: readonly string[] | undefined;
  /** It is being stopped: no work falls to it any more. */
  readonly draining?: true | undefined;
}

/** A node as the others know it. */
export interface NodeRow extends NodeCard {
  readonly node: string;
  /** It counts as dead from then on, unless it is heard of before. */
  readonly leaseUntil: string;
  /** By the clock of whoever keeps the table: all nodes see the same. */
  readonly live: boolean;
}

/** Who does a piece of work of which one node does a part at a time. */
export interface Lease {
  readonly name: string;
  readonly node: string;
  /** Grows with each new holder: what is written with an older one is refused. */
  readonly epoch: number;
  readonly until: string;
}

/** A lease as all nodes see it. */
export interface LeaseRow extends Lease {
  /** When its holder took it. */
  readonly since: string;
  /** By the clock of whoever keeps the table. */
  readonly live: boolean;
}

/** What carries messages between nodes. */
export type CarrierKind = "alone" | "memory" | "postgres" | "nats";

/** How messages between nodes get on. Where they do not, all is later, and nothing is lost. */
export interface ClusterHealth {
  readonly kind: CarrierKind;
  readonly ok: boolean;
  /** What is wrong, in plain words. */
  readonly reason?: string;
  /** Messages since this node has joined. */
  readonly sent: number;
  readonly received: number;
  /** Those that could not go out, or for which there was no room. */
  readonly lost: number;
  /** How often the carrier's connection has come back. */
  readonly reconnects: number;
  /** What this node has asked others: how long answers took, and how often none came. */
  readonly questions: { readonly answers: Timings; readonly failed: number };
}

/** Told at most once, perhaps late or never: whoever needs to know finds it out by itself, too. */
export type ClusterMessage =
  /** The log has grown to this position. */
  | { readonly message: "grown"; readonly position: number }
  /** A station has come to another node: sockets of older epochs are over. */
  | { readonly message: "replaced"; readonly station: StationKey; readonly epoch: number }
  /** Leases were given up: whoever they fall to need not wait for its next round. */
  | { readonly message: "released" }
  /** Somebody waits until shared views show this position: whoever leads them may hurry. */
  | { readonly message: "viewsWanted"; readonly views: string; readonly position: number }
  /** They do, says who leads them. */
  | { readonly message: "viewsShown"; readonly views: string; readonly position: number };

/** What is asked of another node, and what it answers. */
export interface NodeAnswers {
  /** Stations that have a socket there, as far as it holds them. */
  readonly connections: {
    readonly question: { readonly stations: readonly StationKey[] };
    readonly answer: readonly HeldConnection[];
  };
  /** Closes a station's socket; false: it has none there. */
  readonly disconnect: {
    readonly question: { readonly station: StationKey; readonly reason: string };
    readonly answer: boolean;
  };
}

export type NodeQuestionName = keyof NodeAnswers;

/** A station's connection as the node that holds its socket knows it. */
export interface HeldConnection {
  readonly station: StationKey;
  readonly epoch: number;
  readonly since: string;
  readonly lastSeenAt: string;
  readonly protocol: string;
  readonly address: string;
}

/** Answers questions of other nodes. */
export type NodeAnswerer = {
  readonly [N in NodeQuestionName]: (
    question: NodeAnswers[N]["question"],
  ) => Promise<NodeAnswers[N]["answer"]>;
};

/** The other node did not answer in time, or cannot be reached. */
export class NodeSilent extends Error {
  override readonly name = "NodeSilent";

  constructor(node: string, reason: string) {
    super(`node ${node} did not answer: ${reason}`);
  }
}

/**
 * This node among others. Tables (nodes, leases) are durable and the same for all; messages and
 * questions are not: losing them delays, and loses nothing.
 */
export interface Cluster {
  /** Name of this node. */
  readonly node: string;
  /** There is no other node, and never will be. */
  readonly isAlone: boolean;
  /**
   * Channel on which the log itself tells its growth (an option of its store): then no node has to
   * tell it by a message. Undefined: nodes do.
   */
  readonly growthChannel?: string | undefined;

  /** Tells the table that this node lives, for so long. */
  announce(card: NodeCard, forMs: number): Promise<void>;
  /** Takes this node and what it holds out of the tables. */
  leave(): Promise<void>;
  nodes(): Promise<readonly NodeRow[]>;

  /**
   * Takes those leases that are free, overdue or ours already, for so long from now on. What it
   * returns is ours; where we are a new holder, the epoch is a new one.
   */
  claim(names: readonly string[], forMs: number): Promise<readonly Lease[]>;
  /** Lets go of leases, if they are still ours. */
  giveUp(leases: readonly Pick<Lease, "name" | "epoch">[]): Promise<void>;
  leases(): Promise<readonly LeaseRow[]>;

  /** To one node; undefined: to all others. Never fails, perhaps never arrives. */
  tell(node: string | undefined, message: ClusterMessage): void;
  /** Fails with `NodeSilent` where no answer comes within its limit. */
  ask<N extends NodeQuestionName>(
    node: string,
    name: N,
    question: NodeAnswers[N]["question"],
  ): Promise<NodeAnswers[N]["answer"]>;
  /** Hears what others tell; the result ends it. */
  listen(listener: (message: ClusterMessage) => void): () => void;
  /** Says who answers questions of others; until then nobody does. */
  answer(answerer: NodeAnswerer): void;
  health(): Promise<ClusterHealth>;
  close(): Promise<void>;
}
