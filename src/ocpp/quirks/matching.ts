import type { Match } from "./profile.ts";

/** What is known of a station: at its handshake its id and path, later its model as well. */
export interface Subject {
  readonly stationId?: string | undefined;
  /** Path of the handshake's URL, decoded, with single slashes. */
  readonly path?: string | undefined;
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  readonly firmwareVersion?: string | undefined;
}

/** Whether all that a profile names fits. What is not known of a station fits nothing. */
export function fits(match: Match, subject: Subject): boolean {
  return (
    fitsText(match.vendor, subject.vendor) &&
    fitsText(match.model, subject.model) &&
    fitsText(match.stationId, subject.stationId) &&
    fitsText(match.path, subject.path) &&
    fitsFirmware(match.firmware, subject.firmwareVersion)
  );
}

/** How narrow a profile is: narrower ones go before wider ones. */
export function narrowness(match: Match): number {
  const { vendor, model, firmware, stationId, path } = match;
  const named = [vendor, model, firmware].filter((part) => part !== undefined).length;
  return named + (stationId === undefined ? 0 : 10) + (path === undefined ? 0 : 10);
}

function fitsText(patterns: string | readonly string[] | undefined, text: string | undefined) {
  if (patterns === undefined) return true;
  if (text === undefined) return false;
  const list = typeof patterns === "string" ? [patterns] : patterns;
  return list.some((pattern) => isLike(text, pattern));
}

function fitsFirmware(wanted: Match["firmware"], version: string | undefined): boolean {
  if (wanted === undefined || typeof wanted === "string" || Array.isArray(wanted)) {
    return fitsText(wanted, version);
  }
  const { from, before } = wanted as { readonly from?: string; readonly before?: string };
  if (version === undefined) return false;
  if (from !== undefined && compareReleases(version, from) < 0) return false;
  return before === undefined || compareReleases(version, before) < 0;
}

/** `*` is any text, letters' case is none. One pass and no backing up: texts come from outside. */
export function isLike(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const subject = text.trim().toLowerCase();
  if (rest.length === 0) return subject === first;
  if (!subject.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? "";
  for (const part of rest) {
    const found = subject.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return subject.length - at >= last.length && subject.endsWith(last);
}

/** Compares firmware versions as people count: 1.10 is after 1.9, v2 after 1.99. */
export function compareReleases(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareParts(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function partsOf(version: string): readonly string[] {
  return (
    version
      .toLowerCase()
      .replace(/^v(?=\d)/, "")
      .match(/\d+|[a-z]+/g) ?? []
  );
}

function compareParts(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  // 1.2 is before 1.2.1, and after 1.2-beta.
  if (one === undefined) return isNumber(other) ? -1 : 1;
  if (other === undefined) return isNumber(one) ? 1 : -1;
  if (isNumber(one) && isNumber(other)) return Math.sign(Number(one) - Number(other));
  return one < other ? -1 : 1;
}

function isNumber(part: string | undefined): boolean {
  return part !== undefined && /^\d/.test(part);
}
