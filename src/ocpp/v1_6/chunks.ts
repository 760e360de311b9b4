/** Cuts a list into parts of at most so many; without a limit, or empty, it is one part. */
export function inChunks<T>(
  list: readonly T[],
  most: number | undefined,
): readonly (readonly T[])[] {
  if (most === undefined || list.length <= most) return [list];
  const count = Math.ceil(list.length / most);
  return Array.from({ length: count }, (_part, at) => list.slice(at * most, (at + 1) * most));
}
