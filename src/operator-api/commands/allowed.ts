import {
  type Actor,
  type AnyCommandRow,
  chargingStation,
  type Qualified,
  rejections,
  type StationCommands,
  type StationState,
  transaction,
} from "#core";
import { operationIdOf } from "../http/route.ts";
import { onStation } from "./on-station.ts";
import { namesOf } from "./publicity.ts";

/** One thing that an actor may or may not do now. */
export interface AllowedCommand {
  readonly type: string;
  /** The permission that it takes: the type, or one of its kinds (`RequestReset.hard`). */
  readonly permission: string;
  /** Where it is sent. */
  readonly to: keyof typeof places;
  /** The operation by which it is asked for. */
  readonly operation: string;
  /** What its request says in the body. */
  readonly when?: Readonly<Record<string, string | boolean>>;
  readonly allowed: boolean;
  readonly code?: string;
  readonly reason?: string;
}

const station = "/api/v1/charging-stations/{stationId}";

/** Where things are asked of a station. */
export const places = {
  commands: { method: "POST", path: `${station}/commands` },
  requests: { method: "POST", path: `${station}/requests` },
  request: { method: "DELETE", path: `${station}/requests/{requestId}` },
  password: { method: "PUT", path: `${station}/password` },
  transactions: { method: "POST", path: "/api/v1/transactions/{transactionId}/commands" },
} as const;

/** Asks the guards of every public command: the same rows that will decide. */
export function allowedNow(actor: Actor, state: StationState): readonly AllowedCommand[] {
  const about = { actor, state };
  const typed = (to: AllowedCommand["to"]) => (type: keyof StationCommands) =>
    asked(about, type, { type, to, when: { type } });
  return [
    ...namesOf("command").flatMap(typed("commands")),
    ...reservable(about),
    ...asked(about, "SetStationPassword", { type: "SetStationPassword", to: "password" }),
    ...typed("transactions")("EndTransaction"),
    settling(about),
    ...namesOf("request").flatMap(typed("requests")),
    ...asked(about, "WithdrawRequest", { type: "WithdrawRequest", to: "request" }),
  ];
}

interface About {
  readonly actor: Actor;
  readonly state: StationState;
}

type Named = Pick<AllowedCommand, "type" | "to" | "when">;

/** Two commands of the decider under the one name that operators know. */
function reservable(about: About): readonly AllowedCommand[] {
  const type = "UpdateChargingStationReservable";
  const name = (yes: boolean): Named => ({ type, to: "commands", when: { type, reservable: yes } });
  return [
    ...asked(about, "MakeChargingStationReservable", name(true)),
    ...asked(about, "MakeChargingStationNotReservable", name(false)),
  ];
}

/** Of a transaction that is there, whichever it is: its guard asks for the permission alone. */
function settling({ actor, state }: About): AllowedCommand {
  const permission = "SettleReview";
  const existing = { ...transaction.initialState, exists: true };
  const refusal = transaction.commands.SettleReview.guards({
    ...{ actor: onStation(actor, state), state: existing, permission },
  });
  const named: Named = { type: permission, to: "transactions", when: { type: permission } };
  return answered({ ...named, permission }, refusal?.rejected);
}

function asked(
  about: About,
  command: keyof StationCommands,
  named: Named,
): readonly AllowedCommand[] {
  const row: AnyCommandRow<StationState> = chargingStation.commands[command];
  return kindsOf(command, named, row.qualified).map((kind) => {
    const { permission } = kind;
    return answered(kind, row.guards({ ...about, permission })?.rejected);
  });
}

/** Each kind can be permitted apart, and its request says which one it is. */
function kindsOf(command: string, named: Named, qualified: Qualified | undefined) {
  if (qualified === undefined) return [{ ...named, permission: command }];
  return qualified.into.map((kind) => ({
    ...named,
    permission: `${command}.${kind}`,
    when: { ...named.when, [qualified.by]: kind },
  }));
}

function answered(
  { type, permission, to, when }: Named & { readonly permission: string },
  code: keyof typeof rejections | undefined,
): AllowedCommand {
  const operation = operationIdOf(places[to]);
  const one = { type, permission, to, operation, ...(when === undefined ? {} : { when }) };
  if (code === undefined) return { ...one, allowed: true };
  return { ...one, allowed: false, code, reason: rejections[code].sentence };
}
