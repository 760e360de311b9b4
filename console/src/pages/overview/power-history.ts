import { createStore } from "../../store.ts";

/** Power at some instants, as this page has seen it. */
export interface PowerHistory {
  /** Seconds since 1970. */
  readonly at: readonly number[];
  readonly watts: readonly number[];
}

/** An hour at a point every five seconds. */
const pointsMax = 720;

/** What was seen since the console was opened: going to another page and back loses nothing. */
export const powerHistory = createStore<PowerHistory>({ at: [], watts: [] });

/** One more point; what is not younger than the last one tells nothing new. */
export function withPoint(
  { at, watts }: PowerHistory,
  point: { readonly at: string; readonly watts: number },
): PowerHistory {
  const second = Date.parse(point.at) / 1000;
  if (second <= (at.at(-1) ?? 0)) return { at, watts };
  return {
    at: [...at, second].slice(-pointsMax),
    watts: [...watts, point.watts].slice(-pointsMax),
  };
}
