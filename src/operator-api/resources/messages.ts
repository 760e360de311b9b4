import { Type } from "@sinclair/typebox";
import { closed, oneOf, stationKey } from "#core";
import { type Api, stationIds } from "../api.ts";
import { type Resource, route } from "../http/route.ts";
import { pageOf } from "../http/schemas.ts";
import { messagePage } from "../live/message-page.ts";
import { Message } from "./station-records.ts";

/** A field that takes the id of a frame. */
export const frameIdField = (description: string) =>
  Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}-[0-9a-z]{8,20}$", description }));

const Query = closed({
  stationId: Type.Optional(Type.String({ maxLength: 255 })),
  action: Type.Optional(Type.String({ maxLength: 50 })),
  direction: Type.Optional(oneOf("fromStation", "toStation")),
  correlationId: Type.Optional(Type.String({ maxLength: 64 })),
  deviating: Type.Optional(Type.Boolean({ description: "with deviations, or without" })),
  answered: Type.Optional(Type.Boolean({ description: "with an answer, or without" })),
  search: Type.Optional(
    Type.String({
      maxLength: 200,
      description: "every word of it is in the station, the frames or their ids",
    }),
  ),
  since: frameIdField("`newest` of a look before: only what came later"),
  after: frameIdField("`next` of the page before"),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
});

const Page = Type.Composite([
  pageOf(Type.Composite([Type.Object({ stationId: Type.String() }), Message])) as ReturnType<
    typeof Type.Object
  >,
  Type.Object({
    newest: Type.Optional(
      Type.String({ description: "hand it back as `since` to see what comes from here on" }),
    ),
  }),
]);

/** What goes over the wire, of all stations together. */
export function messageResource(api: Api): Resource {
  const list = route({
    method: "GET",
    path: "/api/v1/messages",
    summary: "Lists what went over the wires of all stations, newest first",
    description:
      "A narrow filter may look through many and find few: a page then ends early, and its " +
      "`next` goes on from there.",
    query: Query,
    answers: { 200: Page },
    handle: async ({ query }) => {
      const { stationId, limit = 50, ...filter } = query;
      const station = stationId === undefined ? undefined : stationKey(stationId);
      const { frames, next, newest } = await messagePage(api, {
        query: { ...filter, station },
        limit: Math.min(limit, api.limits.apiPageMax),
      });
      const idOf = await stationIds(
        api,
        frames.map(({ station: key }) => key),
      );
      const items = frames.map(({ station: key, ...frame }) => ({
        stationId: idOf(key),
        ...frame,
      }));
      return { body: { items, next, newest } };
    },
  });
  return { tag: "messages", description: "What goes over the wire.", routes: [list] };
}
