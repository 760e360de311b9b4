import type { Translate } from "../strings/translate.ts";

/** `14:03:05` in the viewer's zone. */
export function clockTime(at: Date, language: string): string {
  return at.toLocaleTimeString(language, { hourCycle: "h23" });
}

/** An instant in the viewer's zone: of today the time alone, else with its day. */
export function shortInstant(at: Date, now: Date, language: string): string {
  if (at.toDateString() === now.toDateString()) return clockTime(at, language);
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return at.toLocaleString(language, {
    ...{ day: "numeric", month: "short", ...year },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
}

/** The whole instant, in UTC. */
export function utcInstant(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** How long ago something was, as roughly as people say it. */
export function ageOf(at: Date, now: Date, t: Translate): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  if (seconds < 2) return t("time.now");
  if (seconds < 90) return t("time.seconds", { count: seconds });
  if (seconds < 90 * 60) return t("time.minutes", { count: Math.round(seconds / 60) });
  if (seconds < 36 * 3600) return t("time.hours", { count: Math.round(seconds / 3600) });
  return t("time.days", { count: Math.round(seconds / 86_400) });
}

/** How long something lasted, to what matters of it. */
export function spanOf(from: Date, until: Date, t: Translate): string {
  const seconds = Math.max(0, Math.round((until.getTime() - from.getTime()) / 1000));
  if (seconds < 90) return t("time.spanSeconds", { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("time.spanMinutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t("time.spanDays", { count: Math.floor(hours / 24), hours: hours % 24 });
  return t("time.spanHours", { count: hours, minutes: String(minutes % 60).padStart(2, "0") });
}

/** An instant as a field for date and time wants it: in the viewer's zone, to the minute. */
export function fieldInstant(at: Date): string {
  if (Number.isNaN(at.getTime())) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  // Who writes a year is at the year 2 first: a field shows no year without four digits.
  const year = String(at.getFullYear()).padStart(4, "0");
  const day = `${year}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What such a field says, as the API wants it; undefined while it is not whole. */
export function instantOfField(text: string): string | undefined {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** `2027-02-01`, then perhaps a time, then perhaps its zone. */
const writtenInstant = /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/**
 * An instant as people write it into a table, if it is ISO 8601: 05/06/2026 is of May or of June.
 * Without a zone it is of the viewer's, as in a form; a day is its first moment.
 */
export function instantOfText(text: string): string | undefined {
  const [, day, time = "T00:00", , , zone = ""] = writtenInstant.exec(text) ?? [];
  if (day === undefined) return undefined;
  // A day that its month has not would become one of the next month.
  const isDay = instantOfField(`${day}T00:00Z`)?.startsWith(day) === true;
  return isDay ? instantOfField(`${day}${time.replace(" ", "T")}${zone.toUpperCase()}`) : undefined;
}

/** As `fieldInstant`, to the second: for fields of that step. */
export function fieldSecond(at: Date): string {
  const minute = fieldInstant(at);
  return minute && `${minute}:${String(at.getSeconds()).padStart(2, "0")}`;
}

/** The last midnight of the viewer's zone, as the API wants it. */
export function startOfDay(now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
}
