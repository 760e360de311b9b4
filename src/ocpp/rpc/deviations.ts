import type { Frame } from "#bus";
import {
  type Command,
  type StationKey,
  type StationState,
  stationActor,
  toChargingStation,
} from "#core";
import type { Peer, RpcParts } from "./parts.ts";

const none: readonly Command[] = [];

/** What a station is by now, for a frame that deviates. */
export function shownBy({ bus }: Pick<RpcParts, "bus">, key: StationKey): Frame["shownBy"] {
  const state = bus.commands.stationNow(key);
  if (state === undefined) return undefined;
  const { vendor, model, firmwareVersion } = state;
  return { vendor, model, firmwareVersion };
}

/** Events for deviations that this firmware has not shown before. The rest is only counted. */
export function deviationCommands(
  peer: Peer,
  state: StationState,
  seen: { readonly codes: readonly string[]; readonly at: string },
): readonly Command[] {
  if (seen.codes.length === 0) return none;
  return seen.codes
    .filter((code) => !state.knownDeviations.includes(code))
    .map((code) => toChargingStation(peer.key, "RecordDeviation", { code, at: seen.at }));
}

/** Tells the operator what this firmware has not shown before. */
export function logDeviations(
  { log, complaints }: Pick<RpcParts, "log" | "complaints">,
  peer: Peer,
  {
    state,
    ...seen
  }: {
    readonly state: StationState | undefined;
    readonly codes: readonly string[];
    readonly action?: string | undefined;
  },
): void {
  const codes = seen.codes.filter((code) => !state?.knownDeviations.includes(code));
  if (codes.length === 0) return;
  // Of a stranger nothing is remembered, so that all that it does is new each time.
  const unsaid = state?.exists === true ? 0 : complaints.due(`stranger ${peer.key}`);
  if (unsaid === undefined) return;
  const fields = { station: peer.stationId, deviations: codes, action: seen.action };
  log.warn("A station departs from its protocol", fields);
}

/** Records them where the message leads to nothing else: nobody waits for it. */
export function noteDeviations(
  parts: RpcParts,
  peer: Peer,
  seen: {
    readonly codes: readonly string[];
    readonly at: string;
    readonly action?: string | undefined;
  },
): void {
  const { commands: bus } = parts.bus;
  const state = bus.stationNow(peer.key);
  logDeviations(parts, peer, { ...seen, state });
  if (state === undefined || !state.exists) return;
  if (deviationCommands(peer, state, seen).length === 0) return;
  bus
    .execute({
      actor: stationActor(peer.key),
      station: peer.key,
      protocol: peer.version.protocol,
      commands: ({ station }) => deviationCommands(peer, station, seen),
    })
    .catch((error: unknown) =>
      parts.log.error("A deviation could not be recorded", { station: peer.stationId, error }),
    );
}
