import { type ReactNode, useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useColours } from "../../app/colours.ts";
import { useLanguage, useText } from "../../strings/language.ts";
import { shortInstant, utcInstant } from "../instants.ts";
import classes from "./plot.module.css";
import { clockLabels, legendHeight, timeSteps, windowOf } from "./window.ts";

/** A line over time: its name, and a value for each instant (`null`: none was measured). */
export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** A colour of the theme. */
  readonly color?: string;
}

interface Props {
  /** Seconds since 1970, rising. */
  readonly at: readonly number[];
  readonly lines: readonly Line[];
  readonly height?: number;
  /** A value with its unit, as an axis and the legend show it. */
  readonly format: (value: number) => string;
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

/** Lines over time, drawn by uPlot; load it lazily (`plot.tsx`). */
export function TimePlot({ at, lines, height = 160, format, label }: Props): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const { isDark } = useColours();
  const language = useLanguage();
  const t = useText();
  const shape = lines.map((line) => `${line.label} ${line.color}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: values are given below, without a new plot
  useEffect(() => {
    const parent = frame.current;
    if (parent === null) return;
    const made = new uPlot(
      optionsOf({ lines, height, format, language, at: t("time.at") }, parent),
      [[]],
      parent,
    );
    plot.current = made;
    const watching = new ResizeObserver(() => made.setSize({ width: parent.clientWidth, height }));
    watching.observe(parent);
    return () => {
      watching.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape, height, isDark, language]);

  useEffect(() => {
    plot.current?.setData([[...at], ...lines.map(({ values }) => [...values])]);
  });

  return (
    <div
      ref={frame}
      className={classes.plot}
      role="img"
      aria-label={label}
      style={{ minHeight: height + legendHeight }}
    />
  );
}

interface Drawn {
  readonly height: number;
  /** What an instant is called beside the values. */
  readonly at: string;
  readonly language: string;
}

function optionsOf(
  { lines, height, format, language, at }: Pick<Props, "lines" | "format"> & Drawn,
  parent: HTMLElement,
): uPlot.Options {
  const style = getComputedStyle(parent);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const quiet = color("--mantine-color-dimmed");
  const grid = { stroke: color("--motown-line"), width: 1 };
  const axis = { stroke: quiet, grid, ticks: { show: false }, font: "11px system-ui" };
  return {
    width: parent.clientWidth,
    height,
    padding: [8, 18, 0, 0],
    // What the pointer is at; a line that can only be looked at cannot be read.
    legend: { live: true },
    hooks: { setLegend: [sayInUtc] },
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: {
        time: true,
        // Without a point there is nothing to show a window of.
        range: (_plot, from, until) => (from === null ? [null, null] : windowOf(from, until)),
      },
      y: { range: (_plot, _least, most) => [0, Math.max(most * 1.15, 1)] },
    },
    axes: [
      {
        ...{ ...axis, space: 80, incrs: timeSteps },
        values: (_plot, splits, _axis, _space, step) =>
          clockLabels({ splits, step, now: new Date(), language }),
        // A second line for the day, where there is one.
        size: (_plot, labels) => (labels?.some((text) => text?.includes("\n")) ? 40 : 26),
      },
      { ...axis, size: 62, incrs: wholeSteps, values: (_plot, splits) => splits.map(format) },
    ],
    series: [
      { label: at, value: (_plot, second) => instantAt(second, language) },
      ...lines.map((line) => {
        const stroke = color(line.color ?? "--mantine-color-cyan-6");
        const value = (_plot: uPlot, read: number | null) => (read === null ? "–" : format(read));
        const drawn = { stroke, width: 1.75, fill: `${stroke}22`, spanGaps: false };
        return { label: line.label, value, ...drawn };
      }),
    ],
  };
}

/** Steps of what is plotted: parts of one would be said by the same words. */
const wholeSteps = Array.from({ length: 10 }, (_none, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

/** As everywhere, an instant says its UTC to who rests on it: here in the legend. */
function sayInUtc(plot: uPlot): void {
  const place = plot.root.querySelector<HTMLElement>(".u-legend .u-series .u-value");
  const second = plot.data[0][plot.cursor.idx ?? -1];
  if (place === null) return;
  place.title = second === undefined ? "" : utcInstant(new Date(second * 1000));
}

/** The instant under the pointer; none while it points at none. */
function instantAt(second: number | null, language: string): string {
  return second === null ? "–" : shortInstant(new Date(second * 1000), new Date(), language);
}
