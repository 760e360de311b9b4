import type { Actor } from "#core";
import type { Session } from "./sessions.ts";

/** Who a request comes from, as authenticated. */
export interface Principal {
  readonly actor: Actor;
  /** The user's name, or the key's. */
  readonly name: string;
  readonly kind: "user" | "apiKey";
  /** It came with a one-time password, which opens only the change of itself. */
  readonly oneTimePassword: boolean;
  /** The browser session that it came with, if it did. */
  readonly session?: Session;
}
