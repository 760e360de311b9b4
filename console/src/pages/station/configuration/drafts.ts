// What a person has changed in a station's settings and not sent yet.
import type { Item } from "../../../api/call.ts";

/** A setting of a station. */
export type Setting = Pick<
  Item<"getChargingStationsByStationIdConfiguration">,
  "key" | "value" | "readonly" | "unknown" | "rebootRequired" | "at"
>;

/** New values by key. */
export type Drafts = Readonly<Record<string, string>>;

/** A setting that would change. */
export interface Difference {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** What the drafts would change, by key; a draft of what is so already changes nothing. */
export function differencesIn(settings: readonly Setting[], drafts: Drafts): readonly Difference[] {
  const known = new Map(settings.map(({ key, value }) => [key, value]));
  return Object.entries(drafts)
    .filter(([key, after]) => known.get(key) !== after)
    .map(([key, after]) => ({ key, before: known.get(key), after }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Settings in which a station is not as its type says that it should be. */
export function differencesFromType(
  settings: readonly Setting[],
  wanted: Drafts,
): readonly Difference[] {
  const writable = new Map(settings.map((setting) => [setting.key, setting]));
  return differencesIn(settings, wanted).filter(
    ({ key }) => writable.has(key) && writable.get(key)?.readonly !== true,
  );
}

/** The settings that a search finds, in key or value. */
export function found(settings: readonly Setting[], search: string): readonly Setting[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return settings;
  return settings.filter(({ key, value = "" }) => `${key} ${value}`.toLowerCase().includes(wanted));
}
