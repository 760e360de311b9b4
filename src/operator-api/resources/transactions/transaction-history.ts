import { Type } from "@sinclair/typebox";
import { readable } from "#bus";
import { closed } from "#core";
import type { Item } from "#views";
import type { Api } from "../../api.ts";
import { Problem } from "../../http/problems.ts";
import { type Resource, route } from "../../http/route.ts";
import { EventDocument, pageOf } from "../../http/schemas.ts";
import { lookBack } from "../../live/message-page.ts";
import { frameIdField } from "../messages.ts";
import { Message } from "../station-records.ts";
import { eventsOf } from "./transaction-events.ts";
import { framesOf } from "./transaction-frames.ts";

const params = closed({ transactionId: Type.String({ maxLength: 100 }) });
const limit = Type.Optional(Type.Integer({ minimum: 1 }));
const next = "`next` of the page before";

/** Everything that was recorded of a transaction, and what went over the wire for it. */
export function transactionHistoryResource(api: Api): Resource {
  const events = route({
    method: "GET",
    path: "/api/v1/transactions/{transactionId}/events",
    summary: "Lists what happened in a transaction, oldest first",
    description:
      "Its own events, and those of the requests that began it, ended it or asked for its end.",
    params,
    query: closed({
      after: Type.Optional(Type.String({ pattern: "^\\d+-\\d+$", description: next })),
      limit,
    }),
    answers: { 200: pageOf(EventDocument) },
    handle: async ({ params: { transactionId }, query }) => {
      const transaction = await transactionOf(api, transactionId);
      const most = mostOf(api, query);
      const page = await eventsOf(api, transaction, { after: query.after, limit: most });
      const items = await Promise.all(page.events.map((one) => api.showing.event(readable(one))));
      return { body: { items, next: page.next } };
    },
  });
  const messages = route({
    method: "GET",
    path: "/api/v1/transactions/{transactionId}/messages",
    summary: "Lists what went over the wire for a transaction, newest first",
    description:
      "Calls and answers that name it, and the calls of the requests that began or ended it. A " +
      "page may end early where much else went over the wire; its `next` goes on from there.",
    params,
    query: closed({ after: frameIdField(next), limit }),
    answers: { 200: pageOf(Message) },
    handle: async ({ params: { transactionId }, query }) => {
      const look = await framesOf(api, await transactionOf(api, transactionId));
      const before = query.after ?? look.before;
      const found = await lookBack(api, { ...look, before, limit: mostOf(api, query) });
      const items = found.frames.map(({ station: _key, ...frame }) => frame);
      return { body: { items, next: found.next } };
    },
  });
  return { tag: "network", description: "Lists over all stations.", routes: [events, messages] };
}

async function transactionOf({ queries }: Api, transactionId: string): Promise<Item> {
  const found = await queries.get("transactions", [transactionId]);
  if (found === undefined) throw new Problem("TransactionNotFound", { detail: transactionId });
  return found;
}

function mostOf({ limits }: Api, { limit: wished = 50 }: { readonly limit?: number }): number {
  return Math.min(wished, limits.apiPageMax);
}
