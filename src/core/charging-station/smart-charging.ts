import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import {
  ChargingProfile,
  CompositeSchedule,
  limitTooFine,
  ProfileFilter,
} from "../values/charging-profile.ts";
import { closed, EvseId, Instant, oneOf, Target, targetName, targetOf } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { fromStation, type StationState, toStation } from "./state.ts";

const SetAsked = requestOf({ evseId: Type.Optional(EvseId), chargingProfile: ChargingProfile });
const ClearAsked = requestOf(ProfileFilter.properties);
const ScheduleAsked = requestOf({
  evseId: Type.Optional(EvseId),
  durationSeconds: Type.Integer({ minimum: 1 }),
  chargingRateUnit: Type.Optional(oneOf("A", "W")),
});

const event = eventRows<StationState>();

const events = {
  SetChargingProfileRequested: requested(SetAsked, {
    type: "SetChargingProfileRequested",
    target: (data) => profileTarget(data),
  }),
  ChargingProfileSet: event(
    closed({ target: Target, chargingProfile: ChargingProfile, at: Instant }),
    null,
  ),
  ClearChargingProfilesRequested: requested(ClearAsked, {
    type: "ClearChargingProfilesRequested",
    target: clearTarget,
  }),
  ChargingProfilesCleared: event(closed({ filter: ProfileFilter, at: Instant }), null),
  CompositeScheduleRequested: requested(ScheduleAsked, {
    type: "CompositeScheduleRequested",
    target: (data) => targetName(targetOf(data.evseId)),
  }),
  CompositeScheduleReceived: event(
    closed({
      requestId: Type.Optional(Type.String()),
      target: Target,
      schedule: CompositeSchedule,
      at: Instant,
    }),
    null,
  ),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  RequestSetChargingProfile: asking({
    data: SetAsked,
    guards: toStation,
    decide: (data, station) => {
      // Only we know which number the station gave that transaction: it cannot refuse for us.
      const { transactionId } = data.chargingProfile;
      const fine = limitTooFine(data.chargingProfile);
      if (fine !== undefined) return reject("ChargingLimitTooFine", `${fine}`);
      const open = station.openTransactions.some((one) => one.transactionId === transactionId);
      if (transactionId !== undefined && !open) return reject("TransactionNotOpen", transactionId);
      return ask(station, { type: "SetChargingProfileRequested", data }, profileTarget(data));
    },
  }),
  RecordChargingProfileSet: command({
    data: events.ChargingProfileSet.data,
    guards: fromStation,
    decide: (data) => [{ type: "ChargingProfileSet", data }],
  }),
  RequestClearChargingProfiles: asking({
    data: ClearAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "ClearChargingProfilesRequested", data }, clearTarget(data)),
  }),
  RecordChargingProfilesCleared: command({
    data: events.ChargingProfilesCleared.data,
    guards: fromStation,
    decide: (data) => [{ type: "ChargingProfilesCleared", data }],
  }),
  RequestCompositeSchedule: asking({
    data: ScheduleAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "CompositeScheduleRequested", data }, targetName(targetOf(data.evseId))),
  }),
  RecordCompositeSchedule: command({
    data: events.CompositeScheduleReceived.data,
    guards: fromStation,
    decide: (data) => [{ type: "CompositeScheduleReceived", data }],
  }),
};

function profileTarget(data: {
  readonly evseId?: number;
  readonly chargingProfile: ChargingProfile;
}): string {
  const { chargingProfilePurpose, stackLevel } = data.chargingProfile;
  return `${targetName(targetOf(data.evseId))} ${chargingProfilePurpose} ${stackLevel}`;
}

function clearTarget(filter: ProfileFilter): string {
  const { chargingProfileId, evseId, chargingProfilePurpose, stackLevel } = filter;
  return [chargingProfileId, evseId, chargingProfilePurpose, stackLevel].join(" ");
}

/** Limits on power and current: set, cleared, and what they add up to. */
export const smartCharging = { commands, events };
