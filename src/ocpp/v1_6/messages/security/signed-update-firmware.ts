import { toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";

/** Fetch and install a signed firmware; its statuses follow. */
export const signedUpdateFirmware = byCallOnly({
  action: "SignedUpdateFirmware",
  spec: "OCPP 1.6 security whitepaper edition 3, SignedUpdateFirmware",
  priority: 2,
  outcome: (response, _request, { key, at, requestId }) => {
    const end = endOf("SignedUpdateFirmware", response);
    if (end.outcome !== "accepted") return end;
    const taken = toChargingStation(key, "RecordFirmwareUpdateTakenOn", { requestId, at });
    return { ...end, commands: [taken] };
  },
});
