import { saidBy, silenceOf } from "./soon.ts";
import type { ClusterStatus, Looked, WorkingNode } from "./status.ts";

type Given = Omit<ClusterStatus, "nodes" | "ok" | "problems"> & {
  readonly nodes: readonly WorkingNode[];
  readonly looked: Looked;
  readonly viewsLagSecondsMax: number;
  readonly isAlone: boolean;
};

/** What is wrong, a sentence each, the worst first. */
export function problemsOf(given: Given): readonly string[] {
  return [
    ...storeProblems(given),
    ...viewsProblems(given),
    ...messageProblems(given),
    ...(given.isAlone ? [] : [...nodeProblems(given), ...workProblems(given)]),
  ];
}

function storeProblems({ engines, looked, isAlone }: Given): string[] {
  const { ok, reason } = engines.store;
  const tables = silenceOf(looked.nodes) ?? silenceOf(looked.leases);
  return [
    ...(ok ? [] : [`The log cannot be written: ${reason}. Nothing is acknowledged.`]),
    ...(isAlone || tables === undefined
      ? []
      : [`The tables of nodes and leases cannot be read: ${tables}.`]),
  ];
}

function viewsProblems({ engines, viewsLagSecondsMax }: Given): string[] {
  const { ok, reason, lag = 0, lagSeconds = 0 } = engines.views;
  if (!ok) return [`The views do not show everything: ${reason}.`];
  if (lagSeconds <= viewsLagSecondsMax) return [];
  return [`The views are ${lag} events behind the log, by ${Math.round(lagSeconds)} s.`];
}

function messageProblems({ engines }: Given): string[] {
  const { ok, kind = "", reason } = engines.messages;
  if (ok) return [];
  const carrier = { nats: " by NATS", postgres: " by PostgreSQL" }[kind as string] ?? "";
  return [`Messages between nodes do not pass${carrier}: ${reason}. Nodes look for themselves.`];
}

function nodeProblems({ node: self, nodes, looked }: Given): string[] {
  // Who is there is not known: nothing can be said of it.
  if (saidBy(looked.nodes) === undefined) return [];
  const gone = nodes.filter(({ live, node }) => !live && node !== self);
  const isHidden = nodes.some(({ live, node }) => !live && node === self);
  return [
    ...(isHidden ? [`This node, ${self}, counts as gone: it could not say that it lives.`] : []),
    ...gone.map(goneSentence),
    ...rolesWithoutNode(nodes),
  ];
}

function goneSentence({ node, leaseUntil, sockets = 0 }: WorkingNode): string {
  const are = sockets === 1 ? "is" : "are";
  const left = sockets === 0 ? "" : ` ${sockets} of its stations ${are} not back yet.`;
  return `Node ${node} is gone since ${leaseUntil}, and did not take its leave.${left}`;
}

const roles = {
  gateway: "takes stations",
  api: "serves the API",
  background: "works in the background",
} as const;

function rolesWithoutNode(nodes: readonly WorkingNode[]): string[] {
  const serving = nodes.filter(({ live, draining }) => live && !draining);
  return Object.entries(roles)
    .filter(([role]) => !serving.some((node) => (node.roles as readonly string[]).includes(role)))
    .map(([, does]) => `No node that lives and is not draining ${does}.`);
}

function workProblems({ nodes, leases, looked }: Given): string[] {
  if (saidBy(looked.leases) === undefined || saidBy(looked.nodes) === undefined) return [];
  const able = nodes.filter(({ live, roles }) => live && roles.includes("background"));
  const wanted = new Set([
    ...able.flatMap(({ work = [] }) => work),
    ...leases.map(({ name }) => name),
  ]);
  const held = new Set(leases.filter(({ live }) => live).map(({ name }) => name));
  const idle = [...wanted].filter((name) => !held.has(name)).sort();
  return idle.length === 0 ? [] : [`Nobody does this work at the moment: ${idle.join(", ")}.`];
}
