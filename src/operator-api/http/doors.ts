import type { Principal } from "../access/principal.ts";
import { Problem } from "./problems.ts";

/**
 * Who may come in: anybody; anybody known (the default); anybody known, also with a password that
 * was given for once; people alone, also with such a password; administrators.
 */
export type Door = "open" | "known" | "knownOnce" | "person" | "administrator";

/** Why somebody is not let in at a door; undefined where he is. */
export function refusalAtDoor(principal: Principal, door: Door = "known"): Problem | undefined {
  const { kind, oneTimePassword, actor } = principal;
  switch (door) {
    case "open":
    case "knownOnce":
      return undefined;
    case "person":
      if (kind === "user") return undefined;
      return new Problem("NotPermitted", { detail: "An API key has no password." });
    case "known":
    case "administrator": {
      if (oneTimePassword) {
        const detail = 'First choose your own: PUT /api/v1/me/password {"password": "…"}.';
        return new Problem("PasswordChangeRequired", { detail });
      }
      const isLetIn = door === "known" || actor.authority.administrator;
      return isLetIn ? undefined : new Problem("NotAdministrator");
    }
  }
}
