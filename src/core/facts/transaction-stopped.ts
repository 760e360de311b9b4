import type { KnownTransaction, StationState } from "../charging-station/state.ts";
import { isOwnNumber, stopAwaited } from "../charging-station/transactions.ts";
import { toChargingStation, toTransaction } from "../commands.ts";
import type { Command } from "../kernel/message.ts";
import { present } from "../kernel/present.ts";
import type { StationKey } from "../streams.ts";
import type { ReviewReason } from "../transaction/reviews.ts";
import type { MeterSample } from "../values/meter-sample.ts";
import { repeatedBy } from "./known-starts.ts";
import { type StartFact, transactionStarted } from "./transaction-started.ts";

/** A station says: a transaction has stopped. */
export interface StopFact {
  readonly at: string;
  /** The wire's number in OCPP 1.x; 0 and below, or unknown, is matched by token. */
  readonly transactionNumber: number;
  readonly tokenRef?: string | undefined;
  /** Group of the stopping token, where a provider knows one. */
  readonly groupTokenRef?: string | undefined;
  readonly stoppedAt: string;
  readonly stationStoppedAt?: string | undefined;
  readonly meterStopMilliWh?: number | undefined;
  readonly reason: string;
  readonly samples: readonly MeterSample[];
  readonly reviews?: readonly ReviewReason[] | undefined;
  /** Minted by the caller; used where the stop is the first that is heard of its transaction. */
  readonly transactionId: string;
}

/**
 * The transaction that a stop is about: the number's, open or ended; without a number of ours the
 * one open transaction of that token that had started by then. A number that the station was given
 * is never taken for another one's, even where nobody remembers it.
 */
export function transactionOfStop(
  station: StationState,
  stop: Pick<StopFact, "transactionNumber" | "tokenRef" | "stoppedAt">,
): KnownTransaction | undefined {
  const known = [...station.openTransactions, ...station.closedTransactions];
  const numbered = known.find((entry) => entry.transactionNumber === stop.transactionNumber);
  if (numbered !== undefined || stop.tokenRef === undefined) return numbered;
  if (isOwnNumber(station, stop.transactionNumber)) return undefined;
  const candidates = station.openTransactions.filter(
    (open) => open.tokenRef === stop.tokenRef && open.startedAt <= stop.stoppedAt,
  );
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Commands for a stop. Nothing that was paid for is lost: an unknown one becomes a session. */
export function transactionStopped(
  station: StationState,
  key: StationKey,
  stop: StopFact,
): Command[] {
  const known = transactionOfStop(station, stop);
  return known === undefined ? orphan(station, key, stop) : stopOf(station, key, { known, stop });
}

function stopOf(
  station: StationState,
  key: StationKey,
  { known, stop }: { readonly known: KnownTransaction; readonly stop: StopFact },
): Command[] {
  const { at, samples } = stop;
  const { transactionId } = known;
  const asked = stopAwaited(station, { transactionId, at });
  const reviews = [...(stop.reviews ?? [])];
  if (known.transactionNumber !== stop.transactionNumber) reviews.push("stopMatchedByToken");
  if (isAnotherToken(known, stop)) reviews.push("stopOfAnotherToken");
  const correlationId = asked?.correlationId;
  const data = present({
    stoppedAt: stop.stoppedAt,
    stationStoppedAt: stop.stationStoppedAt,
    meterStopMilliWh: stop.meterStopMilliWh,
    tokenRef: stop.tokenRef,
    reason: stop.reason,
    requestId: asked?.requestId,
    repeatOf: repeatedBy(station, { known, stop })?.transactionId,
    at,
    samples: [...samples],
    reviews,
  });
  const { meterStopMilliWh, stationStoppedAt } = stop;
  const clockless =
    known.stationStartedAt === undefined ? {} : { meterStopMilliWh, stationStoppedAt };
  const closing = present({ transactionId, ...clockless, at });
  return [
    { ...toTransaction(transactionId, "RecordTransactionStopped", data), correlationId },
    { ...toChargingStation(key, "RecordTransactionClosed", closing), correlationId },
  ];
}

/** A different token may stop only within the group of the one that started. */
function isAnotherToken(known: KnownTransaction, stop: StopFact): boolean {
  if (stop.tokenRef === undefined || known.tokenRef === undefined) return false;
  if (stop.tokenRef === known.tokenRef || stop.tokenRef === known.groupTokenRef) return false;
  return known.groupTokenRef === undefined || stop.groupTokenRef !== known.groupTokenRef;
}

function orphan(station: StationState, key: StationKey, stop: StopFact): Command[] {
  const { at, transactionId } = stop;
  const start: StartFact = {
    at,
    transactionId,
    evseId: orphanEvse(station),
    tokenRef: stop.tokenRef,
    startedAt: stop.stoppedAt,
    wireTransactionNumber: stop.transactionNumber,
    reviews: ["stopWithoutStart"],
    orphan: true,
  };
  // What runs on that EVSE goes on: the orphan's place is a guess, so it must end nobody else.
  const idle = { ...station, openTransactions: [] };
  const known = {
    transactionId,
    transactionNumber: stop.transactionNumber,
    evseId: start.evseId,
    tokenRef: stop.tokenRef,
    startedAt: stop.stoppedAt,
  };
  return [...transactionStarted(idle, key, start), ...stopOf(idle, key, { known, stop })];
}

/** 1.x stops name no connector: the one EVSE there is, else the first that has nothing running. */
function orphanEvse(station: StationState): number {
  const free = station.evses.find(
    (evse) => !station.openTransactions.some((open) => open.evseId === evse.evseId),
  );
  return free?.evseId ?? station.evses[0]?.evseId ?? 1;
}
