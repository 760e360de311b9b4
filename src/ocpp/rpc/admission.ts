import { type Command, isServed, type StationState, systemActor, toChargingStation } from "#core";
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

const policy = systemActor("admission-policy");

/**
 * Under the policy `accept` a stranger is accepted at its boot. Whom an operator has un-accepted or
 * decommissioned is no stranger.
 */
export async function admitStranger(
  parts: RpcParts,
  peer: Peer,
  state: StationState,
): Promise<StationState> {
  if (parts.settings.unknownStations !== "accept") return state;
  if (state.accepted || state.admitted || state.decommissioned) return state;
  const created = creation(parts, peer);
  await parts.bus.commands.execute({
    actor: policy,
    station: peer.key,
    protocol: peer.version.protocol,
    fence: { station: peer.key, epoch: peer.epoch },
    commands: ({ station }) => {
      if (station.admitted || station.decommissioned) return [];
      const accept = toChargingStation(peer.key, "AcceptChargingStation", {});
      return station.exists ? [accept] : [created, accept];
    },
  });
  return parts.bus.commands.station(peer.key);
}
