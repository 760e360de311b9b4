import type { Clock } from "#bus";

/** Keeps what could be said again and again to once in a while. */
export interface Seldom {
  /** How often it was left unsaid since the last time; undefined: this is not the time. */
  due(about: string): number | undefined;
}

/** At most once in `repeatMs` about each of the `most` things said last. */
export function createSeldom(
  clock: Pick<Clock, "monotonicMs">,
  { repeatMs, most }: { readonly repeatMs: number; readonly most: number },
): Seldom {
  const said = new Map<string, { readonly atMs: number; unsaid: number }>();
  return {
    due: (about) => {
      const now = clock.monotonicMs();
      const last = said.get(about);
      if (last !== undefined && now - last.atMs < repeatMs) {
        last.unsaid += 1;
        return undefined;
      }
      said.delete(about);
      said.set(about, { atMs: now, unsaid: 0 });
      const oldest = said.size > most ? said.keys().next() : undefined;
      if (oldest?.value !== undefined) said.delete(oldest.value);
      return last?.unsaid ?? 0;
    },
  };
}
