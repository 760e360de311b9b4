import type { Entry } from "../../parts/timeline/entries.ts";

/** The entries that hold every word of a search, in whatever case; all of a session are here. */
export function searched(entries: readonly Entry[], search: string): readonly Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const text = textOf(entry).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Frames are texts already; as JSON of JSON nobody would find a quoted word. */
function textOf({ raw }: Entry): string {
  if (!("call" in raw)) return JSON.stringify(raw);
  const { action, call, answer, deviations } = raw;
  return [action, call, answer, deviations].join(" ");
}
