// Instants as stations write them. Pure: what "now" is, is handed in.

/** An instant that could be read. */
export interface ReadInstant {
  /** Milliseconds since 1970, UTC. */
  readonly ms: number;
  /** It said its offset from UTC; without one it is taken for UTC. */
  readonly zoned: boolean;
}

const date = /(\d{4})-(\d\d)-(\d\d)/;
const time = /(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?/;
const zone = /([Zz]|[+-]\d\d(?::?\d\d)?)?/;
const pattern = new RegExp(`^\\s*${date.source}[Tt ]${time.source}\\s*${zone.source}\\s*$`);
const strictShape = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** A day that its month has in every year. */
const everyYear =
  /(?:(?:0[13-9]|1[0-2])-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])|(?:0[13578]|1[02])-31)/;
const ofDay = /(?:[01]\d|2[0-3])(?::[0-5]\d){2}/;
/** How nearly all instants look: in UTC, without a leap day or a leap second. */
const ordinary = new RegExp(`^\\d{4}-${everyYear.source}T${ofDay.source}(?:\\.\\d+)?Z$`);
/** The same with milliseconds, as we write them ourselves. */
const ours = new RegExp(`^\\d{4}-${everyYear.source}T${ofDay.source}\\.\\d{3}Z$`);

/** Whether a text is a date-time of RFC 3339, with a date that exists. */
export function isDateTime(text: string): boolean {
  return ordinary.test(text) || (strictShape.test(text) && readInstant(text) !== undefined);
}

/** Reads what is meant: a comma, a blank for the `T`, missing seconds or zone are understood. */
export function readInstant(text: string): ReadInstant | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  // 24:00:00 and leap seconds are instants that exist; they run over into the next minute.
  const midnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) return undefined;
  const fraction = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = offsetMinutes(match[8]);
  if (offset === undefined) return undefined;
  const ms = daysSince1970(year, month, day) * 86_400_000;
  const ofDay = ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
  return { ms: ms + ofDay, zoned: match[8] !== undefined };
}

/** Text of an instant: ISO 8601 UTC with milliseconds. */
export function isoOf(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const rest = ms - days * 86_400_000;
  const { year, month, day } = civilFromDays(days);
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
  const hour = padded(Math.floor(rest / 3_600_000), 2);
  const minute = padded(Math.floor(rest / 60_000) % 60, 2);
  const second = padded(Math.floor(rest / 1000) % 60, 2);
  return `${date}T${hour}:${minute}:${second}.${padded(rest % 1000, 3)}Z`;
}

/** An instant as we write it, from any text that means one; most stations write it as we do. */
export function isoInstant(text: string): string | undefined {
  if (ours.test(text)) return text;
  const read = readInstant(text);
  return read && isoOf(read.ms);
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

function offsetMinutes(text: string | undefined): number | undefined {
  if (text === undefined || text === "Z" || text === "z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(":", "") || 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

// The Gregorian calendar counted in eras of 400 years that begin in March, so that the leap day is
// the last of its year.
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDays);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
