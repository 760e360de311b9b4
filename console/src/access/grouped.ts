/** Permissions by what they are about, each group in the order of the alphabet. */
export function grouped(
  permissions: readonly { readonly permission: string; readonly about: string }[],
): readonly { readonly group: string; readonly items: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { permission, about } of permissions) {
    const group = groups.get(about) ?? [];
    group.push(permission);
    groups.set(about, group);
  }
  return [...groups].map(([group, items]) => ({
    group: group.replaceAll("-", " "),
    items: items.sort((one, other) => (one < other ? -1 : 1)),
  }));
}
