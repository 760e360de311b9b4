import { type TSchema, Type } from "@sinclair/typebox";
import { withNewTokens } from "#bus";
import { closed, type EventEnvelope, stationKey, streams, toChargingStation } from "#core";
import type { Item } from "#views";
import { type Api, shownInViews, stationOf } from "../api.ts";
import { places } from "../commands/allowed.ts";
import { type Inward, inward, inwardBy } from "../commands/inward.ts";
import { mintedFields } from "../commands/minted.ts";
import { outcomeOf } from "../commands/outcome-wait.ts";
import { choiceOf, exceptions, publicShape } from "../commands/public-shape.ts";
import { namesOf, type PublicRequest } from "../commands/publicity.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Call, type Resource, route } from "../http/route.ts";
import { stationParams } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";

const requestParams = closed({
  ...stationParams.properties,
  requestId: Type.String({ minLength: 1, maxLength: 100 }),
});

const { path } = places.requests;

/** What a station was asked to do, and what became of it. */
export function stationRequestResource(api: Api): Resource {
  const listing = listingOf(api, "requests", ["stationId"]);
  const all = listingOf(api, "requests");

  async function requestOf(stationId: string, requestId: string): Promise<Item> {
    const found = await listing.get([requestId]);
    const own = stationKey(String(found?.stationId)) === stationKey(stationId);
    if (found === undefined || !own) throw new Problem("RequestNotFound", { detail: requestId });
    return found;
  }

  const routes: AnyRoute[] = [
    route({
      ...places.requests,
      summary: "Asks a station to do something",
      description:
        "202 with the request; with `Prefer: wait=30` 200 with its outcome, if it has one by then.",
      params: stationParams,
      body: choiceOf(namesOf("request").map((name) => publicShape(name))),
      answers: { 200: listing.item, 202: listing.item },
      handle: (call) => ask(api, call as Asking, requestOf),
    }),
    route({
      method: "GET",
      path,
      summary: "Lists what a station was asked",
      params: stationParams,
      query: listing.query,
      answers: { 200: listing.page },
      handle: async ({ params, query }) => {
        await stationOf(api, params.stationId);
        return { body: await listing.list(query, { stationId: params.stationId }) };
      },
    }),
    route({
      method: "GET",
      path: `${path}/{requestId}`,
      summary: "Shows a request and its outcome",
      params: requestParams,
      answers: { 200: listing.item },
      handle: async ({ params }) => ({ body: await requestOf(params.stationId, params.requestId) }),
    }),
    withdrawal(api, listing.item, requestOf),
    route({
      method: "GET",
      path: "/api/v1/requests",
      summary: "Lists what all stations were asked",
      query: all.query,
      answers: { 200: all.page },
      handle: async ({ query }) => ({ body: await all.list(query) }),
    }),
  ];
  return { tag: "requests", description: "Requests to stations and their outcomes.", routes };
}

/** Finds a station's request. */
type Finding = (stationId: string, requestId: string) => Promise<Item>;

function withdrawal(api: Api, item: TSchema, requestOf: Finding): AnyRoute {
  return route({
    ...places.request,
    summary: "Takes back a request that was not sent yet",
    params: requestParams,
    answers: { 200: item },
    handle: async (call) => {
      const { stationId, requestId } = call.params;
      await requestOf(stationId, requestId);
      const { key } = await stationOf(api, stationId);
      const at = api.clock.now();
      const commands = [toChargingStation(key, "WithdrawRequest", { requestId, at })];
      const done = await executeOnce(api, {
        call,
        execution: { station: key, commands },
        remember: () => requestId,
      });
      await shownInViews(api, done.cursor);
      return { body: await requestOf(stationId, requestId) };
    },
  });
}

type Asking = Call<{ stationId: string }, unknown, Record<string, unknown> & { type: string }>;

async function ask(api: Api, call: Asking, requestOf: Finding) {
  const { stationId } = call.params;
  const { key, state } = await stationOf(api, stationId);
  const { type, deadlineSeconds, ...wish } = call.body;
  const exception = exceptions[type as PublicRequest];
  const minted = mintedFields(api, { deadlineSeconds, validUntil: wish.validUntil });
  const own = (exception?.minted ?? []).map((name) => [name, api.ids.next()]);
  const { requestId, correlationId } = minted;
  const execute = async () => {
    const { value, vault } =
      type === "RequestOcppCall"
        ? await ownCallInward(api, state.protocol, wish)
        : await inward(api.bus.tokens, { ...exception?.defaults, ...wish });
    const data = { ...value, ...Object.fromEntries(own), ...minted };
    return executeOnce(api, {
      call,
      execution: {
        station: key,
        correlationId,
        vault,
        commands: [{ stream: streams.chargingStation(key), type, data }],
      },
      remember: (_events: readonly EventEnvelope[]) => requestId,
    });
  };
  // Listening starts before the commit: an answer may come while we still wait for the views.
  const outcome = outcomeOf(api, requestId);
  try {
    const done = await withNewTokens(api.limits, execute);
    await shownInViews(api, done.cursor);
    const name = done.remembered;
    let request = await requestOf(stationId, name);
    if (call.waitSeconds !== undefined && request.state !== "done") {
      const cursor = await outcome.wait(name, call.waitSeconds * 1000);
      if (cursor !== undefined) await shownInViews(api, cursor);
      request = await requestOf(stationId, name);
    }
    const location = `/api/v1/charging-stations/${encodeURIComponent(stationId)}/requests/${name}`;
    const status = request.state === "done" ? 200 : 202;
    return { status, headers: headersOf(call, location), body: request };
  } finally {
    outcome.stop();
  }
}

/**
 * A call that a client wrote out is refused by its version's schema before it is recorded, and is
 * recorded without the values of tokens.
 */
async function ownCallInward(api: Api, protocol: string | undefined, wish: Item): Promise<Inward> {
  const { callRules } = api;
  const call = { protocol, action: String(wish.action), payload: wish.payload };
  const fault = callRules?.faultOf(call);
  if (fault !== undefined) throw new Problem("BodyInvalid", { issues: [fault] });
  return inwardBy(api.bus.tokens, async (refOf) => {
    const payload = callRules === undefined ? wish.payload : callRules.withoutTokens(call, refOf);
    return { ...wish, payload: await payload };
  });
}

function headersOf({ waitSeconds }: Asking, location: string): Record<string, string> {
  if (waitSeconds === undefined) return { location };
  return { location, "preference-applied": `wait=${waitSeconds}` };
}
