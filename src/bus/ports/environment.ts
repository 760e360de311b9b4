/** The time, as adapters give it; a test's clock stands still until it is moved. */
export interface Clock {
  /** ISO 8601 UTC with milliseconds. */
  now(): string;
  /** Milliseconds that only ever grow, for measuring how long something took. */
  monotonicMs(): number;
  /** Calls back once after a delay; the result takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}

/** New ids: random, in the order of their making (UUIDv7). */
export interface Ids {
  next(): string;
}

/** Chance, so that a test can seed it. */
export interface Dice {
  /** Integer from 0 up to, and without, `limit`. */
  below(limit: number): number;
  /** Random bytes as lower-case hex. */
  hex(bytes: number): string;
}

/** One line for the operator's log. `fields` are data; secrets and token values never go in. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Seals and opens token values, and makes the lookups and receipts that need a secret. */
export interface Cipher {
  seal(text: string): string;
  open(sealed: string): string;
  /** HMAC-SHA-256 as hex; `purpose` keeps the uses apart. */
  hmac(purpose: "token" | "password", text: string | Uint8Array): string;
  /**
   * Keyed digest of a fact, 128 bits as base64url: SHA-256 over key and text, cut in half (what is
   * cut cannot be lengthened). A third of an HMAC's cost, and every transactional message pays it.
   */
  digest(text: string): string;
}
