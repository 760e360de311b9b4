import type { Guard } from "./decider.ts";
import { reject } from "./rejection.ts";

/** The CSMS's own things (tokens, types, keys, users): administrators, and who was permitted. */
export const atOffice: Guard<unknown> = ({ actor, permission }) => {
  const { administrator, permissions, grants } = actor.authority;
  if (administrator || permissions.has(permission) || permissions.has("AllPermissions")) {
    return undefined;
  }
  if (actor.kind === "add-on" && grants.has(permission)) return undefined;
  return reject("NotPermitted", permission);
};

/** Motown's own notes. */
export const bySystem: Guard<unknown> = ({ actor, permission }) =>
  actor.kind === "system" ? undefined : reject("NotPermitted", permission);
