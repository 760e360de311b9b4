import { type Static, Type } from "@sinclair/typebox";
import { closed, Instant, oneOf, TokenRef } from "./common.ts";

/** What an authorization provider says of a token. */
export const AuthorizationStatus = oneOf(
  "accepted",
  "blocked",
  "expired",
  "invalid",
  "concurrentTransaction",
);
export type AuthorizationStatus = Static<typeof AuthorizationStatus>;

/** The answer to "may this token charge here?", with the provider that gave it. */
export const AuthorizationAnswer = closed({
  status: AuthorizationStatus,
  /** Name of the provider; `none` where nobody answered in time. */
  provider: Type.String({ maxLength: 100 }),
  expiresAt: Type.Optional(Instant),
  groupTokenRef: Type.Optional(TokenRef),
});
export type AuthorizationAnswer = Static<typeof AuthorizationAnswer>;
