interface Named {
  readonly name: string;
  readonly unit: string;
  readonly protects: string;
}

/** Limits that hold all the words, those that were set otherwise first. */
export function fitting<L extends Named & { readonly value: number; readonly default: number }>(
  limits: readonly L[],
  text: string,
): readonly L[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = limits.filter(({ name, unit, protects }) => {
    const all = `${name} ${unit} ${protects}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const isOwn = (limit: L) => (limit.value === limit.default ? 1 : 0);
  return [...found].sort((one, other) => isOwn(one) - isOwn(other));
}
