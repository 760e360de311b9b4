/** Shard of the only database there is; positions are counted per shard. */
const shard = "0";

/** Opaque cursor of a position. Outside the store nobody counts with it. */
export function cursorOf(position: number): string {
  return `${shard}-${position.toString(36)}`;
}

/** Position of a cursor; undefined where the text is no cursor of ours. */
export function positionOf(cursor: string): number | undefined {
  const match = /^0-([0-9a-z]{1,11})$/.exec(cursor);
  if (match?.[1] === undefined) return undefined;
  const position = Number.parseInt(match[1], 36);
  return Number.isSafeInteger(position) ? position : undefined;
}
