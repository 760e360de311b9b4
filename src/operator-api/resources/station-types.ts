import { Type } from "@sinclair/typebox";
import { closed, stationType, stationTypeKey, toStationType } from "#core";
import type { Item } from "#views";
import { type Api, shownInViews } from "../api.ts";
import { sending } from "../commands/sending.ts";
import { Problem } from "../http/problems.ts";
import { type Resource, route } from "../http/route.ts";
import { Nothing } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";

const name = Type.String({ minLength: 1, maxLength: 100 });
const params = closed({ vendor: name, model: name });
const path = "/api/v1/station-types/{vendor}/{model}";

const {
  vendor: _vendor,
  model: _model,
  ...definition
} = stationType.commands.DefineStationType.data.properties;

/** The catalogue: what a vendor's model consists of. */
export function stationTypeResource(api: Api): Resource {
  const listing = listingOf(api, "stationTypes");

  async function typeOf({ vendor, model }: (typeof params)["static"]): Promise<Item> {
    const found = await listing.get([stationTypeKey(vendor, model)]);
    if (found === undefined) throw new Problem("TypeNotFound", { detail: `${vendor} ${model}` });
    return found;
  }

  const list = route({
    method: "GET",
    path: "/api/v1/station-types",
    summary: "Lists station types",
    query: listing.query,
    answers: { 200: listing.page },
    handle: async ({ query }) => ({ body: await listing.list(query) }),
  });
  const show = route({
    method: "GET",
    path,
    summary: "Shows a station type",
    params,
    answers: { 200: listing.item },
    handle: async (call) => ({ body: await typeOf(call.params) }),
  });
  const put = route({
    method: "PUT",
    path,
    summary: "Defines a station type, once for all its stations",
    params,
    body: closed(definition),
    sends: [sending(stationType, "DefineStationType")],
    answers: { 200: listing.item },
    handle: async (call) => {
      const { vendor, model } = call.params;
      const data = { vendor, model, ...call.body };
      const key = stationTypeKey(vendor, model);
      const done = await executeOnce(api, {
        call,
        execution: { commands: [toStationType(key, "DefineStationType", data)] },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      return { body: await typeOf(call.params) };
    },
  });
  const remove = route({
    method: "DELETE",
    path,
    summary: "Takes a station type out of the catalogue; stations keep what they have",
    params,
    sends: [sending(stationType, "RemoveStationType")],
    answers: { 204: Nothing },
    handle: async (call) => {
      const key = stationTypeKey(call.params.vendor, call.params.model);
      const done = await executeOnce(api, {
        call,
        execution: { commands: [toStationType(key, "RemoveStationType", call.params)] },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      return { status: 204, body: null };
    },
  });
  const routes = [list, show, put, remove];
  return { tag: "station types", description: "The catalogue of vendors' models.", routes };
}
