import { timingSafeEqual } from "node:crypto";
import { type StationKey, stationKey } from "#core";
import type { Cipher } from "./ports/environment.ts";

const scheme = "hmac-sha256:";
/** An identity has at most 255 characters. */
const identityBytesMax = 4 * 255;

/** Owner of a station's password in the credentials. */
export function stationCredential(key: StationKey): string {
  return `station:${key}`;
}

/**
 * What is kept of a station's password. It is made by us and long, so an HMAC under our secret
 * does: a slow hash would cost hours of CPU when a whole network reconnects.
 */
export function stationSecret(
  cipher: Cipher,
  station: { readonly key: StationKey; readonly password: string | Uint8Array },
): string {
  const bytes = Buffer.concat([Buffer.from(`${station.key}:`), Buffer.from(station.password)]);
  return scheme + cipher.hmac("password", bytes);
}

/** Whether a password is the one whose secret is kept. Takes as long for a wrong one. */
export function isStationPassword(
  cipher: Cipher,
  given: {
    readonly key: StationKey;
    readonly password: string | Uint8Array;
    readonly secret: string;
  },
): boolean {
  const expected = Buffer.from(given.secret);
  const actual = Buffer.from(stationSecret(cipher, given));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/**
 * The password of an HTTP Basic header, as bytes (OCPP-J 1.6 allows all of them); undefined where
 * the header is none, or its user is not this station. An identity may hold a colon.
 */
export function passwordOf(header: string | undefined, key: StationKey): Uint8Array | undefined {
  const encoded = /^basic\s+([a-z0-9+/=_-]+)\s*$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, "base64");
  for (let at = bytes.indexOf(":"); at >= 0; at = bytes.indexOf(":", at + 1)) {
    if (at > identityBytesMax) return undefined;
    if (stationKey(bytes.toString("utf8", 0, at)) === key) return bytes.subarray(at + 1);
  }
  return undefined;
}
