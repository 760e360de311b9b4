import type { Clock, Log } from "#bus";
import type { Limits } from "#limits";
import type { Condition } from "./condition.ts";

/** What goes out. */
export interface Outgoing {
  /** Undefined: to all other nodes. */
  readonly to: string | undefined;
  readonly text: string;
  /** Number of the question that it is: where nobody listens, who asked is told. */
  readonly question?: number | undefined;
}

/** Carries texts between nodes: at most once, nothing durable. It comes back by itself. */
export interface Carrier {
  /** As the cluster's. */
  readonly growthChannel?: string | undefined;
  /** Never fails; what cannot go out now is dropped and counted. */
  send(outgoing: Outgoing): void;
  close(): Promise<void>;
}

/** What a carrier needs. */
export interface CarrierParts {
  readonly node: string;
  /** Keeps clusters on the same engine apart. */
  readonly cell: string;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** Where it counts, and says how it is. */
  readonly condition: Condition;
  /** Takes what came from another node. */
  readonly heard: (text: string) => void;
  /** A question cannot be answered. */
  readonly unheard: (question: number, why: string) => void;
}
