import {
  type Cipher,
  type EventStore,
  isStationPassword,
  passwordOf,
  stationCredential,
} from "#bus";
import type { StationKey } from "#core";
import type { Quirks } from "../quirks/flags.ts";
import type { HandshakeRefusal } from "./refusal.ts";

/** Checks a handshake's HTTP Basic password; undefined: it may pass. */
export async function checkPassword(
  parts: {
    readonly store: Pick<EventStore, "findCredential">;
    readonly cipher: Cipher;
    /** Stations without a password are refused. */
    readonly requirePasswords: boolean;
  },
  given: {
    readonly key: StationKey;
    readonly header: string | undefined;
    /** How the station writes its password, where that is a quirk; asked for a wrong one alone. */
    readonly passwordAs?: () => Promise<Quirks["passwordAs"]>;
  },
): Promise<HandshakeRefusal | undefined> {
  const { key, header } = given;
  const credential = await parts.store.findCredential(stationCredential(key));
  if (credential === undefined) {
    return parts.requirePasswords
      ? { status: 401, reason: "No password is set for this station, and one is required." }
      : undefined;
  }
  if (header === undefined) return { status: 401, reason: "The station sent no password." };
  const password = passwordOf(header, key);
  if (password === undefined) {
    const reason = "The user name of the Authorization header is not the station id of the URL.";
    return { status: 401, reason };
  }
  const { secret } = credential;
  const isRight = (one: Uint8Array) =>
    isStationPassword(parts.cipher, { key, password: one, secret });
  if (isRight(password)) return undefined;
  if ((await given.passwordAs?.()) === "hex" && hexForms(password).some(isRight)) return undefined;
  return { status: 401, reason: "The station's password is wrong." };
}

/**
 * What the other side may have kept: OCPP 1.6 sets a key as hex digits, and stations differ in
 * whether they send these or the bytes they stand for.
 */
function hexForms(password: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(password);
  const digits = bytes.toString("hex");
  const forms = [Buffer.from(digits), Buffer.from(digits.toUpperCase())];
  const isDigits = /^([0-9a-f]{2})+$/i.test(bytes.toString("latin1"));
  return isDigits ? [...forms, Buffer.from(bytes.toString("latin1"), "hex")] : forms;
}
