import type { KnownTransaction, StationState } from "../charging-station/state.ts";
import { isOwnNumber } from "../charging-station/transactions.ts";
import { toMeter, toTransaction } from "../commands.ts";
import type { Command } from "../kernel/message.ts";
import type { StationKey } from "../streams.ts";
import type { MeterSample } from "../values/meter-sample.ts";

/** A station reports samples, with or without saying of which transaction. */
export interface MeterFact {
  readonly at: string;
  /** 0: the station's main meter. */
  readonly evseId: number;
  readonly transactionNumber?: number | undefined;
  readonly samples: readonly MeterSample[];
}

/**
 * The transaction that samples belong to: the number's, open or ended; with a number that is not
 * ours (0, −1, a former CSMS's) what runs on the EVSE, and with one of ours that nobody remembers
 * none. Without a number periodic samples of an EVSE with a running transaction are its own;
 * clock-aligned ones are the meter's.
 */
export function transactionOfSamples(
  station: StationState,
  fact: MeterFact,
): KnownTransaction | undefined {
  const { transactionNumber, evseId, samples } = fact;
  const running = station.openTransactions.find((open) => open.evseId === evseId);
  if (transactionNumber === undefined) {
    return samples.some((sample) => sample.context === "Sample.Clock") ? undefined : running;
  }
  const known = [...station.openTransactions, ...station.closedTransactions];
  const numbered = known.find((entry) => entry.transactionNumber === transactionNumber);
  return numbered ?? (isOwnNumber(station, transactionNumber) ? undefined : running);
}

/** Commands for samples: to their transaction, else to the station's meter. */
export function meterValues(station: StationState, key: StationKey, fact: MeterFact): Command[] {
  const { at, evseId } = fact;
  const samples = [...fact.samples];
  const owner = transactionOfSamples(station, fact);
  return owner === undefined
    ? [toMeter(key, "RecordIdleMeterValues", { evseId, samples, at })]
    : [toTransaction(owner.transactionId, "RecordMeterValues", { samples, at })];
}
