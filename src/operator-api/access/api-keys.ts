import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Cipher, Credential } from "#bus";

/** Id of the key that the setting or `MOTOWN_API_KEY` presets; its text may have any form. */
export const presetKeyId = "preset";

/** A new key: 160 random bits under an id that may be shown. */
export function newApiKey(id: string): string {
  return `mtn_${id}_${randomBytes(20).toString("base64url")}`;
}

/** Id of a key by its text. */
export function keyIdOf(key: string): string {
  return /^mtn_([a-z0-9-]{1,64})_[\w-]{20,}$/.exec(key)?.[1] ?? presetKeyId;
}

/** Name of the credential of a key. */
export function keyOwner(id: string): string {
  return `api-key:${id}`;
}

/** What is stored of a key: an HMAC. Keys are random, so a slow hash would protect nothing more. */
export function keyCredential(
  cipher: Cipher,
  { id, key }: { readonly id: string; readonly key: string },
): Credential {
  return { owner: keyOwner(id), secret: hmacOf(cipher, key) };
}

export function isKey(
  cipher: Cipher,
  { key, secret }: { readonly key: string; readonly secret: string },
): boolean {
  const given = Buffer.from(hmacOf(cipher, key));
  const wanted = Buffer.from(secret);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function hmacOf(cipher: Cipher, key: string): string {
  return `hmac-sha256$${cipher.hmac("password", key)}`;
}
