import type { ResolvedToken, Tokens, VaultEntry } from "#bus";
import { tokenMembers } from "./public-shape.ts";

/** A value as the core takes it, and the vault rows of tokens that are new. */
export interface Inward {
  readonly value: Record<string, unknown>;
  readonly vault: readonly VaultEntry[];
}

const refMembers = Object.fromEntries(
  Object.entries(tokenMembers).map(([ref, outside]) => [outside, ref]),
);

/** Replaces token values by references, at the top and one list down (`entries`). */
export function inward(tokens: Tokens, value: Record<string, unknown>): Promise<Inward> {
  return inwardBy(tokens, (refOf) => membersInward(value, refOf));
}

/** The same by somebody else's knowledge of where the token values are. */
export async function inwardBy(
  tokens: Tokens,
  replace: (refOf: (text: string) => Promise<string>) => Promise<Record<string, unknown>>,
): Promise<Inward> {
  const vault = new Map<string, VaultEntry>();
  const value = await replace(async (text) => {
    const token: ResolvedToken = await tokens.resolve(text);
    if (token.entry !== undefined) vault.set(token.ref, token.entry);
    return token.ref;
  });
  return { value, vault: [...vault.values()] };
}

async function membersInward(
  value: Record<string, unknown>,
  resolve: (text: string) => Promise<string>,
): Promise<Record<string, unknown>> {
  const mapped: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const ref = Object.hasOwn(refMembers, name) ? refMembers[name] : undefined;
    if (ref !== undefined && typeof member === "string") mapped[ref] = await resolve(member);
    else if (name === "entries" && Array.isArray(member)) {
      const entries: unknown[] = [];
      for (const entry of member) {
        entries.push(await membersInward(entry as Record<string, unknown>, resolve));
      }
      mapped[name] = entries;
    } else mapped[name] = member;
  }
  return mapped;
}
