import type { TruthGroup } from "../case.ts";
import {
  asksToStop,
  commands,
  cut,
  decides,
  later,
  reboots,
  reports,
  samples,
  starts,
  stops,
} from "../steps.ts";

/** Where a session is, and what else happens meanwhile. */
export const places: TruthGroup = {
  title: "Places and circumstances",
  about: "Where a session is, and what else happens meanwhile.",
  cases: [
    {
      title: "The reservation is number 0",
      from: "X3",

      story: [
        starts("A", { at: "10:05", wh: 1000, reservation: 0 }),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The reservation is nobody's",
      from: "X3",

      story: [
        starts("A", { at: "10:05", wh: 1000, reservation: 77 }),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The start names EVSE 0",
      from: "M4",

      story: [
        starts("A", { at: "10:05", wh: 1000, evse: 0 }),
        samples("A", [{ at: "10:20", wh: 3000 }], { evse: 0 }),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The start names an EVSE that the station does not have",
      from: "items 34 to 36",

      story: [
        starts("A", { at: "10:05", wh: 1000, evse: 7 }),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh (EVSE 7)", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended on EVSE 7, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The station reboots in the middle, and goes on",
      from: "X13",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        reboots,
        samples("A", [{ at: "10:20", wh: 3000 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The station loses its power in the middle, and tells the stop after its boot",
      from: "item 22",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        cut,
        later("11:30"),
        reboots,
        stops("A", { at: "10:31", wh: 4200, reason: "PowerLoss" }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:31 at 4200 Wh: 3200 Wh, PowerLoss"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:31, 3200 Wh, PowerLoss"],
      flagged: [],
    },
    {
      title: "The EVSE says that it is available before the stop comes",
      from: "B6, item 31",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        reports("Available"),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "A remote stop races with the driver's own",
      from: "item 28",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        later("10:49"),
        asksToStop("A"),
        stops("A", { at: "10:50", wh: 6000, reason: "Local" }),
        stops("A", { at: "10:50", wh: 6000, reason: "Remote", token: undefined }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local (asked for)"],
      answered: ["A: Accepted", "Accepted", "recorded"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The acceptance of the station was taken back in the middle",
      from: "item 25",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        commands("UnacceptChargingStation"),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "A person has looked at a session, and its stop comes again with another meter",
      from: "item 22",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 900 }),
        decides("SettleReview", "A"),
        stops("A", { at: "10:51", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A stops 10:50 at 900 Wh: 0 Wh, Local",
        "A was looked at",
        "A is said to have stopped 10:51 at 6000 Wh, Local, kept beside",
      ],
      answered: ["A: Accepted", "Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 0 Wh, Local; beside: 10:51, at 6000 Wh, Local"],
      flagged: ["A: stoppedTwice"],
    },
  ],
};
