import { type Actor, chargingStation, rejections, type StationState, transaction } from "#core";
import { onStation } from "./on-station.ts";
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
    settling(about),
    ...namesOf("request").flatMap((type) => asked(about, type, "requests")),
  ];
}

interface About {
  readonly actor: Actor;
  readonly state: StationState;
}

/** Of a transaction that is there, whichever it is: its guard asks for the permission alone. */
function settling({ actor, state }: About): AllowedCommand {
  const permission = "SettleReview";
  const existing = { ...transaction.initialState, exists: true };
  const refusal = transaction.commands.SettleReview.guards({
    ...{ actor: onStation(actor, state), state: existing, permission },
  });
  return answered({ type: permission, permission, to: "transactions" }, refusal?.rejected);
}

function asked(
  about: About,
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
    return answered({ type: shown, permission, to }, refusal?.rejected);
  });
}

function answered(
  one: Pick<AllowedCommand, "type" | "permission" | "to">,
  code: keyof typeof rejections | undefined,
): AllowedCommand {
  if (code === undefined) return { ...one, allowed: true };
  return { ...one, allowed: false, code, reason: rejections[code].sentence };
}
