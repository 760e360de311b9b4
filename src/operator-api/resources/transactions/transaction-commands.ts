import { Type } from "@sinclair/typebox";
import { type Command, closed, stationKey, toChargingStation, toTransaction } from "#core";
import { type Api, shownInViews } from "../../api.ts";
import { places } from "../../commands/allowed.ts";
import { onStation } from "../../commands/on-station.ts";
import { choiceOf } from "../../commands/public-shape.ts";
import { Problem } from "../../http/problems.ts";
import { type Resource, route } from "../../http/route.ts";
import { Committed } from "../../http/schemas.ts";
import { executeOnce } from "../../once.ts";

const SettleReview = Type.Object(
  { type: Type.Literal("SettleReview"), note: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false, title: "SettleReview" },
);
const EndTransaction = Type.Object(
  { type: Type.Literal("EndTransaction") },
  { additionalProperties: false, title: "EndTransaction" },
);

interface Wish {
  readonly type: "SettleReview" | "EndTransaction";
  readonly note?: string;
}

/** What is left for a person to decide about a transaction. */
export function transactionCommandResource(api: Api): Resource {
  const post = route({
    ...places.transactions,
    summary: "Decides something about a transaction",
    description:
      "`SettleReview`: what was flagged was looked at. `EndTransaction`: the station will not " +
      "end it any more; it ends at its last sample, as estimated, and a stop that comes " +
      "nevertheless corrects it.",
    params: closed({ transactionId: Type.String({ maxLength: 100 }) }),
    body: choiceOf([SettleReview, EndTransaction]),
    answers: { 200: Committed },
    handle: async (call) => {
      const { transactionId } = call.params;
      const found = await api.queries.get("transactions", [transactionId]);
      if (found === undefined) throw new Problem("TransactionNotFound", { detail: transactionId });
      const key = stationKey(String(found.stationId));
      const state = await api.bus.commands.station(key);
      const at = api.clock.now();
      const commands = commandsOf(call.body as Wish, { transactionId, station: key, at });
      const actor = onStation(call.principal.actor, state);
      const done = await executeOnce(api, {
        call: { ...call, principal: { ...call.principal, actor } },
        execution: { station: key, commands },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      const events = await Promise.all((done.events ?? []).map(api.showing.event));
      return { body: { cursor: done.cursor, events } };
    },
  });
  return { tag: "network", description: "Lists over all stations.", routes: [post] };
}

function commandsOf(
  { type, note }: Wish,
  about: { readonly transactionId: string; readonly station: string; readonly at: string },
): readonly Command[] {
  const { transactionId, station, at } = about;
  if (type === "SettleReview") {
    return [toTransaction(transactionId, type, note === undefined ? {} : { note })];
  }
  return [
    toChargingStation(station, type, { transactionId, at }),
    toTransaction(transactionId, type, { at }),
  ];
}
