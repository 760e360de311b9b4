import { type Cipher, instantAfter, instantFrom } from "#bus";
import type { Peer } from "./parts.ts";

const dayMs = 86_400_000;
/** 128 bits: no two facts of 400 days are taken for one. */
const digestBytes = 16;
/** No station that speaks to us was there before. */
const firstPlausible = "2015-01-01T00:00:00.000Z";

/**
 * Id of a fact: the same station, action and payload are the same fact, whatever the message id.
 * Its first part is the fact's own second, so that the store's index is written at one end. With a
 * clock that cannot be right, two facts may look alike after a reboot: then only the same
 * connection can repeat itself.
 */
export function receiptOf(
  cipher: Cipher,
  fact: {
    readonly peer: Pick<Peer, "key" | "epoch">;
    readonly action: string;
    readonly payload: string;
    readonly stationInstant?: string | undefined;
    readonly at: string;
    readonly days: number;
  },
): { readonly id: string; readonly expiresAt: string } {
  const { peer, action, payload, at } = fact;
  const said = fact.stationInstant === undefined ? undefined : instantFrom(fact.stationInstant);
  const plausible =
    said !== undefined && said > firstPlausible && Date.parse(said) <= Date.parse(at) + dayMs;
  // To the second, so that receipts of one moment lie on one page of the index.
  const place = plausible ? said.slice(0, 19) : `connection ${peer.epoch}`;
  const hash = cipher.hmac("receipt", `${peer.key}\n${action}\n${place}\n${payload}`);
  const digest = Buffer.from(hash, "hex").subarray(0, digestBytes).toString("base64url");
  return { id: `${place}-${digest}`, expiresAt: instantAfter(at, fact.days * dayMs) };
}
