// What a virtual station has to say, in no version's words; a speaker puts it into one's.
import type { Dice } from "../world/dice.ts";
import { ocpp16 } from "./ocpp16.ts";

/** What a meter showed at an instant of the station's clock. */
export interface Reading {
  readonly at: string;
  readonly wh: number;
}

/** One charging session, as the station's memory has it: the truth that Motown is held against. */
export interface Session {
  readonly stationId: string;
  readonly evseId: number;
  readonly token: string;
  /** The station had no clock: a sample that it tells on another connection may be another. */
  readonly withoutClock: boolean;
  readonly start: Reading;
  readonly readings: Reading[];
  stop?: (Reading & { readonly reason: "Local" | "PowerLoss" | "Remote" | "Reboot" }) | undefined;
  /** The number that Motown gave it. */
  number?: number | undefined;
  startTold: boolean;
  stopTold: boolean;
}

/** Something that happened and must be told, in its turn, until it is acknowledged. */
export type Fact =
  | { readonly kind: "start"; readonly session: Session }
  | { readonly kind: "sample"; readonly session: Session; readonly reading: Reading }
  | { readonly kind: "stop"; readonly session: Session; readonly withReadings: boolean };

export interface Call {
  readonly action: string;
  readonly payload: Payload;
}

export type Payload = Readonly<Record<string, unknown>>;

/** What a CALL of Motown asks a station to do beyond answering. */
export type Wanted =
  | { readonly kind: "start"; readonly token: string; readonly evseId?: number | undefined }
  | { readonly kind: "stop"; readonly number: number }
  | { readonly kind: "reset" }
  | { readonly kind: "trigger"; readonly message: string; readonly evseId?: number | undefined }
  | { readonly kind: "nothing" };

export type EvseStatus = "available" | "preparing" | "charging" | "finishing" | "faulted";

/** One version of OCPP from a station's side. */
export interface Speaker {
  readonly protocol: string;
  boot(plate: { vendor: string; model: string; firmware: string }): Call;
  heartbeat(): Call;
  status(given: { evseId: number; status: EvseStatus; at: string }): Call;
  authorize(token: string): Call;
  tell(fact: Fact): Call;
  /** Calls of no consequence, of all kinds that a station may send. */
  chat(dice: Dice, at: string): Call;
  /** Calls that no schema allows, or that nobody knows. */
  nonsense(dice: Dice): Call;
  readBoot(answer: Payload): { readonly accepted: boolean; readonly intervalSeconds: number };
  readStart(answer: Payload): { readonly number: number };
  /** Whether the answer to a call that names a token says that nobody knows it. */
  disowns(answer: Payload): boolean;
  wanted(call: Call): Wanted;
  /** The answer to a CALL; undefined: this station does not know the action. */
  answer(call: Call, mood: { readonly accepts: boolean; readonly dice: Dice }): Payload | undefined;
  /** Whether this refusal means that the station may not speak. */
  readonly refusedCode: string;
}

/** All speakers by their protocol. A version that joins `src/ocpp/versions.ts` needs one here. */
export const speakers: Readonly<Record<string, Speaker>> = { [ocpp16.protocol]: ocpp16 };
