import { type Cipher, instantAfter, instantFrom } from "#bus";
import type { Peer } from "./parts.ts";

const dayMs = 86_400_000;
/** No station that speaks to us was there before. */
const firstPlausible = "2015-01-01T00:00:00.000Z";

/**
 * Id of a fact: the same station, action and payload are the same fact, whatever the message id.
 * Its first part is the day, so that the store's index is written at one end. With a clock that
 * cannot be right, two facts may look alike after a reboot: then only the same connection can
 * repeat itself.
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
  const connection = plausible ? "" : String(peer.epoch);
  const hash = cipher.hmac("receipt", `${peer.key}\n${action}\n${connection}\n${payload}`);
  const day = (plausible ? said : at).slice(0, 10);
  return { id: `${day}-${hash}`, expiresAt: instantAfter(at, fact.days * dayMs) };
}
