import {
  type Command,
  forgottenStart,
  type StartFact,
  type StationState,
  startedAlready,
  transactionStarted,
} from "#core";
import type { Asked, RowContext } from "../../../message.ts";
import { milliOf } from "../../../wire/decimals.ts";
import type { DeviationCode } from "../../deviations.ts";
import { authorizationOf, fromStation, type Request } from "../../row.ts";
import {
  evseSeen,
  groupsOf,
  idTagInfoOf,
  instantOf,
  isKnownEvse,
  outletOf,
  tokenOddities,
  tokenOf,
  tokensOf,
} from "../../translate.ts";

type Start = Request<"StartTransaction">;

/** A transaction has started; it gets a number whatever its token is worth. */
export const startTransaction = fromStation({
  action: "StartTransaction",
  spec: "OCPP 1.6 edition 2, §4.8",
  admission: "onceAdmitted",
  transactional: ({ timestamp }) => (timestamp === undefined ? {} : { stationInstant: timestamp }),
  tokens: ({ idTag }) => tokensOf(idTag),
  recalls: (request, context) => forgottenStart(context.state, factOf(request, context, {})),
  ask: (request, context) => {
    const token = tokenOf(request.idTag);
    if (token === undefined) return undefined;
    const start = factOf(request, context, {});
    return {
      question: "AuthorizeToken",
      station: context.key,
      tokenRef: context.tokenRef(token),
      purpose: "start",
      at: start.startedAt,
      transactionId: startedAlready(context.state, start)?.transactionId,
    };
  },
  tokenRefs: (asked) => groupsOf(authorizationOf(asked)),
  commands: (request, context, asked): Command[] => {
    const { state, key } = context;
    const start = factOf(request, context, { asked, transactionId: context.newId() });
    return [...evseSeen(context, start.evseId), ...transactionStarted(state, key, start)];
  },
  answer: (request, context, asked) => {
    const begun = startedAlready(context.state, factOf(request, context, { asked }));
    if (begun === undefined) throw new Error("a start was recorded without its transaction");
    return {
      idTagInfo: idTagInfoOf(authorizationOf(asked), "start", context),
      transactionId: begun.transactionNumber,
    };
  },
  deviations: (request, context) => {
    const { state } = context;
    const found: DeviationCode[] = [...tokenOddities(request.idTag)];
    const { connectorId } = request;
    if (tokenOf(request.idTag) === undefined) found.push("tokenMissing");
    if (connectorId < 1) found.push("connectorZero");
    else if (!state.inferred && !isKnownEvse(state, outletOf(state, connectorId).evseId)) {
      found.push("evseUnknown");
    }
    if (request.meterStart === undefined) found.push("meterMissing");
    if (startedAlready(state, factOf(request, context, {})) !== undefined) {
      found.push("repeatedCall");
    }
    found.push(...reservationOddities(state, request.reservationId));
    const { oddity } = instantOf(request.timestamp, context);
    return oddity === undefined ? found : [...found, oddity];
  },
});

interface Known {
  readonly asked?: Asked;
  /** Minted; the empty text where it is only compared. */
  readonly transactionId?: string;
}

function factOf(request: Start, context: RowContext, known: Known): StartFact {
  const { state, at } = context;
  const token = tokenOf(request.idTag);
  const started = instantOf(request.timestamp, context);
  const { evseId, connectorId } = outletOf(state, request.connectorId);
  const fact: StartFact = {
    at,
    transactionId: known.transactionId ?? "",
    evseId,
    connectorId,
    tokenRef: token === undefined ? undefined : context.tokenRef(token),
    authorization: authorizationOf(known.asked),
    startedAt: started.at,
    stationStartedAt: started.stationText,
    meterStartMilliWh: milliWhOf(request.meterStart),
    reservationNumber: request.reservationId === 0 ? undefined : request.reservationId,
    reviews: [
      ...(started.oddity === undefined ? [] : (["implausibleClock"] as const)),
      ...(token === undefined ? (["notAuthorized"] as const) : []),
    ],
  };
  return request.connectorId >= 1 ? fact : { ...fact, evseId: evseOfNobody(state, fact) };
}

/** Nothing charges at connector 0: where this start runs already, else the first that is free. */
function evseOfNobody(state: StationState, fact: StartFact): number {
  const { openTransactions, evses } = state;
  const begun = openTransactions.find(
    (open) => startedAlready(state, { ...fact, evseId: open.evseId }) === open,
  );
  const isFree = (evseId: number) => !openTransactions.some((open) => open.evseId === evseId);
  const free = evses.find(({ evseId }) => isFree(evseId));
  return begun?.evseId ?? free?.evseId ?? evses[0]?.evseId ?? 1;
}

function milliWhOf(meter: number | undefined): number | undefined {
  const quantity = meter === undefined ? undefined : milliOf(String(meter));
  return quantity !== undefined && "milli" in quantity ? quantity.milli : undefined;
}

function reservationOddities(
  state: StationState,
  reservationId: number | undefined,
): readonly DeviationCode[] {
  if (reservationId === undefined) return [];
  if (reservationId === 0) return ["reservationZero"];
  const known = state.reservations.some((held) => held.reservationNumber === reservationId);
  return known ? [] : ["reservationUnknown"];
}
