// Limits of what goes on between nodes, and between a node and PostgreSQL: rows of limits.ts.
import type { Limit } from "./limits.ts";

/** Those limits by name. */
export const limitsOfNodes = {
  tailPollMs: {
    unit: "ms",
    default: 1_000,
    protects: "a node, from wake-ups of others that were lost",
  },
  tailPageEvents: {
    unit: "events",
    default: 1_000,
    protects: "memory, from what other nodes have committed",
  },
  tailBehindMax: {
    unit: "commits",
    default: 10_000,
    protects: "memory, from commits behind others that cannot be read yet",
  },
  tailWaitMs: {
    unit: "ms",
    default: 1_000,
    protects: "commands, from others' commits that cannot be read yet",
  },
  wakeUpMs: { unit: "ms", default: 2, protects: "other nodes, from a wake-up per commit" },
  nodeAnswerMs: { unit: "ms", default: 2_000, protects: "API calls, from silent nodes" },
  nodeQuestionsMax: {
    unit: "questions",
    default: 10_000,
    protects: "memory, from nodes that do not answer",
  },
  nodeMessagesMax: {
    unit: "messages",
    default: 10_000,
    protects: "memory, from nodes that do not listen",
  },
  nodeMessagesCharactersMax: {
    unit: "characters",
    default: 16_777_216,
    protects: "memory, from large messages between nodes",
  },
  nodeMessageBytesMax: {
    unit: "bytes",
    default: 1_048_576,
    protects: "memory, from one huge message between nodes",
  },
  nodeMessagesPerTurn: {
    unit: "messages",
    default: 256,
    protects: "stations, from an event loop that only hears other nodes",
  },
  nodeLinkConnectMs: {
    unit: "ms",
    default: 5_000,
    protects: "a node, from a NATS server that does not answer",
  },
  nodeLinkRetryMs: {
    unit: "ms",
    default: 100,
    protects: "PostgreSQL and NATS, from nodes that come back at once after a loss",
  },
  nodeLinkRetryMsMax: {
    unit: "ms",
    default: 5_000,
    protects: "nodes, from being late when what carries their messages is back",
  },
  nodeLinkProbeMs: {
    unit: "ms",
    default: 5_000,
    protects: "a node, from a connection that is dead without a word",
  },
  nodeLinkStallMs: {
    unit: "ms",
    default: 60_000,
    protects: "PostgreSQL, from nodes that take none of their messages",
  },
  clusterConnectionsMax: {
    unit: "connections",
    default: 2,
    protects: "PostgreSQL, from one node's looks at nodes and leases",
  },
  leaseMs: { unit: "ms", default: 15_000, protects: "work, from nodes that have died" },
  leaseRenewMs: { unit: "ms", default: 4_000, protects: "the store, from hasty renewals" },
  leaseMarginMs: {
    unit: "ms",
    default: 2_000,
    protects: "work, from two nodes at it while one ends",
  },
  deadNodeMs: {
    unit: "ms",
    default: 86_400_000,
    protects: "the list of nodes, from those of long ago",
  },
  commitBatchCharactersMax: {
    unit: "characters",
    default: 16_777_216,
    protects: "memory and latency, from commits of many large events (PostgreSQL)",
  },
  databaseConnectMs: {
    unit: "ms",
    default: 5_000,
    protects: "everybody, from a PostgreSQL that does not answer",
  },
  databaseStatementMs: {
    unit: "ms",
    default: 10_000,
    protects: "everybody, from a PostgreSQL that hangs",
  },
  databaseMigrationMs: {
    unit: "ms",
    default: 600_000,
    protects: "a start, from another node's migration that never ends",
  },
  databaseReadersMax: {
    unit: "connections",
    default: 8,
    protects: "PostgreSQL, from the reads of one node",
  },
  databaseIdleMs: {
    unit: "ms",
    default: 60_000,
    protects: "PostgreSQL, from connections that nobody uses",
  },
  databaseKeepAliveMs: {
    unit: "ms",
    default: 10_000,
    protects: "connections, from middleboxes and dead peers",
  },
} as const satisfies Record<string, Limit>;
