import type { DeviationCount, Frame, FrameLog, StoredFrame } from "#bus";
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
      frames.push({ ...frame, id: frameId(dayOf(frame), number) });
      countDeviations(counts, frame);
      if (frames.length <= limits.frameQueueMax) return;
      frames.shift();
      dropped += 1;
    },
    list: async ({ station, before, action, limit }) =>
      frames
        .filter((frame) => frame.station === station)
        .filter((frame) => action === undefined || frame.action === action)
        .filter((frame) => before === undefined || frame.id < before)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, limit),
    deviations: async ({ station }) =>
      [...counts.values()]
        .filter((one) => station === undefined || one.station === station)
        .sort((a, b) => (`${a.station} ${a.code}` < `${b.station} ${b.code}` ? -1 : 1)),
    dropBefore: async (day) => {
      const kept = frames.filter((frame) => dayOf(frame) >= day);
      frames.splice(0, frames.length, ...kept);
    },
    dropped: () => dropped,
    flush: async () => {},
    close: async () => {},
  };
}

function countDeviations(counts: Map<string, DeviationCount>, frame: Frame): void {
  const { station, at } = frame;
  for (const code of frame.deviations ?? []) {
    const key = `${station} ${code}`;
    const known = counts.get(key) ?? { station, code, count: 0, firstAt: at, lastAt: at };
    counts.set(key, {
      ...known,
      count: known.count + 1,
      firstAt: at < known.firstAt ? at : known.firstAt,
      lastAt: at > known.lastAt ? at : known.lastAt,
    });
  }
}
