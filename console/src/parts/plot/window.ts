// The axis of time below a plot: from when until when, and what it says.

/** Of the line below a plot that says what the pointer is at, in pixels. */
export const legendHeight = 24;

/** A line that has only begun is drawn in a window of so many seconds. */
const leastSeconds = 300;

/**
 * From when until when a plot shows: all there is, and never a window of moments. What is newest is
 * at the right from the first, and moves to the left as more comes.
 */
export function windowOf(from: number, until: number): [number, number] {
  return [Math.min(from, until - leastSeconds), until];
}

interface Marks {
  /** Where the axis has a mark, in seconds since 1970. */
  readonly splits: readonly number[];
  /** Seconds from one to the next. */
  readonly step: number;
  readonly now: Date;
  readonly language: string;
}

/**
 * What stands at the marks: the time, with seconds where minutes alone would say the same twice.
 * The first one, and the first of another day, says its day below, unless all of them are of today.
 */
export function clockLabels({ splits, step, now, language }: Marks): string[] {
  const instants = splits.map((second) => new Date(second * 1000));
  const isToday = (at: Date | undefined) => at?.toDateString() === now.toDateString();
  const daysMatter = !(isToday(instants[0]) && isToday(instants.at(-1)));
  return instants.map((at, index) => {
    const time = at.toLocaleTimeString(language, {
      ...{ hour: "2-digit", minute: "2-digit", hour12: false },
      ...(step < 60 ? ({ second: "2-digit" } as const) : {}),
    });
    const isOfSameDay = instants[index - 1]?.toDateString() === at.toDateString();
    if (!daysMatter || isOfSameDay) return time;
    return `${time}\n${at.toLocaleDateString(language, { day: "numeric", month: "short" })}`;
  });
}
