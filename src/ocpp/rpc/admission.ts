import { type Command, isServed, type StationState, toChargingStation } from "#core";
import type { AnyFromStationRow } from "../message.ts";
import type { Peer, RpcParts } from "./parts.ts";

/** Whether a station in this state may send this. The gate is the stored state, not the socket. */
export function isAdmitted(
  state: StationState,
  row: Pick<AnyFromStationRow, "admission"> | undefined,
): boolean {
  if (isServed(state)) return true;
  if (row?.admission === "anybody") return true;
  return row?.admission === "onceAdmitted" && state.admitted;
}

const numberBaseMin = 2 ** 20;
const numberBaseMax = 2 ** 30;

/** The command that makes a stranger known. */
export function creation(parts: RpcParts, peer: Peer): Command {
  return toChargingStation(peer.key, "CreateChargingStation", {
    stationId: peer.stationId,
    administrators: [...parts.settings.administrators],
    transactionNumberBase: numberBaseMin + parts.dice.below(numberBaseMax - numberBaseMin),
  });
}
