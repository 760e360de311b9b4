import { Type } from "@sinclair/typebox";
import type { Api } from "../api.ts";
import { type Resource, route } from "../http/route.ts";
import { together } from "../operation/soon.ts";
import { clusterStatus } from "../operation/status.ts";

const Instant = Type.String({ format: "date-time" });

const Node = Type.Object({
  node: Type.String(),
  url: Type.Optional(Type.String({ description: "of the node itself, as others reach it" })),
  roles: Type.Array(Type.String({ description: "gateway, api, background" })),
  release: Type.String(),
  startedAt: Instant,
  live: Type.Boolean(),
  leaseUntil: Type.Optional(Type.String({ description: "it counts as gone from then on" })),
  draining: Type.Boolean({ description: "it is stopping: nothing new comes to it" }),
  sockets: Type.Optional(
    Type.Integer({ description: "stations that it holds; of one that is gone: not back yet" }),
  ),
});

const Lease = Type.Object({
  name: Type.String(),
  node: Type.String(),
  epoch: Type.Integer(),
  since: Type.Optional(Instant),
  until: Instant,
  live: Type.Boolean(),
});

const health = { ok: Type.Boolean(), reason: Type.Optional(Type.String()) };
const count = Type.Optional(Type.Integer());

const Cluster = Type.Object({
  node: Type.String({ description: "the node that answers" }),
  at: Type.String({ description: "when it looked, by its clock" }),
  ok: Type.Boolean({ description: "nothing is wrong" }),
  problems: Type.Array(Type.String(), { description: "what is wrong, the worst first" }),
  head: Type.Optional(Type.Integer({ description: "position of the last event of the log" })),
  nodes: Type.Array(Node),
  leases: Type.Array(Lease, { description: "who does what one node does at a time" }),
  engines: Type.Object({
    store: Type.Object({ kind: Type.String(), ...health }),
    views: Type.Object({
      ...health,
      position: count,
      lag: Type.Optional(Type.Integer({ description: "events that they do not show yet" })),
      lagSeconds: Type.Optional(Type.Number({ description: "age of the oldest of them" })),
    }),
    messages: Type.Object({
      kind: Type.Optional(Type.String({ description: "alone, memory, postgres, nats" })),
      ...health,
      ...{ sent: count, received: count, lost: count, reconnects: count },
    }),
  }),
  strandedStations: Type.Optional(
    Type.Integer({
      description: "whose socket ended with a process that is forgotten by now, and not back",
    }),
  ),
});

/** The nodes that serve together, and the engines on which they stand. */
export function clusterResource(api: Api): Resource {
  const look = together(() => clusterStatus(api));
  const show = route({
    method: "GET",
    path: "/api/v1/cluster",
    summary: "Shows nodes, who does what, and how the engines are; what is wrong in words",
    answers: { 200: Cluster },
    handle: async () => ({ body: await look() }),
  });
  return { tag: "cluster", description: "The nodes that serve together.", routes: [show] };
}
