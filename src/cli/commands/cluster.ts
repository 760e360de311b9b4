import type { Command } from "commander";
import type { Document } from "../api-client.ts";
import { at, running } from "../context.ts";
import { type Column, tableOf } from "../output.ts";

type Rows = readonly Document[];

/** The nodes that serve together. */
export function clusterCommands(program: Command): void {
  program
    .command("cluster")
    .description("the nodes that serve together")
    .command("status")
    .description("show nodes, who does what and how the engines are; fails if something is wrong")
    .action(
      running(async ({ api, out }) => {
        const status = await api.get(at("cluster"));
        out.told(status, textOf(status));
        if (status.ok !== true) process.exitCode = 1;
      }),
    );
}

function textOf(status: Document): string {
  const leases = status.leases as Rows;
  const work = leases.map((lease) => leaseOf(lease, status));
  const nodes = (status.nodes as Rows).map((node) => nodeOf(node, status));
  return [
    ...verdictOf(status),
    "",
    ...tableOf(nodes, nodeColumns),
    "",
    ...(work.length === 0 ? ["It is alone: all work is its own."] : tableOf(work, workColumns)),
    "",
    ...tableOf(enginesOf(status), engineColumns),
  ].join("\n");
}

function verdictOf({ node, problems }: Document): readonly string[] {
  const wrong = problems as readonly string[];
  if (wrong.length === 0) return [`All is well, says ${node}.`];
  return [`Wrong, says ${node}:`, ...wrong.map((problem) => `  ✗ ${problem}`)];
}

const nodeColumns: readonly Column[] = [
  ["NODE", "node"],
  ["ROLES", "roles"],
  ["RELEASE", "release"],
  ["STATE", "state"],
  ["UP SINCE", "startedAt"],
  ["UP FOR", "age"],
  ["SOCKETS", "sockets"],
  ["URL", "url"],
];

function nodeOf(node: Document, status: Document): Document {
  const { live, draining, startedAt } = node;
  const state = live !== true ? "gone" : draining === true ? "draining" : "live";
  const age = live === true ? spanOf(startedAt, status.at) : "";
  return { ...node, state, age };
}

const workColumns: readonly Column[] = [
  ["WORK", "name"],
  ["DONE BY", "holder"],
  ["FOR", "age"],
  ["EPOCH", "epoch"],
];

function leaseOf(lease: Document, status: Document): Document {
  const { live, node, since } = lease;
  const holder = live === true ? node : `nobody (it was ${node})`;
  return { ...lease, holder, age: live === true ? spanOf(since, status.at) : "" };
}

const engineColumns: readonly Column[] = [
  ["ENGINE", "engine"],
  ["KIND", "kind"],
  ["STATE", "state"],
  ["", "more"],
];

function enginesOf({ engines, head }: Document): Rows {
  const { store, views, messages } = engines as Readonly<Record<string, Document>>;
  const behind = `${views?.lag ?? "?"} events behind, ${views?.lagSeconds ?? "?"} s`;
  const counts = ["sent", "received", "lost"].map((name) => `${messages?.[name] ?? 0} ${name}`);
  return [
    { engine: "log", ...store, more: head === undefined ? "" : `last event ${head}` },
    { engine: "views", ...views, more: views?.ok === true ? behind : "" },
    { engine: "messages", ...messages, more: messages?.kind === "alone" ? "" : counts.join(", ") },
  ].map((row: Document) => ({ ...row, state: row.ok === true ? "well" : `ill: ${row.reason}` }));
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** The two largest units of a span; both instants are of the server's clock. */
function spanOf(from: unknown, until: unknown): string {
  if (typeof from !== "string" || typeof until !== "string") return "";
  let left = Math.max(0, Math.round((Date.parse(until) - Date.parse(from)) / 1000));
  const parts: string[] = [];
  for (const [unit, seconds] of units) {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0 || (unit === "s" && parts.length === 0)) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(" ");
}
