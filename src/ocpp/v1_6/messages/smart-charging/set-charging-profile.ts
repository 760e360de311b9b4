import { type ChargingProfile, type StationState, toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { profileOf, wireProfile } from "../../profiles.ts";
import { toStation } from "../../row.ts";
import { connectorOf, targetOfConnector } from "../../translate.ts";

/** Limit power or current over time. */
export const setChargingProfile = toStation({
  action: "SetChargingProfile",
  spec: "OCPP 1.6 edition 2, §5.16",
  on: "SetChargingProfileRequested",
  priority: 2,
  request: ({ evseId, chargingProfile }, { state }) => ({
    connectorId: connectorOf(state, evseId),
    csChargingProfiles: wireProfile(
      chargingProfile,
      transactionNumberOf(state, evseId, chargingProfile),
    ),
  }),
  outcome: (response, { connectorId, csChargingProfiles }, { state, key, at }) => {
    const end = endOf("SetChargingProfile", response);
    if (end.outcome !== "accepted") return end;
    const data = {
      target: targetOfConnector(state, connectorId),
      chargingProfile: profileOf(csChargingProfiles, state),
      at,
    };
    return { ...end, commands: [toChargingStation(key, "RecordChargingProfileSet", data)] };
  },
});

/** A TxProfile is for one transaction: the one it names, else what runs on its EVSE. */
function transactionNumberOf(
  state: StationState,
  evseId: number | undefined,
  profile: ChargingProfile,
): number | undefined {
  const { chargingProfilePurpose, transactionId } = profile;
  if (chargingProfilePurpose !== "TxProfile") return undefined;
  const owner = state.openTransactions.find((open) =>
    transactionId === undefined ? open.evseId === evseId : open.transactionId === transactionId,
  );
  return owner?.transactionNumber;
}
