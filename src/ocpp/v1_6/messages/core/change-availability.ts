import { toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";
import {
  availabilityOf,
  availabilityWords,
  connectorOf,
  targetOfConnector,
} from "../../translate.ts";

/** Put into use or out of it; a station that is charging does so afterwards (`Scheduled`). */
export const changeAvailability = toStation({
  action: "ChangeAvailability",
  spec: "OCPP 1.6 edition 2, §5.2",
  on: "ChangeAvailabilityRequested",
  priority: 2,
  request: ({ evseId, availability }, { state }) => ({
    connectorId: connectorOf(state, evseId),
    type: availabilityWords[availability],
  }),
  outcome: (response, { connectorId, type }, { state, key, at }) => {
    const end = endOf("ChangeAvailability", response);
    if (end.outcome !== "accepted") return end;
    const scheduled = end.status === "Scheduled";
    const target = targetOfConnector(state, connectorId);
    const change = { target, availability: availabilityOf(type), at };
    const name = scheduled ? "RecordAvailabilityScheduled" : "RecordAvailabilityChanged";
    return { ...end, commands: [toChargingStation(key, name, change)] };
  },
});
