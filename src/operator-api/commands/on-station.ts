import { type Actor, permissionsHeld, type StationState } from "#core";

/** A transaction's own guard does not see what was permitted on its station alone. */
export function onStation(actor: Actor, state: StationState): Actor {
  const own = permissionsHeld(state, actor.id);
  const permissions = new Set([...actor.authority.permissions, ...own]);
  return { ...actor, authority: { ...actor.authority, permissions } };
}
