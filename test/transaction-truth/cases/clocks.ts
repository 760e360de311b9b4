import type { TruthGroup } from "../case.ts";
import { later, reboots, starts, stops } from "../steps.ts";

/** Where a clock cannot be right ours is taken, its own words are kept, and a person is asked. */
export const clocks: TruthGroup = {
  title: "Clocks",
  about:
    "Where a clock cannot be right ours is taken, its own words are kept, and a person is asked.",
  cases: [
    {
      title: "The clock was never set: 1970",
      from: "B9, item 33",

      story: [
        starts("A", { at: "1970-01-01T00:00:10Z", wh: 1000 }),
        later("10:50"),
        stops("A", { at: "1970-01-01T00:50:10Z", wh: 6000 }),
      ],
      stored: [
        "A starts 10:00 at 1000 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local (by its clock 1970-01-01T00:50:10Z)",
      ],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:50, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
    {
      title: "The clock is a year ahead",
      from: "B9",

      story: [
        starts("A", { at: "2027-05-04T10:05:00Z", wh: 1000 }),
        later("10:50"),
        stops("A", { at: "2027-05-04T10:50:00Z", wh: 6000 }),
      ],
      stored: [
        "A starts 10:00 at 1000 Wh (by its clock 2027-05-04T10:05:00Z)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local (by its clock 2027-05-04T10:50:00Z)",
      ],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:50, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
    {
      title: "The clock is two minutes ahead",
      from: "B9, item 33",

      story: [
        starts("A", { at: "2026-05-04T10:02:00Z", wh: 1000 }),
        later("10:50"),
        stops("A", { at: "2026-05-04T10:52:00Z", wh: 6000 }),
      ],
      stored: ["A starts 10:02 at 1000 Wh", "A stops 10:52 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:02–10:52, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The clock is set in the middle of a session",
      from: "B9",

      story: [
        starts("A", { at: "1970-01-01T00:00:10Z", wh: 1000 }),
        reboots,
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:00 at 1000 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:50, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
    {
      title: "The clock is set back in the middle: the stop is before the start",
      from: "B9",

      story: [
        later("11:00"),
        starts("A", { at: "11:00", wh: 1000 }),
        later("11:40"),
        stops("A", { at: "10:40", wh: 6000 }),
      ],
      stored: ["A starts 11:00 at 1000 Wh", "A stops 10:40 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 11:00–10:40, 5000 Wh, Local"],
      flagged: ["A: endBeforeStart"],
    },
    {
      title: "Timestamps have no zone",
      from: "B9, item 33",
      crooked: true,
      story: [
        starts("A", { at: "2026-05-04T10:05:00", wh: 1000 }),
        later("10:50"),
        stops("A", { at: "2026-05-04 10:50:00", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Timestamps are missing",
      from: "B9",
      crooked: true,
      story: [
        later("10:05"),
        starts("A", { at: undefined, wh: 1000 }),
        later("10:50"),
        stops("A", { at: undefined, wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh (without a time)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local (without a time)",
      ],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
    {
      title: "Timestamps have an offset from UTC",
      from: "B9",

      story: [
        starts("A", { at: "2026-05-04T12:00:00+02:00", wh: 1000 }),
        later("10:50"),
        stops("A", { at: "2026-05-04T12:50:00+02:00", wh: 6000 }),
      ],
      stored: ["A starts 10:00 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:50, 5000 Wh, Local"],
      flagged: [],
    },
  ],
};
