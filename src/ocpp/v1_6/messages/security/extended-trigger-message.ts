import { present } from "#core";
import { awaitFollowUp } from "../../follow-up.ts";
import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";
import { evseIdOf } from "../../translate.ts";

/** Send a message now, of those that the security extension adds too. */
export const extendedTriggerMessage = byCallOnly({
  action: "ExtendedTriggerMessage",
  spec: "OCPP 1.6 security whitepaper edition 3, ExtendedTriggerMessage",
  priority: 2,
  outcome: (response, { requestedMessage, connectorId }, context) => {
    const evseId = evseIdOf(context.state, connectorId);
    const followUp = { kind: "trigger" as const, message: requestedMessage, evseId };
    const end = endOf("ExtendedTriggerMessage", response);
    return awaitFollowUp(end, context, present(followUp));
  },
});
