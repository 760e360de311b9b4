import { type MeterSample, type ReviewReason, transaction } from "#core";
import { at } from "../station-history.ts";
import { happened, storiesOf } from "../story.ts";

/** Stories of one transaction. */
export const givenTransaction = storiesOf(transaction);

/** A register reading of so many milli-Wh. */
export function register(milli: number, seconds = 10, more: Partial<MeterSample> = {}) {
  return {
    at: at(seconds),
    measurand: "Energy.Active.Import.Register",
    milli,
    unit: "Wh",
    context: "Sample.Periodic",
    location: "Outlet",
    ...more,
  };
}

/** A start at 1 kWh, at ten o'clock. */
export function startedWith(reviews: readonly ReviewReason[] = []) {
  return {
    station: "cp%2f01",
    evseId: 1,
    transactionNumber: 5_000_001,
    tokenRef: "token-1",
    startedAt: at(0),
    meterStartMilliWh: 1_000_000,
    reviews: [...reviews],
    at: at(0),
  };
}

export const started = happened("TransactionStarted", startedWith());

/** Samples arrive. */
export function sampled(...samples: readonly MeterSample[]) {
  return happened("MeterValuesSampled", { samples: [...samples], at: at(10) });
}

/** A stop by the token that started, at this register. */
export function stop(meterStopMilliWh: number | undefined, seconds = 100) {
  return {
    stoppedAt: at(seconds),
    ...(meterStopMilliWh === undefined ? {} : { meterStopMilliWh }),
    tokenRef: "token-1",
    reason: "Local",
    at: at(seconds),
  };
}

/** Something a person should look at. */
export function flagged(reason: ReviewReason, seconds = 100) {
  return happened("TransactionFlagged", { reason, at: at(seconds) });
}
