/** Of a list that goes out in parts: entries, and bytes of their JSON, that one part may have. */
interface PartMax {
  readonly entries?: number | undefined;
  readonly bytes?: number | undefined;
}

/** Cuts a list into parts; without a limit, or empty, it is one part. */
export function inChunks<T>(
  list: readonly T[],
  { entries, bytes }: PartMax,
): readonly (readonly T[])[] {
  if (bytes !== undefined) return inBytes(list, entries ?? list.length, bytes);
  if (entries === undefined || list.length <= entries) return [list];
  const count = Math.ceil(list.length / entries);
  return Array.from({ length: count }, (_part, at) => list.slice(at * entries, (at + 1) * entries));
}

/** An entry that is too long by itself is a part of its own; whoever sends it will see. */
function inBytes<T>(list: readonly T[], entries: number, bytes: number): readonly (readonly T[])[] {
  const parts: T[][] = [[]];
  let size = 0;
  for (const entry of list) {
    const length = Buffer.byteLength(JSON.stringify(entry)) + 1;
    const part = parts.at(-1) ?? [];
    if (part.length > 0 && (part.length >= entries || size + length > bytes)) {
      parts.push([entry]);
      size = length;
    } else {
      part.push(entry);
      size += length;
    }
  }
  return parts;
}
