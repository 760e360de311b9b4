// What the console may take at most; docs/console.md promises it.
import type { MeasuredView } from "./first-view.ts";
import type { Measured } from "./list-speed.ts";

/** Something that took too long, in words. */
export type Missed = string;

const listMs = 1_000;
const searchMs = 300;
const changeMs = 1_000;
const viewMs = 1_500;

/** What of these came too late. */
export function missedTimes(times: readonly Measured[]): readonly Missed[] {
  return times.flatMap(({ what, medianMs }) => {
    const most = mostOf(what);
    return most !== undefined && medianMs >= most ? [late(what, medianMs, most)] : [];
  });
}

/**
 * What of the first views came too late: something to look at is there in time whoever comes, the
 * form can be used, and the figures are there for who comes every day. With an empty cache the
 * figures take as long as the scripts; that is shown, and has no gate.
 */
export function missedViews(views: readonly MeasuredView[]): readonly Missed[] {
  return views.flatMap(({ what, medianMs, firstPaintMs }) => [
    ...(firstPaintMs >= viewMs ? [late(`${what}: first paint`, firstPaintMs, viewMs)] : []),
    ...(isToBeSeenAtOnce(what) && medianMs >= viewMs ? [late(what, medianMs, viewMs)] : []),
  ]);
}

function mostOf(what: string): number | undefined {
  if (what.startsWith("list,")) return listMs;
  if (what.startsWith("search,")) return searchMs;
  if (what.startsWith("change,")) return changeMs;
  if (what.startsWith("overview, from the click")) return viewMs;
  return undefined;
}

function isToBeSeenAtOnce(what: string): boolean {
  return what.startsWith("sign-in page") || what === "overview, all in the cache";
}

function late(what: string, ms: number, most: number): Missed {
  return `${what}: ${ms} ms, and not below ${most} ms`;
}
