/** What became of one thing of the Java Motown (2013–2019). */
export interface Mapping {
  /** Its name there, without `Command` or `Event`. */
  readonly motown: string;
  /** Names here; empty where nothing took its place. */
  readonly ours: readonly string[];
  /** Why it is not simply kept. */
  readonly because?: string;
}

/** Kept under its name. */
export function kept(...names: readonly string[]): Mapping[] {
  return names.map((motown) => ({ motown, ours: [motown] }));
}

/** The same thing under a name that says which kind of thing it is. */
export function renamed(motown: string, ...ours: readonly string[]): Mapping {
  return { motown, ours };
}

/** Another thing does what it did, for a reason. */
export function replaced(motown: string, ours: readonly string[], because: string): Mapping {
  return { motown, ours, because };
}

/** Several of them give way to the same, for the same reason. */
export function allReplaced(
  names: readonly string[],
  ours: readonly string[],
  because: string,
): Mapping[] {
  return names.map((motown) => replaced(motown, ours, because));
}
