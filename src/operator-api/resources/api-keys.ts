import { Type } from "@sinclair/typebox";
import { apiKey, closed, toApiKey } from "#core";
import { keyCredential, keyOwner, newApiKey } from "../access/api-keys.ts";
import { knownPermissions } from "../access/known-permissions.ts";
import { type Api, shownInViews } from "../api.ts";
import { sending } from "../commands/sending.ts";
import { type Resource, route } from "../http/route.ts";
import { Nothing } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";

const { name, administrator, permissions, expiresAt } =
  apiKey.commands.CreateApiKey.data.properties;

/** Keys for programs. */
export function apiKeyResource(api: Api): Resource {
  const listing = listingOf(api, "apiKeys");
  const list = route({
    method: "GET",
    path: "/api/v1/api-keys",
    summary: "Lists API keys, never their secrets",
    door: "administrator",
    query: listing.query,
    answers: { 200: listing.page },
    handle: async ({ query }) => ({ body: await listing.list(query) }),
  });
  const create = route({
    method: "POST",
    path: "/api/v1/api-keys",
    summary: "Creates an API key; its secret is shown this once",
    door: "administrator",
    sends: [sending(apiKey, "CreateApiKey")],
    body: closed({
      name,
      administrator: Type.Optional(administrator),
      permissions: Type.Optional(permissions),
      expiresAt,
    }),
    answers: { 201: closed({ apiKeyId: Type.String(), apiKey: Type.String() }) },
    handle: async (call) => {
      knownPermissions(call.body.permissions);
      const apiKeyId = api.dice.hex(6);
      const key = newApiKey(apiKeyId);
      const data = { administrator: false, permissions: [], ...call.body };
      const done = await executeOnce(api, {
        call,
        execution: {
          commands: [toApiKey(apiKeyId, "CreateApiKey", data)],
          credentials: [keyCredential(api.cipher, { id: apiKeyId, key })],
        },
        remember: () => ({ apiKeyId, apiKey: key }),
      });
      await shownInViews(api, done.cursor);
      return { status: 201, body: done.remembered };
    },
  });
  const revoke = route({
    method: "DELETE",
    path: "/api/v1/api-keys/{apiKeyId}",
    summary: "Revokes an API key",
    door: "administrator",
    sends: [sending(apiKey, "RevokeApiKey")],
    params: closed({ apiKeyId: Type.String({ pattern: "^[a-z0-9-]{1,64}$" }) }),
    answers: { 204: Nothing },
    handle: async (call) => {
      const { apiKeyId } = call.params;
      const done = await executeOnce(api, {
        call,
        execution: {
          commands: [toApiKey(apiKeyId, "RevokeApiKey", {})],
          forgetCredentials: [keyOwner(apiKeyId)],
        },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      return { status: 204, body: null };
    },
  });
  return { tag: "API keys", description: "Keys for programs.", routes: [list, create, revoke] };
}
