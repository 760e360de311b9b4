import { forgottenNumber, meterValues as meterCommands } from "#core";
import type { DeviationCode } from "../../deviations.ts";
import { fromStation } from "../../row.ts";
import { samplesOf } from "../../samples.ts";
import { evseIdOf, isKnownEvse, transactionOddities, triggered } from "../../translate.ts";

/** What a meter says, of a transaction or not. */
export const meterValues = fromStation({
  action: "MeterValues",
  spec: "OCPP 1.6 edition 2, §4.7",
  admission: "onceAdmitted",
  transactional: ({ meterValue }) => {
    const timestamp = meterValue[0]?.timestamp;
    return timestamp === undefined ? {} : { stationInstant: timestamp };
  },
  recalls: ({ transactionId }, { state }) => forgottenNumber(state, transactionId),
  commands: (request, context) => {
    const { state, key, at } = context;
    const { samples } = samplesOf(request.meterValue, context);
    const evseId = evseIdOf(state, request.connectorId);
    const { transactionId } = request;
    return [
      ...meterCommands(state, key, {
        at,
        // 0: the station's main meter.
        evseId: evseId ?? 0,
        transactionNumber: transactionId === 0 ? undefined : transactionId,
        samples,
      }),
      ...triggered(context, "MeterValues", evseId),
    ];
  },
  answer: () => ({}),
  deviations: (request, context) => {
    const { state } = context;
    const found: DeviationCode[] = [...samplesOf(request.meterValue, context).oddities];
    const evseId = evseIdOf(state, request.connectorId);
    if (evseId === undefined && request.transactionId) found.push("connectorZero");
    if (evseId !== undefined && !isKnownEvse(state, evseId)) found.push("evseUnknown");
    return [...found, ...transactionOddities(state, request.transactionId)];
  },
});
