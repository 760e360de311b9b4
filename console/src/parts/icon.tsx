import type { ReactNode } from "react";

/** Drawn on a grid of 24, in lines; a new one is a row. */
const drawings = {
  none: "",
  brand: "M13.5 3 6 13.5h4.5L9 21l9-11.5h-5.5z",
  gauge: "M12 14l4-5M4 18a9 9 0 1 1 16 0M4 18h16",
  station:
    "M5 21V5a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v16M3 21h14M8 7h4" +
    "M15 11h2a2 2 0 0 1 2 2v3a1.5 1.5 0 0 0 3 0V9l-3-3",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
  card: "M3 6h18v12H3zM3 10h18M7 15h4",
  cube: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12 4 7.5",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  message: "M4 5h16v11H9l-5 4z",
  plug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
  puzzle: "M10 4a2 2 0 1 1 4 0v2h4v4h-2a2 2 0 1 0 0 4h2v5H6v-5H4a2 2 0 1 1 0-4h2V6h4z",
  heart: "M3 12h4l2-5 4 10 2-5h6",
  key: "M14 10a4 4 0 1 0-3.5 4L13 16h2v2h2v2h3v-3z",
  users:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0" +
    "M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 21a7.5 7.5 0 0 1 15 0",
  map: "M9 4 3 6v14l6-2 6 2 6-2V4l-6 2zM9 4v14M15 6v14",
  sun:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4" +
    "M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6 6 18",
  alert: "M12 4 2.5 20h19zM12 10v4.5M12 17.5v.01",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  right: "M9 5l7 7-7 7",
  left: "M15 5l-7 7 7 7",
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  download: "M12 4v11M7 11l5 5 5-5M4 20h16",
  refused: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.6 5.6l12.8 12.8",
  nodes: "M5 4h4v4H5zM15 4h4v4h-4zM10 16h4v4h-4zM7 8l4 8M17 8l-4 8M9 6h6",
  ruler: "M3 9h18v6H3zM7 9v3M11 9v3M15 9v3M19 9v2",
  arrowIn: "M20 12H5M11 6l-6 6 6 6",
  arrowOut: "M4 12h15M13 6l6 6-6 6",
  plus: "M12 5v14M5 12h14",
} as const satisfies Record<string, string>;

/** Name of a drawing. */
export type IconName = keyof typeof drawings;

/** A drawing beside a word; it says nothing by itself to who cannot see it. */
export function Icon({
  name,
  size = 16,
}: {
  readonly name: IconName;
  readonly size?: number;
}): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
