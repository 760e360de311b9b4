// Charging profiles: the names are OCPP's on both sides; instants and the transaction differ.
import { type ChargingProfile, present, type StationState } from "#core";
import type { Request } from "./row.ts";
import { readableInstant } from "./translate.ts";

type WireProfile = Request<"SetChargingProfile">["csChargingProfiles"];

/** A profile for the wire, with the wire's number of its transaction. */
export function wireProfile(
  profile: ChargingProfile,
  transactionNumber: number | undefined,
): WireProfile {
  const { chargingSchedule: schedule } = profile;
  return present({
    chargingProfileId: profile.chargingProfileId,
    transactionId: transactionNumber,
    stackLevel: profile.stackLevel,
    chargingProfilePurpose: profile.chargingProfilePurpose,
    chargingProfileKind: profile.chargingProfileKind,
    recurrencyKind: profile.recurrencyKind,
    validFrom: profile.validFrom,
    validTo: profile.validTo,
    chargingSchedule: present({
      duration: schedule.duration,
      startSchedule: schedule.startSchedule,
      chargingRateUnit: schedule.chargingRateUnit,
      chargingSchedulePeriod: schedule.chargingSchedulePeriod.map((period) =>
        present({
          startPeriod: period.startPeriod,
          limit: period.limit,
          numberPhases: period.numberPhases,
        }),
      ),
      minChargingRate: schedule.minChargingRate,
    }),
  });
}

/** A profile of the wire in our terms. */
export function profileOf(wire: WireProfile, state: StationState): ChargingProfile {
  const { chargingSchedule: schedule, transactionId, validFrom, validTo, ...profile } = wire;
  const owner = state.openTransactions.find((open) => open.transactionNumber === transactionId);
  return present({
    ...profile,
    transactionId: owner?.transactionId,
    validFrom: readableInstant(validFrom),
    validTo: readableInstant(validTo),
    chargingSchedule: present({
      ...schedule,
      startSchedule: readableInstant(schedule.startSchedule),
      chargingSchedulePeriod: schedule.chargingSchedulePeriod.map((period) => ({ ...period })),
    }),
  });
}
