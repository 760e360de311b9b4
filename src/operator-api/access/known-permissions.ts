import { permissionNames } from "#core";
import { Problem } from "../http/problems.ts";

/** Refuses a permission that no command asks for: whoever held it could do nothing with it. */
export function knownPermissions(given: readonly string[] = []): void {
  const unknown = given.findIndex((name) => !permissionNames.has(name));
  if (unknown < 0) return;
  const detail = `${given[unknown]} is the name of no command.`;
  const issues = [{ path: `/permissions/${unknown}`, message: "must be the name of a command" }];
  throw new Problem("PermissionUnknown", { detail, issues });
}
