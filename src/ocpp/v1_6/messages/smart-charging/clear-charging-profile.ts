import { present, toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";
import { connectorOf, evseIdOf } from "../../translate.ts";

/** Take limits back: one by its id, or all that match. */
export const clearChargingProfile = toStation({
  action: "ClearChargingProfile",
  spec: "OCPP 1.6 edition 2, §5.5",
  on: "ClearChargingProfilesRequested",
  priority: 2,
  request: ({ chargingProfileId, evseId, chargingProfilePurpose, stackLevel }, { state }) =>
    present({
      id: chargingProfileId,
      connectorId: evseId === undefined ? undefined : connectorOf(state, evseId),
      chargingProfilePurpose,
      stackLevel,
    }),
  outcome: (response, request, { state, key, at }) => {
    const end = endOf("ClearChargingProfile", response);
    if (end.outcome !== "accepted") return end;
    const { id, connectorId, chargingProfilePurpose, stackLevel } = request;
    const filter = present({
      chargingProfileId: id,
      evseId: evseIdOf(state, connectorId),
      chargingProfilePurpose,
      stackLevel,
    });
    return {
      ...end,
      commands: [toChargingStation(key, "RecordChargingProfilesCleared", { filter, at })],
    };
  },
});
