import { Type } from "@sinclair/typebox";
import { type InstalledAddOn, workNameOf } from "#bus";
import type { Api } from "../api.ts";
import { type Resource, route } from "../http/route.ts";
import { pageOf } from "../http/schemas.ts";
import { saidBy, soon } from "../operation/soon.ts";

const names = (description: string) => Type.Array(Type.String(), { description });

const Installed = Type.Object({
  addOn: Type.String(),
  state: Type.Unsafe<string>({
    type: "string",
    enum: ["upToDate", "behind", "parked", "notRunning"],
    description: "`parked`: some events wait for a person, others are reacted to",
  }),
  parked: Type.Integer({ description: "events that it could not handle" }),
  waitingSince: Type.Optional(
    Type.String({ format: "date-time", description: "of the oldest event that it has not met" }),
  ),
  node: Type.Optional(Type.String({ description: "that runs its reactions" })),
  reactsTo: names("events"),
  answers: names("questions, on every node"),
  grants: Type.Object({
    events: names("that it may see"),
    commands: names("that it may send"),
    queries: names("views that it may read"),
    questions: names("that it may answer"),
  }),
});

/** The add-ons of this house, and how they get on. */
export function addOnResource(api: Api): Resource {
  const list = route({
    method: "GET",
    path: "/api/v1/installed-add-ons",
    summary: "Lists add-ons: what they may do, who runs them, how far they are",
    answers: { 200: pageOf(Installed) },
    handle: async () => {
      const { addOns = [], queries, operation } = api;
      const [tallies, leases] = await Promise.all([
        queries.tally("addOnHealth", { by: "addOn" }),
        soon(api, () => operation.cluster.leases()),
      ]);
      const parked = new Map(tallies.map(({ value, count }) => [value, count]));
      const runners = new Map(
        (saidBy(leases) ?? []).filter(({ live }) => live).map(({ name, node }) => [name, node]),
      );
      const items = await Promise.all(
        addOns.map((addOn) => {
          const { cluster } = operation;
          const node = cluster.isAlone ? cluster.node : runners.get(workNameOf(addOn.name));
          return shown(api, addOn, { parked: parked.get(addOn.name) ?? 0, node });
        }),
      );
      return { body: { items } };
    },
  });
  return { tag: "add-ons", description: "Add-ons and their state.", routes: [list] };
}

interface Known {
  readonly parked: number;
  readonly node: string | undefined;
}

async function shown({ store, limits }: Api, addOn: InstalledAddOn, { parked, node }: Known) {
  const { name, reactsTo, answers, grants } = addOn;
  const after = await store.checkpoint(workNameOf(name));
  // An event of its own wakes it: where a stretch holds none that waits, none waits behind it.
  const only = { types: reactsTo, until: after + limits.eventScanMax };
  const [oldest] = reactsTo.length === 0 ? [] : await store.readAll({ after, limit: 1, only });
  const waitingSince =
    oldest && (JSON.parse(oldest.meta) as { readonly recordedAt: string }).recordedAt;
  const state =
    parked > 0
      ? "parked"
      : node === undefined
        ? "notRunning"
        : oldest === undefined
          ? "upToDate"
          : "behind";
  return { addOn: name, state, parked, waitingSince, node, reactsTo, answers, grants };
}
