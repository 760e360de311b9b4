import { Type } from "@sinclair/typebox";
import { positionOf } from "#bus";
import { closed } from "#core";
import type { Api } from "../api.ts";
import { Problem } from "../http/problems.ts";
import { type Call, type Resource, route } from "../http/route.ts";
import { streamChanges } from "../live/change-stream.ts";

const Changes = Type.Object({
  all: Type.Optional(
    Type.Literal(true, { description: "everything may have changed: look at it all again" }),
  ),
  changed: Type.Record(Type.String(), Type.Union([Type.Array(Type.String()), Type.Null()]), {
    description:
      "kind of thing (`charging-station`, `transaction`, `token` …) → ids of the stations " +
      "concerned; null: many, or of no station",
  }),
});

const Query = closed({
  after: Type.Optional(Type.String({ maxLength: 64, description: "a cursor; go on after it" })),
});

/** What changes, for whoever shows lists. */
export function changeResource(api: Api): Resource {
  const follow = route({
    method: "GET",
    path: "/api/v1/changes",
    summary: "Says what changes, live, in few words",
    description:
      "Server-sent events, each `Changes` with the cursor as its id: what changed since the one " +
      "before, as soon as lists show it. From `after` or `Last-Event-ID`, else from now.",
    query: Query,
    produces: ["text/event-stream"],
    answers: { 200: Changes },
    handle: async (call) => {
      const last = call.raw.request.headers["last-event-id"];
      const cursor = typeof last === "string" && last !== "" ? last : call.query.after;
      const after = cursor === undefined ? undefined : positionOf(cursor);
      if (cursor !== undefined && after === undefined) {
        const issues = [{ path: "/after", message: "is no cursor of this log" }];
        throw new Problem("QueryInvalid", { issues });
      }
      await streamChanges(api, call as Call, { after });
      return "taken" as const;
    },
  });
  return { tag: "changes", description: "What changes, for lists.", routes: [follow] };
}
