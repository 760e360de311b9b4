import { present } from "#core";
import { awaitFollowUp } from "../../follow-up.ts";
import { endOf } from "../../outcomes.ts";
import { type Request, toStation } from "../../row.ts";
import { connectorOf, evseIdOf, wantedConnector } from "../../translate.ts";

type Message = Request<"TriggerMessage">["requestedMessage"];

/** Messages that are about connectors. */
const ofConnectors: readonly string[] = ["MeterValues", "StatusNotification"];

/** Send a message now; it follows as the station's own word. */
export const triggerMessage = toStation({
  action: "TriggerMessage",
  spec: "OCPP 1.6 edition 2, §5.17",
  on: "TriggerMessageRequested",
  priority: 2,
  request: ({ message, evseId }, context) =>
    present({
      // A name of another version is refused by the check of what we send.
      requestedMessage: message as Message,
      connectorId: ofConnectors.includes(message)
        ? wantedConnector(context, "TriggerMessage", evseId)
        : evseId && connectorOf(context.state, evseId),
    }),
  outcome: (response, { requestedMessage, connectorId }, context) => {
    const evseId = evseIdOf(context.state, connectorId);
    const followUp = { kind: "trigger" as const, message: requestedMessage, evseId };
    return awaitFollowUp(endOf("TriggerMessage", response), context, present(followUp));
  },
});
