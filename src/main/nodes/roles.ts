// What a node says at a path that is another node's.
import type { NodeRole } from "#bus";
import type { Settings } from "../settings.ts";

const missing: Readonly<Record<Exclude<NodeRole, "background">, string>> = {
  gateway: "This node takes no stations",
  api: "This node serves no API",
};

/** Why a node without a role refuses what belongs to it; undefined: it has the role. */
export function whyElsewhere(
  { roles }: Pick<Settings, "roles">,
  role: keyof typeof missing,
): string | undefined {
  if (roles.includes(role)) return undefined;
  const own = roles.length === 1 ? `its role is ${roles[0]}` : `its roles are ${roles.join(", ")}`;
  return `${missing[role]}: ${own}. Use a node with the role ${role}.`;
}
