/** Which newcomer somebody has before him. */
export interface Choice {
  readonly stationId: string | undefined;
  /** He has done something with it: it stays to its end, wherever it stands by then. */
  readonly isBegun: boolean;
}

/** The newcomer that is shown: the same as before, for as long as it is one, then the first. */
export function shownOf(
  ids: readonly string[],
  { stationId, isBegun }: Choice,
): string | undefined {
  const stays = stationId !== undefined && (isBegun || ids.includes(stationId));
  return stays ? stationId : ids[0];
}

/** All that one can go through, with the one that is shown. */
export function withShown(ids: readonly string[], shown: string): readonly string[] {
  return ids.includes(shown) ? ids : [shown, ...ids];
}
