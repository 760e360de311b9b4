import type { Timings } from "../timings.ts";

/** What a store has done since it was opened, for whoever watches it. */
export interface StoreFigures {
  /** Commits: from the moment when a batch goes out until it is durable. */
  readonly commits: Timings;
  /** What was committed in them: units, and what is written beside units. */
  readonly writes: number;
  /** What waits for a commit now. */
  readonly waiting: number;
  /** Commits that came to nothing, by their reason in plain words. */
  readonly failures: Readonly<Record<string, number>>;
}

/** How many stations a node holds by the table of connections. */
export interface NodeConnections {
  readonly node: string;
  readonly stations: number;
  /** Whose connection is older than the node's process, and whose end nobody has seen. */
  readonly lost: number;
}

/** Which nodes are counted. */
export interface NodeConnectionsQuery {
  /** When nodes were started, by their names: what they held before is over. */
  readonly startedAt: Readonly<Record<string, string>>;
  readonly limit: number;
}
