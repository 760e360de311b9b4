// The real clock, ids, dice and cipher. Tests and simulations bring their own.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  randomInt,
  randomUUIDv7,
} from "node:crypto";
import type { Cipher, Clock, Dice, Ids } from "./ports/environment.ts";

let lastMs = 0;
let lastNow = "";

/** Instants of one millisecond share their text: a busy server asks many times in each. */
function systemNow(): string {
  const ms = Date.now();
  if (ms !== lastMs) {
    lastMs = ms;
    lastNow = new Date(ms).toISOString();
  }
  return lastNow;
}

export const systemClock: Clock = {
  now: systemNow,
  monotonicMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export const systemIds: Ids = { next: () => randomUUIDv7() };

export const systemDice: Dice = {
  below: (limit) => randomInt(limit),
  hex: (bytes) => randomBytes(bytes).toString("hex"),
};

/** 22 characters of base64url are 132 bits. */
const digestCharacters = 22;

/**
 * A cipher from one secret of at least 32 bytes; each use has a key of its own (HKDF, RFC 5869).
 */
export function cipherOf(secret: Uint8Array): Cipher {
  const keyFor = (use: string) => Buffer.from(hkdfSync("sha256", secret, "motown", use, 32));
  const sealing = keyFor("seal");
  const keys = {
    token: keyFor("token"),
    password: keyFor("password"),
  };
  const digestKey = keyFor("digest").toString("hex");
  return {
    digest: (text) => hash("sha256", digestKey + text, "base64url").slice(0, digestCharacters),
    hmac: (purpose, text) => createHmac("sha256", keys[purpose]).update(text).digest("hex"),
    seal: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
    },
  };
}
