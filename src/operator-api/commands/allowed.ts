import { type Actor, chargingStation, rejections, type StationState } from "#core";
import { namesOf, type PublicCommand, type PublicRequest } from "./publicity.ts";

/** One thing that an actor may or may not do now. */
export interface AllowedCommand {
  readonly type: string;
  /** The permission that it takes: the type, or one of its kinds (`RequestReset.hard`). */
  readonly permission: string;
  /** Where it is sent. */
  readonly to: "commands" | "requests" | "transactions";
  readonly allowed: boolean;
  readonly code?: string;
  readonly reason?: string;
}

/** Asks the guards of every public command: the same rows that will decide. */
export function allowedNow(actor: Actor, state: StationState): readonly AllowedCommand[] {
  const about = { actor, state };
  return [
    ...namesOf("command").flatMap((type) => asked(about, type, "commands")),
    ...asked(about, "MakeChargingStationReservable", "commands"),
    ...asked(about, "EndTransaction", "transactions"),
    ...namesOf("request").flatMap((type) => asked(about, type, "requests")),
  ];
}

function asked(
  about: { readonly actor: Actor; readonly state: StationState },
  type: PublicCommand | PublicRequest | "MakeChargingStationReservable" | "EndTransaction",
  to: AllowedCommand["to"],
): readonly AllowedCommand[] {
  const row: { readonly qualifiers?: readonly string[] } & Pick<
    (typeof chargingStation.commands)[typeof type],
    "guards"
  > = chargingStation.commands[type];
  const kinds = row.qualifiers?.map((kind) => `${type}.${kind}`) ?? [type];
  const shown = type.startsWith("Make") ? "UpdateChargingStationReservable" : type;
  return kinds.map((permission) => {
    const refusal = row.guards({ ...about, permission });
    if (refusal === undefined) return { type: shown, permission, to, allowed: true };
    const code = refusal.rejected;
    const reason = rejections[code].sentence;
    return { type: shown, permission, to, allowed: false, code, reason };
  });
}
