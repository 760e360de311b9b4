import { present } from "#core";
import { awaitFollowUp } from "../../follow-up.ts";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";

/** Stop a transaction; its end follows as the station's own word. */
export const remoteStopTransaction = toStation({
  action: "RemoteStopTransaction",
  spec: "OCPP 1.6 edition 2, §5.12",
  on: "StopTransactionRequested",
  priority: 0,
  request: ({ transactionNumber }) => ({ transactionId: transactionNumber }),
  outcome: (response, request, context) => {
    const running = context.state.openTransactions.find(
      (open) => open.transactionNumber === request.transactionId,
    );
    const followUp = { kind: "stop" as const, transactionId: running?.transactionId };
    return awaitFollowUp(endOf("RemoteStopTransaction", response), context, present(followUp));
  },
});
