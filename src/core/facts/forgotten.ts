// Transactions that a station speaks of and its state has forgotten. A state remembers few of those
// that have ended; the log remembers all, and is asked where it matters.
import type { KnownTransaction, StationState } from "../charging-station/state.ts";
import { endedFrom, isOwnNumber, type transactions } from "../charging-station/transactions.ts";
import type { DataOf } from "../kernel/decider.ts";
import { isSameStart, mayRepeatForgotten } from "./known-starts.ts";
import type { StartFact } from "./transaction-started.ts";

type Opened = DataOf<typeof transactions.events, "TransactionOpened">;
type Closed = DataOf<typeof transactions.events, "TransactionClosed">;

/** What is looked for. */
export interface Forgotten {
  /** Names it, so that it need be looked for once. */
  readonly key: string;
  /** What is not found now will never be there: a forgotten number is not given again. */
  readonly isFinal: boolean;
  readonly is: (opened: Opened) => boolean;
}

/** A number that the station was given, of a transaction that its state does not know any more. */
export function forgottenNumber(
  station: StationState,
  transactionNumber: number | undefined,
): Forgotten | undefined {
  if (transactionNumber === undefined || !isOwnNumber(station, transactionNumber)) return undefined;
  const isIt = (known: { readonly transactionNumber: number }) =>
    known.transactionNumber === transactionNumber;
  const { openTransactions, closedTransactions } = station;
  if (openTransactions.some(isIt) || closedTransactions.some(isIt)) return undefined;
  return { key: `number ${transactionNumber}`, isFinal: true, is: isIt };
}

/** A start that may be the repetition of one that the state does not know any more. */
export function forgottenStart(station: StationState, start: StartFact): Forgotten | undefined {
  if (!mayRepeatForgotten(station, start)) return undefined;
  const { evseId, tokenRef, stationStartedAt, meterStartMilliWh } = start;
  return {
    key: `start ${evseId} ${tokenRef} ${stationStartedAt} ${meterStartMilliWh}`,
    isFinal: false,
    is: (opened) => isSameStart(endedFrom(opened, {}), start),
  };
}

/** The transaction that was found, as the state would remember it. */
export function recalled(opened: Opened, closed: Closed | undefined): KnownTransaction {
  return endedFrom(opened, closed ?? {});
}

/** The state as it would be had it not forgotten. */
export function withRecalled(station: StationState, known: KnownTransaction): StationState {
  return { ...station, closedTransactions: [...station.closedTransactions, known] };
}
