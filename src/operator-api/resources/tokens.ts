import { Type } from "@sinclair/typebox";
import { readable, withNewTokens } from "#bus";
import { closed, Instant, streams, token, toToken } from "#core";
import type { Item } from "#views";
import { type Api, shownInViews } from "../api.ts";
import { inward } from "../commands/inward.ts";
import { outsideSchema } from "../commands/public-shape.ts";
import { sending } from "../commands/sending.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Resource, route } from "../http/route.ts";
import { EventDocument, Nothing, pageOf } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";

const params = closed({
  uid: Type.String({ minLength: 1, maxLength: 255, description: "the token's value" }),
});

/** The tokens of our own. */
export function tokenResource(api: Api): Resource {
  const listing = listingOf(api, "tokens");

  async function tokenOf(uid: string): Promise<Item> {
    const ref = await api.bus.tokens.find(uid);
    const found = ref === undefined ? undefined : await listing.get([ref]);
    if (found === undefined) throw new Problem("TokenNotFound", { detail: uid });
    return found;
  }

  const list = route({
    method: "GET",
    path: "/api/v1/tokens",
    summary: "Lists tokens",
    query: listing.query,
    answers: { 200: listing.page },
    handle: async ({ query }) => ({ body: await listing.list(query) }),
  });
  const show = route({
    method: "GET",
    path: "/api/v1/tokens/{uid}",
    summary: "Shows a token",
    params,
    answers: { 200: listing.item },
    handle: async (call) => ({ body: await tokenOf(call.params.uid) }),
  });
  const put = route({
    method: "PUT",
    path: "/api/v1/tokens/{uid}",
    summary: "Says whether a token may charge",
    params,
    body: outsideSchema("", token.commands.SetToken.data) as typeof TokenBody,
    sends: [sending(token, "SetToken")],
    answers: { 200: listing.item },
    handle: async (call) => {
      const { uid } = call.params;
      const done = await withNewTokens(api.limits, async () => {
        const { ref, entry } = await api.bus.tokens.resolve(uid);
        const { value, vault } = await inward(api.bus.tokens, call.body);
        const data = value as Parameters<typeof toToken<"SetToken">>[2];
        return executeOnce(api, {
          call,
          execution: {
            commands: [toToken(ref, "SetToken", data)],
            vault: entry === undefined ? vault : [entry, ...vault],
          },
          remember: () => null,
        });
      });
      await shownInViews(api, done.cursor);
      return { body: await tokenOf(uid) };
    },
  });
  const routes = [list, show, history(api), put, removal(api)];
  return { tag: "tokens", description: "Who may charge.", routes };
}

const HistoryQuery = closed({
  after: Type.Optional(
    Type.String({ pattern: "^[0-9]{1,9}$", description: "`next` of the page before" }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
});

function history(api: Api): AnyRoute {
  return route({
    method: "GET",
    path: "/api/v1/tokens/{uid}/events",
    summary: "Lists what was decided about a token, oldest first",
    params,
    query: HistoryQuery,
    answers: { 200: pageOf(EventDocument) },
    handle: async ({ params: { uid }, query }) => {
      const ref = await api.bus.tokens.find(uid);
      if (ref === undefined) throw new Problem("TokenNotFound", { detail: uid });
      const limit = Math.min(query.limit ?? 50, api.limits.apiPageMax);
      const afterVersion = Number(query.after ?? 0);
      const stream = streams.token(ref);
      const stored = await api.store.readStream({ stream, afterVersion, limit });
      const items = await Promise.all(stored.map((event) => api.showing.event(readable(event))));
      const last = stored.length === limit ? stored.at(-1) : undefined;
      return { body: { items, ...(last && { next: String(last.version) }) } };
    },
  });
}

const erasing = closed({
  erase: Type.Optional(Type.Boolean({ description: "erase the value as well" })),
});

function removal(api: Api): AnyRoute {
  return route({
    method: "DELETE",
    path: "/api/v1/tokens/{uid}",
    summary: "Forgets whether a token may charge, or the person behind it",
    description:
      "With `erase=true` the token's value is deleted from the vault, also of a token that is " +
      "none of our own: events and lists go on naming its random reference and show no value " +
      "any more, and the same value, seen again, gets a new reference. Two places keep what went " +
      "over the wire until their time: the frame log (its retention), and the answer that a " +
      "station gets again when it repeats a call, with the group token in it. Take the token off " +
      "the authorization lists of stations first: without its value no list can name it.",
    params,
    query: erasing,
    sends: [
      sending(token, "RemoveToken", { erase: false }),
      sending(token, "EraseToken", { erase: true }),
    ],
    answers: { 204: Nothing },
    handle: async (call) => {
      const { uid } = call.params;
      const isErasing = call.query.erase === true;
      const ref = await api.bus.tokens.find(uid);
      // A repetition under its Idempotency-Key finds the token gone, and is answered all the same.
      if (ref === undefined && call.idempotencyKey === undefined) {
        throw new Problem("TokenNotFound", { detail: uid });
      }
      const type = isErasing && ref !== undefined ? "EraseToken" : "RemoveToken";
      const done = await executeOnce(api, {
        call,
        execution: {
          commands: [toToken(ref ?? api.ids.next(), type, {})],
          ...(isErasing && ref !== undefined ? { eraseTokens: [ref] } : {}),
        },
        remember: () => ref ?? null,
      });
      if (isErasing && done.remembered !== null) api.bus.tokens.forget(done.remembered);
      await shownInViews(api, done.cursor);
      return { status: 204, body: null };
    },
  });
}

/** The type of the derived shape; the shape itself comes from the core's row. */
const TokenBody = closed({
  status: Type.String(),
  expiresAt: Type.Optional(Instant),
  groupToken: Type.Optional(Type.String()),
  concurrency: Type.Optional(Type.Integer()),
});
