import type { Limits } from "#limits";
import type { ResolvedToken, Tokens } from "./execution.ts";
import { createLru } from "./lru.ts";
import type { Cipher, Ids } from "./ports/environment.ts";
import type { EventStore } from "./ports/event-store.ts";

/** Somebody else has given a new token its reference first: what names it must be made anew. */
export class TokenNamedTwice extends Error {
  override readonly name = "TokenNamedTwice";
}

/**
 * Does what names new tokens, and does it again where another node has met one of them at the same
 * time: by then its reference is found. Tokens must be resolved within `work`.
 */
export async function withNewTokens<T>(
  { decideAttemptsMax }: Pick<Limits, "decideAttemptsMax">,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TokenNamedTwice) || attempt >= decideAttemptsMax) throw error;
    }
  }
}

/** ASCII without blanks is what most tokens are: there is nothing to normalize or to trim. */
const plain = /^[!-~]*$/;

/** The form in which token values are compared: 1.6 compares `idTag` without regard to case. */
export function foldToken(value: string): string {
  const text = plain.test(value) ? value : value.normalize("NFC").trim();
  return text.toLowerCase();
}

/** The vault of one node: an LRU before the store. */
export function createTokens(parts: {
  readonly store: Pick<EventStore, "findToken" | "openToken">;
  readonly cipher: Cipher;
  readonly ids: Ids;
  readonly limits: Limits;
}): Tokens {
  const { store, cipher, ids, limits } = parts;
  const byValue = createLru<string, ResolvedToken>(limits.tokenCacheMax);
  const byRef = createLru<string, string>(limits.tokenCacheMax);
  /** What was read before the row went may arrive after it: it is not kept. */
  const forgotten = createLru<string, true>(limits.tokenCacheMax);
  const minting = new Map<string, Promise<ResolvedToken>>();

  async function lookUp(value: string, folded: string): Promise<ResolvedToken> {
    const lookup = cipher.hmac("token", folded);
    const known = await store.findToken(lookup);
    if (known !== undefined) {
      const resolved = { ref: known.ref };
      keep(folded, resolved);
      return resolved;
    }
    // Kept with its entry until a look-up finds it committed: a unit that fails must not orphan it.
    const ref = ids.next();
    const minted = { ref, entry: { ref, lookup, sealed: cipher.seal(value.trim()) } };
    byValue.set(folded, minted);
    return minted;
  }

  return {
    resolve: (value) => {
      const folded = foldToken(value);
      const known = byValue.get(folded);
      if (known !== undefined) return confirm(folded, known);
      const underWay = minting.get(folded);
      if (underWay !== undefined) return underWay;
      const promise = lookUp(value, folded).finally(() => minting.delete(folded));
      minting.set(folded, promise);
      return promise;
    },
    find: async (value) => {
      const folded = foldToken(value);
      const known = byValue.get(folded);
      if (known !== undefined && known.entry === undefined) return known.ref;
      return (await store.findToken(cipher.hmac("token", folded)))?.ref;
    },
    valueOf: async (ref) => {
      const known = byRef.get(ref);
      if (known !== undefined) return known;
      const entry = await store.openToken(ref);
      if (entry === undefined || forgotten.get(ref)) return undefined;
      const value = cipher.open(entry.sealed);
      byRef.set(ref, value);
      return value;
    },
    forget: (ref) => {
      forgotten.set(ref, true);
      byRef.delete(ref);
      byValue.deleteWhere((token) => token.ref === ref);
    },
  };

  function keep(folded: string, token: ResolvedToken): void {
    if (!forgotten.get(token.ref)) byValue.set(folded, token);
  }

  async function confirm(folded: string, known: ResolvedToken): Promise<ResolvedToken> {
    if (known.entry === undefined) return known;
    const stored = await store.findToken(known.entry.lookup);
    if (stored === undefined) return known;
    const resolved = { ref: stored.ref };
    keep(folded, resolved);
    return resolved;
  }
}
