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

const daySeconds = 86_400;

/** Steps from one mark to the next, in seconds: from one to four weeks. */
export const timeSteps = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200],
  ...[1, 2, 7, 14, 28].map((days) => days * daySeconds),
];

/**
 * What stands at the marks: the time, with seconds where minutes alone would say the same twice.
 * The first one, and the first of another day, says its day below, unless all of them are of today.
 * Where marks are days apart they are days, and what begins another year says it.
 */
export function clockLabels({ splits, step, now, language }: Marks): string[] {
  const instants = splits.map((second) => new Date(second * 1000));
  if (step >= daySeconds) return dayLabels(instants, now, language);
  const isToday = (at: Date | undefined) => at?.toDateString() === now.toDateString();
  const daysMatter = !(isToday(instants[0]) && isToday(instants.at(-1)));
  return instants.map((at, index) => {
    const time = at.toLocaleTimeString(language, {
      ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
      ...(step < 60 ? ({ second: "2-digit" } as const) : {}),
    });
    const isOfSameDay = instants[index - 1]?.toDateString() === at.toDateString();
    if (!daysMatter || isOfSameDay) return time;
    return `${time}\n${dayOf(at, language)}`;
  });
}

function dayLabels(instants: readonly Date[], now: Date, language: string): string[] {
  let year = now.getFullYear();
  return instants.map((at) => {
    const day = dayOf(at, language);
    if (at.getFullYear() === year) return day;
    year = at.getFullYear();
    return `${day}\n${year}`;
  });
}

function dayOf(at: Date, language: string): string {
  return at.toLocaleDateString(language, { day: "numeric", month: "short" });
}
