import { Type } from "@sinclair/typebox";
import { commandRows, type Decision, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { closed } from "../values/common.ts";
import { OpeningTime, Place } from "../values/place.ts";
import { asOperator, type StationState } from "./state.ts";

const OpeningTimes = closed({ openingTimes: Type.Array(OpeningTime, { maxItems: 100 }) });

const event = eventRows<StationState>();

const events = {
  ChargingStationPlaced: event(Place, null),
  ChargingStationLocationImproved: event(Place, null),
  ChargingStationMoved: event(Place, null),
  ChargingStationOpeningTimesSet: event(OpeningTimes, null),
  ChargingStationOpeningTimesAdded: event(OpeningTimes, null),
};

const command = commandRows<StationState, typeof events>();

const commands = {
  /** First known place of the station. */
  PlaceChargingStation: command({
    data: Place,
    guards: asOperator,
    decide: (data) => refusePlace(data) ?? [{ type: "ChargingStationPlaced", data }],
  }),
  /** The same place, known better. */
  ImproveChargingStationLocation: command({
    data: Place,
    guards: asOperator,
    decide: (data) => refusePlace(data) ?? [{ type: "ChargingStationLocationImproved", data }],
  }),
  /** Another place: the station was moved. */
  MoveChargingStation: command({
    data: Place,
    guards: asOperator,
    decide: (data) => refusePlace(data) ?? [{ type: "ChargingStationMoved", data }],
  }),
  /** Replaces all opening times; an empty list clears them. */
  SetChargingStationOpeningTimes: command({
    data: OpeningTimes,
    guards: asOperator,
    decide: (data) => refuseTimes(data) ?? [{ type: "ChargingStationOpeningTimesSet", data }],
  }),
  AddChargingStationOpeningTimes: command({
    data: OpeningTimes,
    guards: asOperator,
    decide: (data) => refuseTimes(data) ?? [{ type: "ChargingStationOpeningTimesAdded", data }],
  }),
};

function refusePlace(place: Place): Decision<never> | undefined {
  const known = place.coordinates !== undefined || place.address !== undefined;
  return known ? undefined : reject("PlaceMissing");
}

function refuseTimes(data: { openingTimes: OpeningTime[] }): Decision<never> | undefined {
  const backwards = data.openingTimes.find((time) => time.timeStop <= time.timeStart);
  return backwards === undefined
    ? undefined
    : reject("OpeningTimeBackwards", `${backwards.day} ${backwards.timeStart}`);
}

/** Where the station stands and when it is open. Only views care. */
export const placement = { commands, events };
