import { Type } from "@sinclair/typebox";
import { bounds } from "../bounds.ts";
import { type AnyCommandRow, commandRows, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { closed } from "../values/common.ts";
import {
  allPermissions,
  asAddOn,
  asOperator,
  permissionsHeld,
  type StationState,
  toStation,
} from "./state.ts";

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
    withPermissions(state, user, [...permissionsHeld(state, user), permission]),
  ),
  PermissionRevoked: event(Permission, (state, { user, permission }) =>
    withPermissions(
      state,
      user,
      permissionsHeld(state, user).filter((held) => held !== permission),
    ),
  ),
};

const command = commandRows<StationState, typeof events>();

const commandsOver = (permittable: ReadonlySet<string>) => ({
  GrantPermission: command({
    data: Permission,
    guards: asOperator,
    decide: (data, station) => {
      if (!permittable.has(data.permission)) return reject("PermissionUnknown", data.permission);
      if (permissionsHeld(station, data.user).includes(data.permission)) return [];
      const count = Object.values(station.permissions).flat().length;
      if (count >= bounds.permissions) return reject("TooManyPermissions");
      return [{ type: "PermissionGranted", data }];
    },
  }),
  RevokePermission: command({
    data: Permission,
    guards: asOperator,
    decide: (data, station) =>
      permissionsHeld(station, data.user).includes(data.permission)
        ? [{ type: "PermissionRevoked", data }]
        : reject("PermissionNotGranted", `${data.user}: ${data.permission}`),
  }),
});

const asksForPermission: ReadonlySet<unknown> = new Set([asOperator, toStation, asAddOn]);

/** Every permission that a table's guards ask for: each command, and each of its qualifiers. */
export function permissionsIn(
  rows: Readonly<Record<string, AnyCommandRow<StationState>>>,
): string[] {
  return Object.entries(rows)
    .filter(([, row]) => asksForPermission.has(row.guards))
    .flatMap(([type, row]) => [
      type,
      ...(row.qualified?.into ?? []).map((one) => `${type}.${one}`),
    ]);
}

function withPermissions(state: StationState, user: string, held: readonly string[]): StationState {
  const { [user]: _before, ...others } = state.permissions;
  return { ...state, permissions: held.length > 0 ? { ...others, [user]: held } : others };
}

/**
 * Who may send which command to this one station, beside the administrators. Only what some command
 * asks for can be granted: `others` are the commands of all other capabilities.
 */
export function permissionsOver(others: Readonly<Record<string, AnyCommandRow<StationState>>>) {
  const own = permissionsIn(commandsOver(new Set()));
  const commands = commandsOver(new Set([allPermissions, ...permissionsIn(others), ...own]));
  return { commands, events };
}
