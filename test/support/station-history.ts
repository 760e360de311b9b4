import { bounds, chargingStation, type DecidedEvent, type Evse, oneEvse } from "#core";
import { stationId } from "./story/actors.ts";
import { happened, storiesOf } from "./story.ts";

/** Stories of one station. */
export const givenStation = storiesOf(chargingStation);

/** An instant, by its seconds after ten o'clock of the day that stories happen on. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 4, 4, 10, 0, seconds)).toISOString();
}

/** From where the station's transaction numbers are counted. */
export const countedFrom = 5_000_000;

/** An EVSE with one connector. */
export function evse(evseId: number): Evse {
  return { evseId, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] };
}

export const created = happened("ChargingStationCreated", {
  stationId,
  administrators: ["owner"],
  transactionNumberBase: countedFrom,
});
export const accepted = happened("ChargingStationAccepted", {});
export const configured = happened("ChargingStationConfigured", {
  evses: [evse(1), evse(2)],
  inferred: false,
});
export const decommissioned = happened("ChargingStationDecommissioned", {});

/** Created, accepted and configured with two EVSEs: it is served. */
export const served: readonly DecidedEvent[] = [created, accepted, configured];

/** What every request carries: asked at ten o'clock, with half a minute to answer. */
export function asked(requestId = "r1") {
  return { requestId, correlationId: `c-${requestId}`, requestedAt: at(0), deadline: at(30) };
}

/** A request that was written to the station's socket. */
export function sent(requestId = "r1", seconds = 1): DecidedEvent {
  return happened("RequestSent", { requestId, epoch: 7, at: at(seconds) });
}

/** A request that has ended. */
export function completed(
  requestId: string,
  outcome: "accepted" | "rejected" | "timedOut" | "superseded",
  seconds = 2,
): DecidedEvent {
  return happened("RequestCompleted", { requestId, outcome, at: at(seconds) });
}

/** As many unanswered requests as one station may have. */
export const tooManyAsked: readonly DecidedEvent[] = Array.from(
  { length: bounds.outstandingRequests },
  (_none, index) => happened("DataTransferRequested", { ...asked(`d${index}`), vendorId: "acme" }),
);

/** The data of an opened transaction; `n` numbers it, on EVSE `n` unless another is named. */
export function opening(n: number, more: { readonly evseId?: number; readonly at?: string } = {}) {
  return {
    transactionId: `tx${n}`,
    evseId: n,
    tokenRef: `token-${n}`,
    startedAt: at(n),
    meterStartMilliWh: 1_000_000,
    at: at(n),
    ...more,
  };
}

/** A transaction runs; it got the `n`th number. */
export function opened(n: number, more: { readonly evseId?: number } = {}): DecidedEvent {
  return happened("TransactionOpened", {
    ...opening(n, more),
    transactionNumber: countedFrom + n,
  });
}

/** A transaction has ended. */
export function closedNow(n: number, seconds = 100): DecidedEvent {
  return happened("TransactionClosed", { transactionId: `tx${n}`, at: at(seconds) });
}

/** The station takes reservations, and holds one on EVSE 2. */
export const reservable = happened("ChargingStationMadeReservable", {});
export const reserved = happened("ReservationMade", {
  reservationId: "res1",
  reservationNumber: 1,
  evseId: 2,
  tokenRef: "token-2",
  expiresAt: at(3600),
});

/** A report of what an EVSE is doing. */
export function status(evseId: number, word: "available" | "charging", seconds = 5) {
  return { target: oneEvse(evseId), status: word, statusAt: at(seconds), at: at(seconds) };
}
