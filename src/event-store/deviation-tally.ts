import type { Frame } from "#bus";

/** Filters of counts as columns, in the tables of stations and of models alike. */
export const columns = {
  station: "station",
  code: "code",
  vendor: "vendor",
  model: "model",
  firmwareVersion: "firmware",
} as const;

/** Keys of the two tables, in the order of their columns. */
export const stationKey = ["station", "code", "vendor", "model", "firmware"] as const;
export const modelKey = ["vendor", "model", "firmware", "code"] as const;

/** How often a station showed a deviation in some frames. */
export interface Tally {
  readonly about: readonly [station: string, code: string, ...model: string[]];
  count: number;
  firstAt: string;
  lastAt: string;
}

/** Counts the deviations of frames. */
export function tallied(frames: readonly Frame[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { station, at, deviations = [], shownBy = {} } of frames) {
    for (const code of deviations) {
      const { vendor = "", model = "", firmwareVersion = "" } = shownBy;
      const about = [station, code, vendor, model, firmwareVersion] as const;
      const name = JSON.stringify(about);
      const known = tallies.get(name) ?? { about, count: 0, firstAt: at, lastAt: at };
      known.count += 1;
      if (at < known.firstAt) known.firstAt = at;
      if (at > known.lastAt) known.lastAt = at;
      tallies.set(name, known);
    }
  }
  return [...tallies.values()];
}
