import type { DeviationCount, DeviationQuery, Frame, FrameLog, StoredFrame } from "#bus";
import { type Limits, limitsWith } from "#limits";
import { cutFrame, dayOf, frameId } from "../frame.ts";

/** Frames in memory, bounded as a queue to a disk would be. */
export function createMemoryFrameLog(limits: Limits = limitsWith()): FrameLog {
  const frames: StoredFrame[] = [];
  const counts = new Map<string, DeviationCount>();
  let number = 0;
  let dropped = 0;
  return {
    add: (given) => {
      const frame = cutFrame(given, limits.frameCharactersMax);
      number += 1;
      const { shownBy: _counted, ...kept } = frame;
      frames.push({ ...kept, id: frameId(dayOf(frame), number) });
      countDeviations(counts, frame);
      if (frames.length <= limits.frameQueueMax) return;
      frames.shift();
      dropped += 1;
    },
    list: async ({ station, before, action, limit }) =>
      frames
        .filter((frame) => station === undefined || frame.station === station)
        .filter((frame) => action === undefined || frame.action === action)
        .filter((frame) => before === undefined || frame.id < before)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit),
    deviations: async (query) => page([...counts.values()], query, stationKey),
    modelDeviations: async (query) => page(summed([...counts.values()]), query, modelKey),
    dropBefore: async (day) => {
      const kept = frames.filter((frame) => dayOf(frame) >= day);
      frames.splice(0, frames.length, ...kept);
    },
    dropped: () => dropped,
    waiting: () => 0,
    flush: async () => {},
    close: async () => {},
  };
}

const stationKey = ["station", "code", "vendor", "model", "firmwareVersion"] as const;
const modelKey = ["vendor", "model", "firmwareVersion", "code"] as const;

type Counted = Omit<DeviationCount, "station">;

function page<T extends Counted, K extends readonly (keyof T & string)[]>(
  counts: readonly T[],
  query: DeviationQuery,
  key: K,
): readonly T[] {
  const { after, limit, ...filters } = query;
  const wanted = Object.entries(filters).filter(([, value]) => value !== undefined);
  const placeOf = (count: T) => key.map((name) => String(count[name]));
  return counts
    .filter((count) => wanted.every(([name, value]) => count[name as keyof T] === value))
    .filter((count) => after === undefined || compare(placeOf(count), after) > 0)
    .sort((one, other) => compare(placeOf(one), placeOf(other)))
    .slice(0, limit);
}

function compare(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((part, place) => part !== other[place]);
  if (at < 0) return 0;
  return (one[at] ?? "") < (other[at] ?? "") ? -1 : 1;
}

function summed(counts: readonly DeviationCount[]) {
  const groups = Map.groupBy(counts, (count) =>
    JSON.stringify(modelKey.map((name) => count[name])),
  );
  return [...groups.values()].map((group) => {
    const [{ station: _station, ...first }] = group as [DeviationCount];
    const instants = group.flatMap(({ firstAt, lastAt }) => [firstAt, lastAt]).sort();
    return {
      ...first,
      count: group.reduce((sum, { count }) => sum + count, 0),
      stations: group.length,
      firstAt: instants[0] ?? "",
      lastAt: instants.at(-1) ?? "",
    };
  });
}

function countDeviations(counts: Map<string, DeviationCount>, frame: Frame): void {
  const { station, at, shownBy = {} } = frame;
  const { vendor = "", model = "", firmwareVersion = "" } = shownBy;
  for (const code of frame.deviations ?? []) {
    const about = { station, code, vendor, model, firmwareVersion };
    const key = JSON.stringify(about);
    const known = counts.get(key) ?? { ...about, count: 0, firstAt: at, lastAt: at };
    counts.set(key, {
      ...known,
      count: known.count + 1,
      firstAt: at < known.firstAt ? at : known.firstAt,
      lastAt: at > known.lastAt ? at : known.lastAt,
    });
  }
}
