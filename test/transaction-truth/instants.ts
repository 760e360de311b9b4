// Instants of a story: `10:00` and `10:00:30` are of its day, `2026-08-03 10:00` of another one.
const day = "2026-05-04";

/** When every story begins. */
export const beginning = `${day}T10:00:00.000Z`;

/** The instant, ISO 8601 UTC; a text that is none of ours is what a station wrote itself. */
export function isoOf(text: string): string {
  const match = /^(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d)(:\d\d)?$/.exec(text);
  if (match === null) return text;
  const [, date = day, minutes, seconds = ":00"] = match;
  return `${date}T${minutes}${seconds}.000Z`;
}

/** Whether a text is one of the story's instants, and no writing of a station's own. */
export function isOfStory(text: string): boolean {
  return isoOf(text) !== text;
}

/** An instant in the story's words. */
export function said(iso: unknown): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):(\d\d)\.000Z$/.exec(String(iso));
  if (match === null) return String(iso);
  const [, date, minutes, seconds] = match;
  const time = seconds === "00" ? minutes : `${minutes}:${seconds}`;
  return date === day ? String(time) : `${date} ${time}`;
}
