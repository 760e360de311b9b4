// The cluster as one node sees it: who is there, who does what, how the engines are, and what of it
// is wrong, in words. Each engine is asked by itself, so that one that is ill hides nothing else.
import type { ClusterHealth, LeaseRow, NodeConnections, NodeRow } from "#bus";
import type { Api } from "../api.ts";
import { type ViewsLag, viewsLag } from "./lag.ts";
import { problemsOf } from "./problems.ts";
import { type Said, saidBy, silenceOf, soon } from "./soon.ts";

export interface NodeStatus extends Omit<NodeRow, "draining" | "leaseUntil" | "work"> {
  /** Absent on a node that is alone. */
  readonly leaseUntil?: string | undefined;
  readonly draining: boolean;
  /** Stations that it holds, or held when it died and that are not back. */
  readonly sockets?: number | undefined;
}

interface EngineStatus {
  readonly ok: boolean;
  readonly reason?: string | undefined;
}

export interface ClusterStatus {
  /** The node that says all this, and when, by its clock. */
  readonly node: string;
  readonly at: string;
  readonly ok: boolean;
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
  /** Position of the last event; absent while the log cannot be read. */
  readonly head?: number | undefined;
  readonly nodes: readonly NodeStatus[];
  readonly leases: readonly LeaseRow[];
  readonly engines: {
    readonly store: EngineStatus & { readonly kind: string };
    readonly views: EngineStatus &
      Partial<Pick<ViewsLag, "position">> & {
        readonly lag?: number | undefined;
        readonly lagSeconds?: number | undefined;
      };
    readonly messages: EngineStatus & Partial<Omit<ClusterHealth, keyof EngineStatus>>;
  };
  /** Stations whose last socket ended with a process that is forgotten by now, and are not back. */
  readonly strandedStations?: number | undefined;
}

/** What the engines said. */
export interface Looked {
  readonly nodes: Said<readonly NodeRow[]>;
  readonly leases: Said<readonly LeaseRow[]>;
  readonly sockets: Said<readonly NodeConnections[]>;
  readonly lag: Said<ViewsLag>;
  readonly messages: Said<ClusterHealth>;
}

/** Looks at everything now. */
export async function clusterStatus(api: Api): Promise<ClusterStatus> {
  const { cluster } = api.operation;
  const nodes = await soon(api, () => cluster.nodes());
  const [leases, sockets, lag, messages] = await Promise.all([
    soon(api, () => cluster.leases()),
    soon(api, () => socketsNow(api, saidBy(nodes) ?? [])),
    soon(api, () => viewsLag(api)),
    soon(api, () => cluster.health()),
  ]);
  const looked = { nodes, leases, sockets, lag, messages };
  const rows = nodesOf(api, looked);
  const status = {
    ...{ node: cluster.node, at: api.clock.now() },
    head: saidBy(lag)?.head,
    nodes: rows.map(({ work: _work, ...row }) => row),
    leases: leasesOf(rows, looked),
    engines: enginesOf(api, looked),
    strandedStations: strandedIn(rows, looked),
  };
  const { viewsLagSecondsMax } = api.limits;
  const isAlone = cluster.isAlone;
  const problems = problemsOf({ ...status, nodes: rows, looked, viewsLagSecondsMax, isAlone });
  return { ...status, ok: problems.length === 0, problems };
}

function socketsNow({ store, limits, operation }: Api, rows: readonly NodeRow[]) {
  const { cluster, card } = operation;
  const started = [{ node: cluster.node, ...card }, ...rows];
  const startedAt = Object.fromEntries(started.map((row) => [row.node, row.startedAt]));
  return store.connectionsByNode({ startedAt, limit: limits.statusNodesMax });
}

/** Stations whose sockets are with nodes that live. */
export async function connectedStations(api: Api): Promise<number> {
  const { cluster } = api.operation;
  const nodes = await cluster.nodes();
  const live = new Set(nodes.filter((row) => row.live).map((row) => row.node)).add(cluster.node);
  const sockets = await socketsNow(api, nodes);
  return sockets.reduce((sum, { node, stations }) => sum + (live.has(node) ? stations : 0), 0);
}

/** A node with the names of the work that it is able to do. */
export type WorkingNode = NodeStatus & Pick<NodeRow, "work">;

function nodesOf({ operation }: Api, { nodes, sockets }: Looked): readonly WorkingNode[] {
  const { cluster, card } = operation;
  const counts = new Map(saidBy(sockets)?.map(({ node, stations }) => [node, stations]));
  const rows = saidBy(nodes) ?? [];
  const known = rows.map((row) => ({ ...row, draining: row.draining === true }));
  const own = { ...card, node: cluster.node, live: cluster.isAlone, draining: false };
  const isListed = rows.some(({ node }) => node === cluster.node);
  return [...known, ...(isListed ? [] : [own])]
    .sort((one, other) => (one.node < other.node ? -1 : 1))
    .map((row) => {
      const count = "said" in sockets ? (counts.get(row.node) ?? 0) : undefined;
      return count === undefined ? row : { ...row, sockets: count };
    });
}

/** Without those of work that no node that lives knows any more: an add-on that was taken out. */
function leasesOf(nodes: readonly WorkingNode[], { leases }: Looked): readonly LeaseRow[] {
  const live = nodes.filter((node) => node.live);
  const isKnown = (name: string) => live.some(({ work }) => work?.includes(name) ?? true);
  return (saidBy(leases) ?? [])
    .filter(({ name, live }) => live || isKnown(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function enginesOf(api: Api, { lag, messages }: Looked): ClusterStatus["engines"] {
  const views = saidBy(lag);
  return {
    store: { kind: api.operation.storeKind, ...api.store.health() },
    views:
      views === undefined
        ? { ok: false, reason: silenceOf(lag) }
        : {
            ...{ ok: views.ok, position: views.position, lag: views.events },
            ...{ lagSeconds: views.seconds, reason: views.reason },
          },
    messages: saidBy(messages) ?? { ok: false, reason: silenceOf(messages) },
  };
}

function strandedIn(nodes: readonly NodeStatus[], { sockets }: Looked): number | undefined {
  const names = new Set(nodes.map(({ node }) => node));
  const over = saidBy(sockets)?.map(({ node, stations, lost }) =>
    names.has(node) ? lost : lost + stations,
  );
  return over?.reduce((sum, stations) => sum + stations, 0);
}
