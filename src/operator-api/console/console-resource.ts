import { Type } from "@sinclair/typebox";
import type { Api } from "../api.ts";
import { type Resource, route } from "../http/route.ts";

const Settings = Type.Object({
  tiles: Type.Optional(
    Type.Object(
      {
        url: Type.String({ examples: ["https://tiles.example.org/{z}/{x}/{y}.png"] }),
        attribution: Type.Optional(Type.String({ description: "whose they are, as plain text" })),
      },
      { description: "absent: a map without them" },
    ),
  ),
});

/** What was set up for the console, at this server. */
export function consoleResource({ tiles }: Api): Resource {
  const show = route({
    method: "GET",
    path: "/api/v1/console",
    summary: "Shows what was set up for the console: where its map takes its tiles from",
    answers: { 200: Settings },
    handle: async () => ({ body: tiles === undefined ? {} : { tiles } }),
  });
  return { tag: "console", description: "Settings of the console.", routes: [show] };
}
