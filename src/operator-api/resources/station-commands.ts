import { Type } from "@sinclair/typebox";
import { decode, positionOf, withNewTokens } from "#bus";
import { type EventEnvelope, type StationKey, streams } from "#core";
import { type Api, shownInViews, stationOf } from "../api.ts";
import { allowedNow, places } from "../commands/allowed.ts";
import { inward } from "../commands/inward.ts";
import { When } from "../commands/may-not.ts";
import { choiceOf, publicShape } from "../commands/public-shape.ts";
import { namesOf } from "../commands/publicity.ts";
import { type Resource, route } from "../http/route.ts";
import { Committed, stationParams } from "../http/schemas.ts";
import { executeOnce } from "../once.ts";

/** Two commands of the decider under the one name that operators know. */
const Reservable = Type.Object(
  { type: Type.Literal("UpdateChargingStationReservable"), reservable: Type.Boolean() },
  { additionalProperties: false, title: "UpdateChargingStationReservable" },
);

const Allowed = Type.Object({
  commands: Type.Array(
    Type.Object({
      type: Type.String(),
      permission: Type.String(),
      to: Type.Unsafe<string>({ type: "string", enum: Object.keys(places) }),
      operation: Type.String({ description: "its operationId in this document" }),
      when: Type.Optional(When),
      allowed: Type.Boolean(),
      code: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
    }),
  ),
});

/** Decisions about a station, and which of them may be made now. */
export function stationCommandResource(api: Api): Resource {
  const { protocols, quirks } = api;
  const known = { protocols, shapes: quirks === undefined ? {} : { quirks: quirks.shape } };
  const shapes = namesOf("command").map((name) => publicShape(name, known));
  const post = route({
    ...places.commands,
    summary: "Decides something about a station",
    params: stationParams,
    body: choiceOf([...shapes, Reservable]),
    answers: { 200: Committed },
    handle: async (call) => {
      const { key } = await stationOf(api, call.params.stationId);
      const { type, data } = commandOf(call.body as Wish);
      const stream = streams.chargingStation(key);
      const done = await withNewTokens(api.limits, async () => {
        const { value, vault } = await inward(api.bus.tokens, data);
        return executeOnce(api, {
          call,
          execution: { station: key, commands: [{ stream, type, data: value }], vault },
          remember: (events) => events.length,
        });
      });
      await shownInViews(api, done.cursor);
      const events = done.events ?? (await eventsUntil(api, key, done));
      const shown = await Promise.all(events.map(api.showing.event));
      return { body: { cursor: done.cursor, events: shown } };
    },
  });
  const allowed = route({
    method: "GET",
    path: "/api/v1/charging-stations/{stationId}/allowed",
    summary: "What you may do with a station now, and why not",
    params: stationParams,
    answers: { 200: Allowed },
    handle: async ({ params, principal }) => {
      const { state } = await stationOf(api, params.stationId);
      return { body: { commands: allowedNow(principal.actor, state) } };
    },
  });
  return { tag: "commands", description: "Decisions and requests.", routes: [post, allowed] };
}

interface Wish extends Record<string, unknown> {
  readonly type: string;
}

function commandOf({ type, ...data }: Wish): { type: string; data: Record<string, unknown> } {
  if (type !== "UpdateChargingStationReservable") return { type, data };
  const name = data.reservable === true ? "Reservable" : "NotReservable";
  return { type: `MakeChargingStation${name}`, data: {} };
}

/** Events of a commit that was made before: so many, the last one at its cursor. */
async function eventsUntil(
  { store }: Api,
  station: StationKey,
  done: { readonly cursor: string; readonly remembered: number },
): Promise<readonly EventEnvelope[]> {
  const position = positionOf(done.cursor);
  if (position === undefined || done.remembered === 0) return [];
  const before = position + 1;
  const stored = await store.readStation({ station, before, limit: done.remembered });
  return stored.map((event) => decode(event)).reverse();
}
