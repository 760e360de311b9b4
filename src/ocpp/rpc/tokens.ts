import type { ResolvedToken, Tokens, VaultEntry } from "#bus";

/** Tokens of one message: value to reference, and what the vault must take in with the unit. */
export interface KnownTokens {
  readonly refs: ReadonlyMap<string, string>;
  readonly vault: readonly VaultEntry[];
}

/** A message without tokens. */
export const noTokens: KnownTokens = { refs: new Map(), vault: [] };

/** Finds or mints the references of a message's token values. */
export async function resolveTokens(
  tokens: Tokens,
  values: readonly string[],
): Promise<KnownTokens> {
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    const { ref, entry } = await tokens.resolve(only);
    return { refs: new Map([[only, ref]]), vault: entry === undefined ? noTokens.vault : [entry] };
  }
  const distinct = [...new Set(values)];
  const resolved = await Promise.all(distinct.map((value) => tokens.resolve(value)));
  return {
    refs: new Map(distinct.map((value, at) => [value, (resolved[at] as ResolvedToken).ref])),
    vault: resolved.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
  };
}

/** Opens references; one that was erased since is the empty text. */
export async function openTokens(
  tokens: Tokens,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const ref of refs) {
    values.set(ref, (await tokens.valueOf(ref)) ?? "");
  }
  return values;
}
