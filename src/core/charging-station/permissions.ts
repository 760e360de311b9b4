import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { closed } from "../values/common.ts";
import { asOperator, type StationState } from "./state.ts";

const Permission = closed({
  user: Type.String({ minLength: 1, maxLength: 100 }),
  /** A command's type, one with a qualifier (`RequestReset.hard`), or `AllPermissions`. */
  permission: Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: "^[A-Z][A-Za-z]+(\\.[a-z]+)?$",
  }),
});

const event = eventRows<StationState>();

const events = {
  PermissionGranted: event(Permission, (state, { user, permission }) =>
    withPermissions(state, user, [...heldBy(state, user), permission]),
  ),
  PermissionRevoked: event(Permission, (state, { user, permission }) =>
    withPermissions(
      state,
      user,
      heldBy(state, user).filter((held) => held !== permission),
    ),
  ),
};

const command = commandRows<StationState, typeof events>();

const commands = {
  GrantPermission: command({
    data: Permission,
    guards: asOperator,
    decide: (data, station) =>
      heldBy(station, data.user).includes(data.permission)
        ? []
        : [{ type: "PermissionGranted", data }],
  }),
  RevokePermission: command({
    data: Permission,
    guards: asOperator,
    decide: (data, station) =>
      heldBy(station, data.user).includes(data.permission)
        ? [{ type: "PermissionRevoked", data }]
        : reject("PermissionNotGranted", `${data.user}: ${data.permission}`),
  }),
};

function heldBy(state: StationState, user: string): readonly string[] {
  return state.permissions[user] ?? [];
}

function withPermissions(state: StationState, user: string, held: readonly string[]): StationState {
  const { [user]: _before, ...others } = state.permissions;
  return { ...state, permissions: held.length > 0 ? { ...others, [user]: held } : others };
}

/** Who may send which command to this one station, beside the administrators. */
export const permissions = { commands, events };
