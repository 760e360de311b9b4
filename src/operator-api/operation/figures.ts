// Figures of the engines, of the views and of this node among the others.
import type { ClusterHealth } from "#bus";
import type { Api } from "../api.ts";
import type { Figure, PoolFigures, Reading } from "../ports.ts";
import { viewsLag } from "./lag.ts";
import { saidBy, soon, together } from "./soon.ts";

type Figures = Readonly<Record<string, Figure>>;

/** All of them; what an engine does not say within its limit is left out. */
export function operationFigures(api: Api): Figures {
  return { ...logFigures(api), ...poolFigures(api), ...viewFigures(api), ...nodeFigures(api) };
}

function logFigures({ store }: Api): Figures {
  return {
    log_ok: gauge("Whether the log can be written (1) or not (0).", () =>
      Number(store.health().ok),
    ),
    log_commit: {
      help: "From the moment when a commit of the log goes out until it is durable.",
      kind: "histogram",
      read: () => store.figures().commits,
    },
    log_writes: counter("Units and notes that were committed; many share a commit.", () => {
      return store.figures().writes;
    }),
    log_waiting: gauge("Units and notes that wait for a commit.", () => store.figures().waiting),
    log_failures: {
      help: "Commits that came to nothing, by reason.",
      kind: "counter",
      label: "reason",
      read: () => store.figures().failures,
    },
  };
}

function poolFigures({ operation }: Api): Figures {
  const byPurpose = (help: string, of: (pool: PoolFigures) => number): Figure => ({
    help,
    kind: "gauge",
    label: "purpose",
    read: () => summed([...operation.pools()].map((pool) => [pool.purpose, of(pool)])),
  });
  return {
    database_connections: byPurpose(
      "Open connections to PostgreSQL, by purpose.",
      ({ open }) => open,
    ),
    database_connections_most: byPurpose(
      "As many as there may be, by purpose.",
      ({ most }) => most,
    ),
    database_connections_in_use: byPurpose("Those in use, by purpose.", ({ inUse }) => inUse),
    database_waiting: byPurpose("Statements that wait for a connection, by purpose.", (pool) => {
      return pool.waiting;
    }),
    database_failures: {
      help: "Statements and connections to PostgreSQL that failed, by reason.",
      kind: "counter",
      label: "reason",
      read: () => summed([...operation.pools()].flatMap((pool) => Object.entries(pool.failures))),
    },
  };
}

function viewFigures(api: Api): Figures {
  // Four figures, one look.
  const look = together(async () => saidBy(await soon(api, () => viewsLag(api))));
  return {
    log_head: gauge("Position of the last event of the log.", async () => (await look())?.head),
    views_ok: gauge("Whether the views go on (1) or stand still (0).", async () => {
      return Number((await look())?.ok ?? false);
    }),
    views_lag_events: gauge("Events that the views do not show yet.", async () => {
      return (await look())?.events;
    }),
    views_lag_seconds: gauge(
      "Age of the oldest event that the views do not show yet.",
      async () => {
        return (await look())?.seconds;
      },
    ),
  };
}

function nodeFigures(api: Api): Figures {
  const { cluster, card, work } = api.operation;
  const look = together(async () => saidBy(await soon(api, () => cluster.health())));
  const counted = (help: string, of: (health: ClusterHealth) => number): Figure =>
    counter(help, async () => {
      const health = await look();
      return health && of(health);
    });
  return {
    release: {
      help: "Version of the program; always 1.",
      kind: "gauge",
      label: "release",
      read: () => ({ [card.release]: 1 }),
    },
    nodes: {
      help: "Nodes by their state, as the table shows them; a node that is alone counts as live.",
      kind: "gauge",
      label: "state",
      read: () => nodesByState(api),
    },
    leases_held: gauge("Pieces of work that this node does now.", () => work().length),
    messages_ok: gauge("Whether messages between nodes pass (1) or not (0).", async () => {
      return Number((await look())?.ok ?? false);
    }),
    messages_sent: counted("Messages to other nodes.", ({ sent }) => sent),
    messages_received: counted("Messages of other nodes.", ({ received }) => received),
    messages_lost: counted("Messages that could not go out or be taken in.", ({ lost }) => lost),
    messages_reconnects: counted("How often what carries messages has come back.", (health) => {
      return health.reconnects;
    }),
    node_answer: {
      help: "From a question to another node until its answer.",
      kind: "histogram",
      read: async () => (await look())?.questions.answers,
    },
    node_questions_failed: counted("Questions to other nodes without an answer.", (health) => {
      return health.questions.failed;
    }),
  };
}

async function nodesByState(api: Api) {
  const { cluster } = api.operation;
  if (cluster.isAlone) return { live: 1, draining: 0, gone: 0 };
  const rows = saidBy(await soon(api, () => cluster.nodes()));
  if (rows === undefined) return undefined;
  const live = rows.filter((row) => row.live);
  const draining = live.filter((row) => row.draining === true).length;
  return { live: live.length - draining, draining, gone: rows.length - live.length };
}

function summed(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, value] of entries) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

function gauge(help: string, read: () => Reading<number>): Figure {
  return { help, kind: "gauge", read };
}

function counter(help: string, read: () => Reading<number>): Figure {
  return { help, kind: "counter", read };
}
