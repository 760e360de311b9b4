import { forgottenNumber, type StopFact, transactionStopped } from "#core";
import { milliOf } from "../../../wire/decimals.ts";
import type { DeviationCode } from "../../deviations.ts";
import { authorizationOf, fromStation } from "../../row.ts";
import { samplesOf } from "../../samples.ts";
import {
  groupsOf,
  idTagInfoOf,
  instantOf,
  tokenOddities,
  tokenOf,
  tokensOf,
  transactionOddities,
} from "../../translate.ts";

/** A transaction has stopped; it is recorded and answered whatever it says. */
export const stopTransaction = fromStation({
  action: "StopTransaction",
  spec: "OCPP 1.6 edition 2, §4.10",
  admission: "onceAdmitted",
  transactional: ({ timestamp }) => (timestamp === undefined ? {} : { stationInstant: timestamp }),
  tokens: ({ idTag }) => tokensOf(idTag),
  recalls: ({ transactionId }, { state }) => forgottenNumber(state, transactionId),
  ask: (request, context) => {
    const token = tokenOf(request.idTag);
    if (token === undefined) return undefined;
    return {
      question: "AuthorizeToken",
      station: context.key,
      tokenRef: context.tokenRef(token),
      purpose: "stop",
      at: instantOf(request.timestamp, context).at,
    };
  },
  goesUnasked: true,
  tokenRefs: (asked) => groupsOf(authorizationOf(asked)),
  commands: (request, context, asked) => {
    const { state, key, at } = context;
    const token = tokenOf(request.idTag);
    const stopped = instantOf(request.timestamp, context);
    const meter = request.meterStop === undefined ? undefined : milliOf(String(request.meterStop));
    const stop: StopFact = {
      at,
      transactionId: context.newId(),
      transactionNumber: request.transactionId,
      tokenRef: token === undefined ? undefined : context.tokenRef(token),
      groupTokenRef: authorizationOf(asked)?.groupTokenRef,
      stoppedAt: stopped.at,
      stationStoppedAt: stopped.stationText,
      meterStopMilliWh: meter !== undefined && "milli" in meter ? meter.milli : undefined,
      // The specification's word for a stop without a reason.
      reason: request.reason ?? "Local",
      samples: samplesOf(request.transactionData ?? [], context).samples,
      reviews: stopped.oddity === undefined ? [] : ["implausibleClock"],
    };
    return transactionStopped(state, key, stop);
  },
  answer: (_request, context, asked) =>
    asked === undefined
      ? {}
      : { idTagInfo: idTagInfoOf(authorizationOf(asked), "elsewhere", context) },
  deviations: (request, context) => {
    const found: DeviationCode[] = [...tokenOddities(request.idTag)];
    if (request.meterStop === undefined) found.push("meterMissing");
    const stopped = context.state.closedTransactions.some(
      (known) => known.transactionNumber === request.transactionId && known.estimated !== true,
    );
    if (stopped) found.push("repeatedCall");
    found.push(...transactionOddities(context.state, request.transactionId));
    found.push(...samplesOf(request.transactionData ?? [], context).oddities);
    const { oddity } = instantOf(request.timestamp, context);
    return oddity === undefined ? found : [...found, oddity];
  },
});
