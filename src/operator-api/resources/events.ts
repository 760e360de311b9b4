import { Type } from "@sinclair/typebox";
import { positionOf } from "#bus";
import { closed } from "#core";
import type { Api } from "../api.ts";
import { Problem } from "../http/problems.ts";
import { type Call, type Resource, route } from "../http/route.ts";
import { EventDocument } from "../http/schemas.ts";
import { eventPage } from "../live/event-page.ts";
import { streamEvents } from "../live/event-stream.ts";

const Query = closed({
  after: Type.Optional(Type.String({ maxLength: 64, description: "a cursor; read on after it" })),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  stationId: Type.Optional(Type.String({ maxLength: 255 })),
  correlationId: Type.Optional(Type.String({ maxLength: 64 })),
  type: Type.Optional(Type.String({ maxLength: 1000, description: "names, between commas" })),
});
type Query = (typeof Query)["static"];

/** The log, from any place on. */
export function eventResource(api: Api): Resource {
  const get = route({
    method: "GET",
    path: "/api/v1/events",
    summary: "Reads the log from a cursor on, in pages or live",
    description:
      "NDJSON, one event a line. `Next-Cursor` says where to read on, also where a filter found " +
      "nothing, and `More: false` that the end was reached. With `Accept: text/event-stream` it " +
      "goes on for ever: from `after` or `Last-Event-ID`, else from now.",
    query: Query,
    produces: ["application/x-ndjson", "text/event-stream"],
    answers: { 200: EventDocument },
    handle: async (call) => {
      const accept = call.raw.request.headers.accept ?? "";
      return accept.includes("text/event-stream") ? stream(api, call) : page(api, call);
    },
  });
  return { tag: "events", description: "What happened.", routes: [get] };
}

type EventCall = Call<unknown, Query, unknown>;

async function page(api: Api, { query }: EventCall) {
  const { after, limit: wished = api.limits.apiPageMax, ...filter } = query;
  const limit = Math.min(wished, api.limits.apiPageMax);
  const from = after === undefined ? 0 : placeOf("/after", after);
  const { events, next, more } = await eventPage(api, { query: filter, after: from, limit });
  const headers = {
    "content-type": "application/x-ndjson",
    "next-cursor": next,
    more: String(more),
  };
  return { headers, body: events.map((event) => `${JSON.stringify(event)}\n`).join("") };
}

async function stream(api: Api, call: EventCall) {
  const { after: asked, limit: _pages, ...query } = call.query;
  const last = call.raw.request.headers["last-event-id"];
  const cursor = typeof last === "string" && last !== "" ? last : asked;
  const path = cursor === asked ? "/after" : "/Last-Event-ID";
  const after = cursor === undefined ? await api.store.head() : placeOf(path, cursor);
  await streamEvents(api, call as Call, { query, after });
  return "taken" as const;
}

function placeOf(path: string, cursor: string): number {
  const position = positionOf(cursor);
  if (position !== undefined) return position;
  throw new Problem("QueryInvalid", { issues: [{ path, message: "is no cursor of this log" }] });
}
