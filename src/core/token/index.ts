// A token that we know: whether it may charge. Its value is in the vault, here is its reference.
import { type Static, Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { atOffice } from "../kernel/office.ts";
import { reject } from "../kernel/rejection.ts";
import { same } from "../kernel/same.ts";
import { closed, Instant, oneOf, TokenRef } from "../values/common.ts";

const Token = closed({
  status: oneOf("accepted", "blocked", "expired", "invalid"),
  expiresAt: Type.Optional(Instant),
  groupTokenRef: Type.Optional(TokenRef),
  /** How many transactions it may run at once; absent: any number. */
  concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});

export interface TokenState {
  readonly known: boolean;
  readonly token?: Static<typeof Token>;
  /** The vault knows its value no more; the same value, seen again, has another reference. */
  readonly erased?: true;
}

const event = eventRows<TokenState>();

const events = {
  TokenSet: event(Token, (_state, token) => ({ known: true, token })),
  TokenRemoved: event(closed({}), () => ({ known: false })),
  TokenErased: event(closed({}), () => ({ known: false, erased: true })),
};

const command = commandRows<TokenState, typeof events>();

const commands = {
  SetToken: command({
    data: Token,
    guards: atOffice,
    decide: (data, token) => {
      if (token.erased === true) return reject("TokenNotFound");
      return same(token.token, data) ? [] : [{ type: "TokenSet", data }];
    },
  }),
  RemoveToken: command({
    data: closed({}),
    guards: atOffice,
    decide: (_data, token) =>
      token.known ? [{ type: "TokenRemoved", data: {} }] : reject("TokenNotFound"),
  }),
  /** Erases a person: whoever sends it erases the vault's row in the same unit. */
  EraseToken: command({
    data: closed({}),
    guards: atOffice,
    decide: (_data, token) => {
      if (token.erased === true) return [];
      const erased = { type: "TokenErased" as const, data: {} };
      return token.known ? [{ type: "TokenRemoved", data: {} }, erased] : [erased];
    },
  }),
};

export type TokenCommands = typeof commands;
export type TokenEvents = typeof events;

/** Stream `token/{tokenRef}`. */
export const token = {
  category: "token",
  initialState: { known: false },
  commands,
  events,
} satisfies Decider<TokenState>;
