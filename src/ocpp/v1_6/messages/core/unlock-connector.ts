import { toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";
import { connectorOf, evseIdOf } from "../../translate.ts";

/** Open the lock of a plug. */
export const unlockConnector = toStation({
  action: "UnlockConnector",
  spec: "OCPP 1.6 edition 2, §5.18",
  on: "UnlockEvseRequested",
  priority: 1,
  request: ({ evseId }, { state }) => ({ connectorId: connectorOf(state, evseId) }),
  outcome: (response, { connectorId }, { state, key, at }) => {
    const evseId = evseIdOf(state, connectorId);
    const end = endOf("UnlockConnector", response);
    if (end.outcome !== "accepted" || evseId === undefined) return end;
    return { ...end, commands: [toChargingStation(key, "RecordEvseUnlocked", { evseId, at })] };
  },
});
