// What a session comes to, whatever its meter did.
import { bounds } from "../bounds.ts";
import { countsForSession, type MeterSample } from "../values/meter-sample.ts";
import type { ReviewReason } from "./reviews.ts";
import type { TransactionState } from "./state.ts";

/** What samples have told of a session's register. */
export type Registers = Pick<
  TransactionState,
  "meterStartMilliWh" | "firstRegisterMilliWh" | "firstRegisterAt" | "lastRegisterMilliWh"
>;

/** A stop is in whole Wh, samples have decimals: less than one Wh is rounding. */
export const roundingMilliWh = 1000;

/**
 * Whether a reading may count for a session that began at this register. One that is beyond what
 * any vehicle takes is a slip of the meter: it is kept, and nobody is billed for it.
 */
export function isPlausibleRegister(milli: number, meterStartMilliWh: number | undefined): boolean {
  if (meterStartMilliWh === undefined) return true;
  return milli - meterStartMilliWh <= bounds.sessionEnergyMilliWh;
}

/** What is known of a session's register after a sample. */
export function registersAfter<State extends Registers>(state: State, sample: MeterSample): State {
  const { milli, at } = sample;
  if (!countsForSession(sample) || milli === undefined) return state;
  const { meterStartMilliWh, firstRegisterAt, firstRegisterMilliWh } = state;
  if (!isPlausibleRegister(milli, meterStartMilliWh ?? firstRegisterMilliWh)) return state;
  const isFirst = firstRegisterAt === undefined || at < firstRegisterAt;
  return {
    ...state,
    lastRegisterMilliWh: Math.max(state.lastRegisterMilliWh ?? milli, milli),
    ...(isFirst ? { firstRegisterMilliWh: milli, firstRegisterAt: at } : {}),
  };
}

/**
 * Energy of a session. A stop below its start or below a sample (some meters lose 1 Wh, others
 * restart) is taken from the samples where they know better, else it is 0; either way a person is
 * asked to look. Where start or stop say no meter, the first and the last sample stand in for it.
 */
export function energyOf(
  registers: Registers,
  stop: { readonly meterStopMilliWh?: number | undefined },
): { readonly energyMilliWh?: number; readonly reviews: readonly ReviewReason[] } {
  const { lastRegisterMilliWh, firstRegisterMilliWh } = registers;
  const reviews: ReviewReason[] = [];
  if (registers.meterStartMilliWh === undefined) reviews.push("meterStartUnknown");
  if (stop.meterStopMilliWh === undefined) reviews.push("meterStopUnknown");
  const start = registers.meterStartMilliWh ?? firstRegisterMilliWh;
  const meterStop = stop.meterStopMilliWh ?? lastRegisterMilliWh;
  if (start === undefined || meterStop === undefined) return { reviews };
  const highest = Math.max(lastRegisterMilliWh ?? start, start);
  const lost = highest - meterStop;
  const isBackwards = lost >= roundingMilliWh || meterStop < start;
  if (isBackwards) reviews.push("meterWentBackwards");
  const energyMilliWh = (isBackwards ? highest : meterStop) - start;
  if (energyMilliWh > bounds.sessionEnergyMilliWh) reviews.push("energyImplausible");
  return { energyMilliWh, reviews };
}
