import type { TruthCase } from "../case.ts";
import { beginning, isOfStory, said } from "../instants.ts";
import { again, type Step, starts, stops } from "../steps.ts";

/** Sessions of a quarter of an hour, one after the other, and what they lead to. */
export interface Many extends Pick<TruthCase, "stored" | "answered" | "shown" | "flagged"> {
  readonly story: readonly Step[];
  /** Start and stop of some of them, word by word again. */
  again(names: string): readonly Step[];
}

/** A session for each letter: each begins at a higher register, and takes 500 Wh. */
export function manySessions(names: string, clock: "right" | "1970" = "right"): Many {
  const sessions = [...names].map((name, n) => ({ name, ...sessionAt(n, clock) }));
  return {
    story: sessions.flatMap(({ name, begun, ended, wh }) => [
      starts(name, { at: begun, wh }),
      stops(name, { at: ended, wh: wh + 500 }),
    ]),
    again: (some) =>
      [...some].flatMap((name) => [again(`start of ${name}`), again(`stop of ${name}`)]),
    stored: sessions.flatMap(({ name, begun, ended, wh }) => [
      `${name} starts ${shownAt(begun)} at ${wh} Wh${ownClock(begun)}`,
      `${name} stops ${shownAt(ended)} at ${wh + 500} Wh: 500 Wh, Local${ownClock(ended)}`,
    ]),
    answered: answersOf(names),
    shown: sessions.map(({ name, begun, ended }) => {
      return `${name} ended, ${shownAt(begun)}–${shownAt(ended)}, 500 Wh, Local`;
    }),
    flagged: clock === "right" ? [] : [...names].map((name) => `${name}: implausibleClock`),
  };
}

function sessionAt(n: number, clock: "right" | "1970") {
  const minute = (quarters: number) => String((quarters % 4) * 15).padStart(2, "0");
  const hour = (quarters: number, first: number) =>
    String(first + Math.floor(quarters / 4)).padStart(2, "0");
  const instant = (quarters: number) =>
    clock === "right"
      ? `${hour(quarters, 10)}:${minute(quarters)}`
      : `1970-01-01T${hour(quarters, 0)}:${minute(quarters)}:10Z`;
  return { begun: instant(2 * n), ended: instant(2 * n + 1), wh: 1000 * (n + 1) };
}

/** A clock that was never set is replaced by ours, which stands at the story's beginning. */
function shownAt(instant: string): string {
  return isOfStory(instant) ? instant : said(beginning);
}

function ownClock(instant: string): string {
  return isOfStory(instant) ? "" : ` (by its clock ${instant})`;
}

/** What starts and stops of these are answered, told once or again. */
export function answersOf(names: string): readonly string[] {
  return [...names].flatMap((name) => [`${name}: Accepted`, "Accepted"]);
}
