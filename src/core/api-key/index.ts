// A key for programs. Its hash is in the credentials table, never here.
import { Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { atOffice } from "../kernel/office.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, Instant, shortText } from "../values/common.ts";

const ApiKey = closed({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  administrator: Type.Boolean(),
  permissions: Type.Array(shortText(100), { maxItems: 200 }),
  expiresAt: Type.Optional(Instant),
});

export interface ApiKeyState {
  readonly exists: boolean;
  readonly revoked: boolean;
}

const event = eventRows<ApiKeyState>();

const events = {
  ApiKeyCreated: event(ApiKey, (state) => ({ ...state, exists: true })),
  ApiKeyRevoked: event(closed({}), (state) => ({ ...state, revoked: true })),
};

const command = commandRows<ApiKeyState, typeof events>();

const commands = {
  CreateApiKey: command({
    data: ApiKey,
    guards: atOffice,
    decide: (data, key) =>
      key.exists ? reject("ApiKeyAlreadyExists") : [{ type: "ApiKeyCreated", data }],
  }),
  RevokeApiKey: command({
    data: closed({}),
    guards: atOffice,
    decide: (_data, key) => {
      if (!key.exists) return reject("ApiKeyNotFound");
      return key.revoked ? reject("ApiKeyRevoked") : [{ type: "ApiKeyRevoked", data: {} }];
    },
  }),
};

export type ApiKeyCommands = typeof commands;
export type ApiKeyEvents = typeof events;

/** Stream `api-key/{id}`. */
export const apiKey = {
  category: "api-key",
  initialState: { exists: false, revoked: false },
  commands,
  events,
} satisfies Decider<ApiKeyState>;
