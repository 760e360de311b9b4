import { bounds } from "../bounds.ts";
import type { KnownTransaction, StationState } from "../charging-station/state.ts";
import { nextTransactionNumber, startAwaited } from "../charging-station/transactions.ts";
import { toChargingStation, toTransaction } from "../commands.ts";
import type { Command } from "../kernel/message.ts";
import { present } from "../kernel/present.ts";
import type { StationKey } from "../streams.ts";
import type { ReviewReason } from "../transaction/reviews.ts";
import type { AuthorizationAnswer } from "../values/authorization.ts";
import { orphanOf, startedAlready } from "./known-starts.ts";

/** A station says: a transaction has started. `at` is our instant, `startedAt` the station's. */
export interface StartFact {
  readonly at: string;
  /** Minted by the caller; used unless this start was heard before. */
  readonly transactionId: string;
  readonly evseId: number;
  readonly connectorId?: number | undefined;
  readonly tokenRef?: string | undefined;
  readonly authorization?: AuthorizationAnswer | undefined;
  readonly startedAt: string;
  readonly stationStartedAt?: string | undefined;
  readonly meterStartMilliWh?: number | undefined;
  readonly reservationNumber?: number | undefined;
  readonly wireTransactionNumber?: number | undefined;
  readonly reviews?: readonly ReviewReason[] | undefined;
  /** Known from its stop alone. */
  readonly orphan?: boolean | undefined;
}

/**
 * Commands for a start: what still runs on the EVSE ends as estimated, then station and transaction
 * both learn of the new one. A repeated start leads to nothing.
 */
export function transactionStarted(
  station: StationState,
  key: StationKey,
  start: StartFact,
): Command[] {
  if (startedAlready(station, start) !== undefined) return [];
  const orphan = start.orphan === true ? undefined : orphanOf(station, start);
  if (orphan !== undefined) return startAfterStop(key, start, orphan);
  const { at, transactionId, evseId, reservationNumber, authorization } = start;
  const asked = start.orphan === true ? undefined : startAwaited(station, present(start));
  const reservation = station.reservations.find(
    (held) => held.reservationNumber === reservationNumber,
  );
  const shared = sharedOf(start);
  const correlationId = asked?.correlationId;
  return [
    ...endOthersOn(station, key, { evseId, at }),
    {
      ...toChargingStation(
        key,
        "RecordTransactionOpened",
        present({ ...shared, transactionId, reservationNumber, orphan: start.orphan }),
      ),
      correlationId,
    },
    {
      ...toTransaction(
        transactionId,
        "RecordTransactionStarted",
        present({
          ...shared,
          station: key,
          connectorId: start.connectorId,
          transactionNumber: nextTransactionNumber(station),
          wireTransactionNumber: start.wireTransactionNumber,
          authorization,
          reservationId: reservation?.reservationId,
          requestId: asked?.requestId,
          reviews: reviewsOf(start),
        }),
      ),
      fresh: true,
      correlationId,
    },
  ];
}

/** What the station's stream and the transaction's both keep of a start. */
function sharedOf(start: StartFact) {
  const { evseId, tokenRef, startedAt, stationStartedAt, meterStartMilliWh, at } = start;
  const groupTokenRef = start.authorization?.groupTokenRef;
  return present({
    ...{ evseId, tokenRef, groupTokenRef },
    ...{ startedAt, stationStartedAt, meterStartMilliWh, at },
  });
}

function reviewsOf({ reviews = [], authorization }: StartFact): ReviewReason[] {
  const isRefused = authorization !== undefined && authorization.status !== "accepted";
  return isRefused ? [...reviews, "notAuthorized"] : [...reviews];
}

/** Its stop came first: the session that the stop became is this one's. */
function startAfterStop(
  key: StationKey,
  start: StartFact,
  { transactionId }: KnownTransaction,
): Command[] {
  const { connectorId, authorization } = start;
  const shared = sharedOf(start);
  const data = present({ ...shared, connectorId, authorization, reviews: reviewsOf(start) });
  return [
    toChargingStation(key, "RecordTransactionStartMatched", { ...shared, transactionId }),
    toTransaction(transactionId, "RecordTransactionStartCorrected", data),
  ];
}

function endOthersOn(
  station: StationState,
  key: StationKey,
  { evseId, at }: { readonly evseId: number; readonly at: string },
): Command[] {
  const others = station.openTransactions.filter((open) => open.evseId !== evseId);
  const tooMany = others.slice(0, Math.max(0, others.length + 1 - bounds.openTransactions));
  return [...station.openTransactions.filter((open) => open.evseId === evseId), ...tooMany].flatMap(
    ({ transactionId }) => [
      toTransaction(transactionId, "EstimateTransactionEnd", { at }),
      toChargingStation(key, "RecordTransactionClosed", { transactionId, estimated: true, at }),
    ],
  );
}
