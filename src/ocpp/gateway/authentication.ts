import {
  type Cipher,
  type EventStore,
  isStationPassword,
  passwordOf,
  stationCredential,
} from "#bus";
import type { StationKey } from "#core";
import type { HandshakeRefusal } from "./refusal.ts";

/** Checks a handshake's HTTP Basic password; undefined: it may pass. */
export async function checkPassword(
  parts: {
    readonly store: Pick<EventStore, "findCredential">;
    readonly cipher: Cipher;
    /** Stations without a password are refused. */
    readonly requirePasswords: boolean;
  },
  given: { readonly key: StationKey; readonly header: string | undefined },
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
  return isStationPassword(parts.cipher, { key, password, secret: credential.secret })
    ? undefined
    : { status: 401, reason: "The station's password is wrong." };
}
