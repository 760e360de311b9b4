import { type Cipher, instantAfter, instantFrom } from "#bus";
import type { Peer } from "./parts.ts";

const dayMs = 86_400_000;
/** No station that speaks to us was there before. */
const firstPlausible = "2015-01-01";

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
  const { tomorrow, expiresAt } = bookOf(at, fact.days);
  const said = fact.stationInstant === undefined ? undefined : inUtc(fact.stationInstant);
  const plausible = said !== undefined && said > firstPlausible && said.slice(0, 10) <= tomorrow;
  // To the second, so that receipts of one moment lie on one page of the index.
  const place = plausible ? said.slice(0, 19) : `connection ${peer.epoch}`;
  const digest = cipher.digest(`${peer.key}\n${action}\n${place}\n${payload}`);
  return { id: `${place}-${digest}`, expiresAt };
}

const alreadyUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Most stations write UTC; the others are converted. */
function inUtc(text: string): string | undefined {
  return alreadyUtc.test(text) ? text : instantFrom(text);
}

interface Book {
  readonly hour: string;
  readonly days: number;
  readonly tomorrow: string;
  readonly expiresAt: string;
}

let book: Book = { hour: "", days: 0, tomorrow: "", expiresAt: "" };

/** What receipts of one hour share; worked out once. */
function bookOf(at: string, days: number): Book {
  const hour = at.slice(0, 13);
  if (book.hour !== hour || book.days !== days) {
    const begin = `${hour}:00:00.000Z`;
    const tomorrow = instantAfter(begin, dayMs).slice(0, 10);
    book = { hour, days, tomorrow, expiresAt: instantAfter(begin, days * dayMs) };
  }
  return book;
}
