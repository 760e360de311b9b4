import { Type } from "@sinclair/typebox";
import { addOn, closed, toAddOn } from "#core";
import { type Api, shownInViews } from "../api.ts";
import { sending } from "../commands/sending.ts";
import { Problem, type ProblemCode } from "../http/problems.ts";
import { type AnyRoute, type Resource, route } from "../http/route.ts";
import { Committed } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";
import { meterValueRoute } from "./transactions/meter-values.ts";

interface List {
  readonly under: string;
  readonly view: string;
  readonly summary: string;
  /** Part of the address that names one, where one can be shown. */
  readonly one?: { readonly name: string; readonly missing: ProblemCode };
}

/** Lists over all stations. */
const lists: readonly List[] = [
  {
    under: "transactions",
    view: "transactions",
    summary: "Lists transactions",
    one: { name: "transactionId", missing: "TransactionNotFound" },
  },
  {
    under: "reservations",
    view: "reservations",
    summary: "Lists reservations",
    one: { name: "reservationId", missing: "ReservationNotFound" },
  },
  { under: "evses", view: "evses", summary: "Lists the EVSEs of all stations" },
  { under: "unknown-types", view: "unknownTypes", summary: "Lists types that no catalogue knows" },
  {
    under: "station-permissions",
    view: "stationPermissions",
    summary: "Lists what users were permitted on single stations",
  },
  { under: "deadlines", view: "deadlines", summary: "Lists what is due when" },
  { under: "refusals", view: "refusals", summary: "Lists refused wishes, and why" },
  { under: "add-ons", view: "addOnHealth", summary: "Lists events that add-ons could not handle" },
];

/** Lists of what all stations have in common, and the little that can be done with it. */
export function listResource(api: Api): Resource {
  const routes = [...lists.flatMap((list) => listRoutes(api, list)), meterValueRoute(api)];
  return {
    tag: "network",
    description: "Lists over all stations.",
    routes: [...routes, ...judgements.map((judgement) => judge(api, judgement))],
  };
}

function listRoutes(api: Api, { under, view, summary, one }: List): readonly AnyRoute[] {
  const listing = listingOf(api, view);
  const list = route({
    method: "GET",
    path: `/api/v1/${under}`,
    summary,
    query: listing.query,
    answers: { 200: listing.page },
    handle: async ({ query }) => ({ body: await listing.list(query) }),
  });
  if (one === undefined) return [list];
  const { name, missing } = one;
  const show = route({
    method: "GET",
    path: `/api/v1/${under}/{${name}}`,
    summary: `Shows one of the ${under}`,
    params: closed({ [name]: Type.String({ maxLength: 100 }) }),
    answers: { 200: listing.item },
    handle: async ({ params }) => {
      const id = String((params as Record<string, unknown>)[name]);
      const found = await listing.get([id]);
      if (found === undefined) throw new Problem(missing, { detail: id });
      return { body: found };
    },
  });
  return [list, show];
}

/** What a person may say of an event that an add-on could not handle. */
const judgements = [
  {
    under: "releases",
    command: "ReleaseAddOnEvent",
    summary: "Lets an add-on try again what it could not handle",
  },
  {
    under: "skips",
    command: "SkipAddOnEvent",
    summary: "Lets an add-on leave out for ever what it could not handle, and go on behind it",
  },
] as const;

function judge(api: Api, { under, command, summary }: (typeof judgements)[number]): AnyRoute {
  return route({
    method: "POST",
    path: `/api/v1/add-ons/{addOn}/${under}`,
    summary,
    params: closed({ addOn: Type.String({ maxLength: 100 }) }),
    body: closed({ partition: Type.String(), cursor: Type.String() }),
    sends: [sending(addOn, command)],
    answers: { 200: Committed },
    handle: async (call) => {
      const done = await executeOnce(api, {
        call,
        execution: { commands: [toAddOn(call.params.addOn, command, call.body)] },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      const events = await Promise.all((done.events ?? []).map(api.showing.event));
      return { body: { cursor: done.cursor, events } };
    },
  });
}
