import { bounds } from "../bounds.ts";
import type { KnownTransaction, StationState } from "../charging-station/state.ts";
import { nextTransactionNumber, startAwaited } from "../charging-station/transactions.ts";
import { toChargingStation, toTransaction } from "../commands.ts";
import type { Command } from "../kernel/message.ts";
import { present } from "../kernel/present.ts";
import type { StationKey } from "../streams.ts";
import type { ReviewReason } from "../transaction/index.ts";
import type { AuthorizationAnswer } from "../values/authorization.ts";

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

/** The open transaction that this start has begun: a station that heard no answer repeats. */
export function startedAlready(
  station: StationState,
  start: StartFact,
): KnownTransaction | undefined {
  return station.openTransactions.find(
    (open) =>
      open.evseId === start.evseId &&
      sameInstant(open, start) &&
      open.meterStartMilliWh === start.meterStartMilliWh &&
      open.tokenRef === start.tokenRef,
  );
}

/** Where the station's clock is no good its text is compared: our instant is another each time. */
function sameInstant(open: KnownTransaction, start: StartFact): boolean {
  return start.stationStartedAt === undefined
    ? open.startedAt === start.startedAt
    : open.stationStartedAt === start.stationStartedAt;
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
  const { at, transactionId, evseId, reservationNumber, authorization } = start;
  const asked = start.orphan === true ? undefined : startAwaited(station, present(start));
  const reservation = station.reservations.find(
    (held) => held.reservationNumber === reservationNumber,
  );
  const reviews = [...(start.reviews ?? [])];
  if (authorization !== undefined && authorization.status !== "accepted") {
    reviews.push("notAuthorized");
  }
  const shared = present({
    evseId,
    tokenRef: start.tokenRef,
    groupTokenRef: authorization?.groupTokenRef,
    startedAt: start.startedAt,
    stationStartedAt: start.stationStartedAt,
    meterStartMilliWh: start.meterStartMilliWh,
    at,
  });
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
          reviews,
        }),
      ),
      fresh: true,
      correlationId,
    },
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
