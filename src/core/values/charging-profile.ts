import { type Static, Type } from "@sinclair/typebox";
import { closed, EvseId, Instant, oneOf } from "./common.ts";

const Purpose = oneOf("ChargePointMaxProfile", "TxDefaultProfile", "TxProfile");

const SchedulePeriod = closed({
  /** Seconds from the start of the schedule. */
  startPeriod: Type.Integer({ minimum: 0 }),
  /** In A or W, at most one decimal. */
  limit: Type.Number({ minimum: 0 }),
  numberPhases: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
});

const ChargingSchedule = closed({
  /** Seconds. */
  duration: Type.Optional(Type.Integer({ minimum: 0 })),
  startSchedule: Type.Optional(Instant),
  chargingRateUnit: oneOf("A", "W"),
  chargingSchedulePeriod: Type.Array(SchedulePeriod, { minItems: 1, maxItems: 1000 }),
  minChargingRate: Type.Optional(Type.Number({ minimum: 0 })),
});

const scheduled = {
  chargingProfileKind: oneOf("Absolute", "Recurring", "Relative"),
  recurrencyKind: Type.Optional(oneOf("Daily", "Weekly")),
  validFrom: Type.Optional(Instant),
  validTo: Type.Optional(Instant),
  chargingSchedule: ChargingSchedule,
};

/** A limit over time, with the field names that every version of OCPP shares. */
export const ChargingProfile = closed({
  chargingProfileId: Type.Integer(),
  /** Our id of the running transaction that a `TxProfile` is for. */
  transactionId: Type.Optional(Type.String({ maxLength: 64 })),
  stackLevel: Type.Integer({ minimum: 0 }),
  chargingProfilePurpose: Purpose,
  ...scheduled,
});
export type ChargingProfile = Static<typeof ChargingProfile>;

/** A limit for the transaction that a remote start leads to, which has no id yet. */
export const StartProfile = closed({
  chargingProfileId: Type.Integer(),
  stackLevel: Type.Integer({ minimum: 0 }),
  chargingProfilePurpose: oneOf("TxProfile"),
  ...scheduled,
});

/** The first limit with more than one decimal, which no version of OCPP can carry. */
export function limitTooFine(profile: {
  readonly chargingSchedule: Static<typeof ChargingSchedule>;
}): number | undefined {
  const { chargingSchedulePeriod, minChargingRate = 0 } = profile.chargingSchedule;
  const limits = [...chargingSchedulePeriod.map(({ limit }) => limit), minChargingRate];
  return limits.find((limit) => Math.round(limit * 10) / 10 !== limit);
}

/** Which profiles to clear; what is left out matches all. */
export const ProfileFilter = closed({
  chargingProfileId: Type.Optional(Type.Integer()),
  evseId: Type.Optional(EvseId),
  chargingProfilePurpose: Type.Optional(Purpose),
  stackLevel: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ProfileFilter = Static<typeof ProfileFilter>;

/** What all profiles together allow, as the station computes it. */
export const CompositeSchedule = closed({
  scheduleStart: Type.Optional(Instant),
  chargingSchedule: Type.Optional(Type.Unknown()),
});
