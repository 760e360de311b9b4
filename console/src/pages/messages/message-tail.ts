// The list of messages while it grows at its head: pure, so that what is held back, what is cut and
// where one reads on can be told without a browser.
import type { Message } from "./frame-text.ts";

/** A page as the API answers it. */
export interface MessagePage {
  readonly items: readonly Message[];
  readonly next?: string | undefined;
  readonly newest?: string | undefined;
}

/** What is shown, the newest first, and what came since and waits to be shown. */
export interface Tail {
  readonly rows: readonly Message[];
  readonly held: readonly Message[];
  /** Where older ones are read on; absent: there are none. */
  readonly next?: string | undefined;
  /** Where what is held back reads on, if it does not join what is shown. */
  readonly heldNext?: string | undefined;
  readonly newest?: string | undefined;
  /** The look before the last: some are numbered first and written later. */
  readonly since?: string | undefined;
}

/** So many are kept in the browser; the older ones are asked for again when they are wanted. */
export const rowsMax = 2_000;

/** The first page. */
export function begun({ items, next, newest }: MessagePage): Tail {
  return { rows: items, held: [], next, newest, since: newest };
}

/** What came since: shown at once, or held back while somebody reads. */
export function withNewer(tail: Tail, page: MessagePage, isHeld: boolean): Tail {
  const newest = page.newest ?? tail.newest;
  const looked = { ...tail, newest, since: tail.newest ?? newest };
  // More came than a page holds: what is behind it is read on from there.
  const isApart = page.next !== undefined;
  if (isHeld) {
    const known = new Set(tail.rows.map(({ id }) => id));
    const fresh = page.items.filter(({ id }) => !known.has(id));
    const held = isApart ? fresh : merged(fresh, tail.held);
    return {
      ...looked,
      held: held.slice(0, rowsMax),
      heldNext: isApart ? page.next : tail.heldNext,
    };
  }
  if (isApart)
    return { ...looked, rows: page.items, held: [], next: page.next, heldNext: undefined };
  return released({ ...looked, held: merged(page.items, tail.held) });
}

/** Shows what was held back. */
export function released(tail: Tail): Tail {
  const { rows, held, next, heldNext } = tail;
  if (held.length === 0) return tail;
  if (heldNext !== undefined)
    return { ...tail, rows: held, held: [], next: heldNext, heldNext: undefined };
  const all = merged(held, rows);
  const kept = all.slice(0, rowsMax);
  return { ...tail, rows: kept, held: [], next: kept.length < all.length ? kept.at(-1)?.id : next };
}

/** Older ones, below. */
export function withOlder(tail: Tail, { items, next }: MessagePage): Tail {
  return { ...tail, rows: merged(tail.rows, items), next };
}

/** Both, each once, the newest first. */
function merged(one: readonly Message[], other: readonly Message[]): readonly Message[] {
  const byId = new Map([...other, ...one].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}
