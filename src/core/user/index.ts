// A person who works with Motown. Passwords are in the credentials table, never here.
import { Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { atOffice } from "../kernel/office.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, Instant, shortText } from "../values/common.ts";

const rights = {
  administrator: Type.Boolean(),
  /** Commands that the user may send on every station. */
  permissions: Type.Array(shortText(100), { maxItems: 200 }),
};

/** A session of the console that its user ended, and until when it would have gone on. */
const endedSession = { session: shortText(64), until: Instant };

export interface UserState {
  readonly exists: boolean;
}

const event = eventRows<UserState>();

const events = {
  UserCreated: event(closed({ user: shortText(100), ...rights }), () => ({ exists: true })),
  UserRightsChanged: event(closed(rights), null),
  UserPasswordSet: event(closed({ oneTime: Type.Boolean() }), null),
  UserSignedOut: event(closed(endedSession), null),
  UserRemoved: event(closed({}), () => ({ exists: false })),
};

const command = commandRows<UserState, typeof events>();

const commands = {
  CreateUser: command({
    data: events.UserCreated.data,
    guards: atOffice,
    decide: (data, user) =>
      user.exists ? reject("UserAlreadyExists") : [{ type: "UserCreated", data }],
  }),
  ChangeUserRights: command({
    data: events.UserRightsChanged.data,
    guards: atOffice,
    decide: (data, user) =>
      user.exists ? [{ type: "UserRightsChanged", data }] : reject("UserNotFound"),
  }),
  SetUserPassword: command({
    data: events.UserPasswordSet.data,
    guards: atOffice,
    decide: (data, user) =>
      user.exists ? [{ type: "UserPasswordSet", data }] : reject("UserNotFound"),
  }),
  SignOutUser: command({
    data: events.UserSignedOut.data,
    guards: atOffice,
    decide: (data, user) =>
      user.exists ? [{ type: "UserSignedOut", data }] : reject("UserNotFound"),
  }),
  RemoveUser: command({
    data: closed({}),
    guards: atOffice,
    decide: (_data, user) =>
      user.exists ? [{ type: "UserRemoved", data: {} }] : reject("UserNotFound"),
  }),
};

export type UserCommands = typeof commands;
export type UserEvents = typeof events;

/** Stream `user/{name}`. */
export const user = {
  category: "user",
  initialState: { exists: false },
  commands,
  events,
} satisfies Decider<UserState>;
