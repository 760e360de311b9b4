import { type TSchema, Type } from "@sinclair/typebox";
import { cursorOf, positionOf } from "#bus";
import { closed } from "#core";
import { type Api, stationOf } from "../api.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Resource, route } from "../http/route.ts";
import { EventDocument, pageOf, stationParams } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { messagePage } from "../live/message-page.ts";
import { journalPage } from "../live/station-journal.ts";

/** Lists over a view, narrowed to the station in the address. */
const lists = [
  { under: "evses", view: "evses", summary: "Lists a station's EVSEs" },
  { under: "configuration", view: "configuration", summary: "Lists a station's own settings" },
  {
    under: "authorization-list",
    view: "authorizationLists",
    summary: "Lists the tokens that a station may authorize by itself",
  },
  { under: "charging-profiles", view: "chargingProfiles", summary: "Lists charging profiles" },
  {
    under: "composite-schedules",
    view: "compositeSchedules",
    summary: "Shows what all profiles together allow, as last computed",
  },
  { under: "firmware-jobs", view: "firmwareJobs", summary: "Lists firmware updates" },
  { under: "diagnostics-jobs", view: "diagnosticsJobs", summary: "Lists diagnostics uploads" },
  { under: "transactions", view: "transactions", summary: "Lists a station's transactions" },
  { under: "reservations", view: "reservations", summary: "Lists a station's reservations" },
] as const;

const station = "/api/v1/charging-stations/{stationId}";

/** All that is known below one station. */
export function stationRecordResource(api: Api): Resource {
  const routes = [...lists.map((list) => stationList(api, list)), messages(api), events(api)];
  return { tag: "station records", description: "What is known below a station.", routes };
}

function stationList(api: Api, list: (typeof lists)[number]): AnyRoute {
  const listing = listingOf(api, list.view, ["stationId"]);
  return route({
    method: "GET",
    path: `${station}/${list.under}`,
    summary: list.summary,
    params: stationParams,
    query: listing.query,
    answers: { 200: listing.page },
    handle: async ({ params, query }) => {
      await stationOf(api, params.stationId);
      return { body: await listing.list(query, { stationId: params.stationId }) };
    },
  });
}

/** An exchange on a station's socket. */
export const Message = Type.Object({
  id: Type.String(),
  at: Type.String(),
  direction: Type.Unsafe<string>({ type: "string", enum: ["fromStation", "toStation"] }),
  protocol: Type.String(),
  action: Type.Optional(Type.String()),
  messageId: Type.Optional(Type.String()),
  call: Type.String({ description: "the frame, as it was on the wire" }),
  answer: Type.Optional(Type.String()),
  tookMs: Type.Optional(Type.Number()),
  deviations: Type.Optional(Type.Array(Type.String())),
  correlationId: Type.Optional(Type.String()),
});

function pagedBack(fields: Record<string, TSchema>) {
  return closed({
    after: Type.Optional(Type.String({ maxLength: 200, description: "`next` of the page before" })),
    limit: Type.Optional(Type.Integer({ minimum: 1 })),
    ...fields,
  });
}

const search = Type.Optional(
  Type.String({ maxLength: 200, description: "what holds every word of it, in whatever case" }),
);
const MessageQuery = pagedBack({ action: Type.Optional(Type.String({ maxLength: 50 })), search });
const EventQuery = pagedBack({ type: Type.Optional(Type.String({ maxLength: 500 })), search });
/** Said of both. */
const narrow =
  "A narrow filter may look through many and find few: a page then ends early, and its " +
  "`next` goes on from there.";

function messages(api: Api): AnyRoute {
  return route({
    method: "GET",
    path: `${station}/messages`,
    summary: "Lists what went over the wire, newest first",
    description: narrow,
    params: stationParams,
    query: MessageQuery,
    answers: { 200: pageOf(Message) },
    handle: async ({ params, query }) => {
      const { key } = await stationOf(api, params.stationId);
      const { after, action, search: sought } = query as Readonly<Record<string, string>>;
      const limit = pageLimit(api, query);
      if (sought !== undefined) {
        const asked = { station: key, action, after, search: sought };
        const { frames, next } = await messagePage(api, { query: asked, limit });
        return { body: { items: frames.map(({ station: _key, ...frame }) => frame), next } };
      }
      const found = await api.frames.list({ station: key, before: after, action, limit });
      const items = found.map(({ station: _key, ...frame }) => frame);
      const last = items.length === limit ? { next: items.at(-1)?.id } : {};
      return { body: { items, ...last } };
    },
  });
}

function events(api: Api): AnyRoute {
  return route({
    method: "GET",
    path: `${station}/events`,
    summary: "Lists what happened to a station, newest first",
    description: narrow,
    params: stationParams,
    query: EventQuery,
    answers: { 200: pageOf(EventDocument) },
    handle: async ({ params, query }) => {
      const { key } = await stationOf(api, params.stationId);
      const { after, type, search: sought } = query as Readonly<Record<string, string>>;
      const before = after === undefined ? undefined : placeOf(after);
      const asked = { station: key, before, type, search: sought, limit: pageLimit(api, query) };
      const { events: items, next } = await journalPage(api, asked);
      return { body: { items, ...(next === undefined ? {} : { next: cursorOf(next) }) } };
    },
  });
}

function pageLimit({ limits }: Api, query: object): number {
  const { limit = 50 } = query as { limit?: number };
  return Math.min(limit, limits.apiPageMax);
}

function placeOf(cursor: string): number {
  const position = positionOf(cursor);
  if (position !== undefined) return position;
  throw new Problem("QueryInvalid", { issues: [{ path: "/after", message: "is no cursor" }] });
}
