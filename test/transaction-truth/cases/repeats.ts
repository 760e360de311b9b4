import type { TruthGroup } from "../case.ts";
import { again, connects, cut, later, reboots, samples, starts, stops, unheard } from "../steps.ts";
import { answersOf, manySessions } from "./many.ts";

const clockless = manySessions("ABCDEFGH", "1970");

/** What is told again has one effect, and the same answer. */
export const repeats: TruthGroup = {
  title: "Told twice",
  about: "What is told again has one effect, and the same answer.",
  cases: [
    {
      title: "A start's answer is lost, and it is told again on a new connection",
      from: "X6",

      story: [
        unheard(starts("A", { at: "10:05", wh: 1000 })),
        connects,
        again("start of A"),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "A start is told again after its stop",
      from: "X6",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000 }),
        cut,
        connects,
        again("start of A"),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted", "A: Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "A stop's answer is lost with the socket, and it is told again",
      from: "X13, item 22",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        unheard(stops("A", { at: "10:50", wh: 6000, reason: "HardReset" })),
        reboots,
        again("stop of A"),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, HardReset"],
      answered: ["A: Accepted", "Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, HardReset"],
      flagged: [],
    },
    {
      title: "A session is stopped twice, with different meters",
      from: "item 22",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000 }),
        reboots,
        stops("A", { at: "11:10", wh: 6300, reason: "PowerLoss" }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
        "A is said to have stopped 11:10 at 6300 Wh, PowerLoss, kept beside",
      ],
      answered: ["A: Accepted", "Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local; beside: 11:10, at 6300 Wh, PowerLoss"],
      flagged: ["A: stoppedTwice"],
    },
    {
      title: "Samples are told again after a reconnect",
      from: "M11",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        cut,
        connects,
        again("samples of A"),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Samples are told again with the stop",
      from: "M11",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        stops("A", {
          at: "10:50",
          wh: 6000,
          readings: [
            { at: "10:05", wh: 1000, context: "Transaction.Begin" },
            { at: "10:20", wh: 3000 },
            { at: "10:50", wh: 6000, context: "Transaction.End" },
          ],
        }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A is sampled 10:05 1000 Wh (begin); 10:20 3000 Wh; 10:50 6000 Wh (end)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "A station without a clock tells its running start again after a reconnect",
      from: "X6, B9",

      story: [
        unheard(starts("A", { at: "1970-01-01T00:00:10Z", wh: 1000 })),
        connects,
        again("start of A"),
        stops("A", { at: "1970-01-01T00:45:10Z", wh: 6000 }),
      ],
      stored: [
        "A starts 10:00 at 1000 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:00 at 6000 Wh: 5000 Wh, Local (by its clock 1970-01-01T00:45:10Z)",
      ],
      answered: ["A: Accepted", "A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:00, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
    {
      title:
        "A station without a clock tells start and stop again, after the stop, after a reconnect",
      from: "X6, B9",

      story: [
        starts("A", { at: "1970-01-01T00:00:10Z", wh: 1000 }),
        stops("A", { at: "1970-01-01T00:45:10Z", wh: 6000 }),
        cut,
        later("12:00"),
        connects,
        again("start of A"),
        again("stop of A"),
      ],
      stored: [
        "A starts 10:00 at 1000 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:00 at 6000 Wh: 5000 Wh, Local (by its clock 1970-01-01T00:45:10Z)",
      ],
      answered: ["A: Accepted", "Accepted", "A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:00, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
    {
      title:
        "A station without a clock, whose meter begins at 0 each time, tells start and stop again",
      from: "X6, B9, M6",

      story: [
        starts("A", { at: "1970-01-01T00:00:10Z", wh: 0 }),
        stops("A", { at: "1970-01-01T00:45:10Z", wh: 5000 }),
        cut,
        later("12:00"),
        connects,
        again("start of A"),
        again("stop of A"),
      ],
      stored: [
        "A starts 10:00 at 0 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:00 at 5000 Wh: 5000 Wh, Local (by its clock 1970-01-01T00:45:10Z)",
        "B starts 12:00 at 0 Wh (by its clock 1970-01-01T00:00:10Z)",
        "B stops 12:00 at 5000 Wh: 0 Wh, Local (by its clock 1970-01-01T00:45:10Z, a repetition)",
      ],
      answered: ["A: Accepted", "Accepted", "B: Accepted", "Accepted"],
      shown: [
        "A ended, 10:00–10:00, 5000 Wh, Local",
        "B ended, 12:00–12:00, 0 Wh, Local, repeats A",
      ],
      flagged: ["A: implausibleClock", "B: implausibleClock, startedTwice"],
    },
    {
      title: "A clock and a meter that begin anew with each session make no repetition",
      from: "B9, M6",

      story: [
        starts("A", { at: "1970-01-01T00:00:10Z", wh: 0 }),
        stops("A", { at: "1970-01-01T00:45:10Z", wh: 5000 }),
        reboots,
        starts("B", { at: "1970-01-01T00:00:10Z", wh: 0 }),
        stops("B", { at: "1970-01-01T00:50:10Z", wh: 7000 }),
      ],
      stored: [
        "A starts 10:00 at 0 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:00 at 5000 Wh: 5000 Wh, Local (by its clock 1970-01-01T00:45:10Z)",
        "B starts 10:00 at 0 Wh (by its clock 1970-01-01T00:00:10Z)",
        "B stops 10:00 at 7000 Wh: 7000 Wh, Local (by its clock 1970-01-01T00:50:10Z)",
      ],
      answered: ["A: Accepted", "Accepted", "B: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:00, 5000 Wh, Local", "B ended, 10:00–10:00, 7000 Wh, Local"],
      flagged: ["A: implausibleClock", "B: implausibleClock"],
    },
    {
      title: "A station without a clock tells eight sessions again, the first two and the last",
      from: "X6, B9",
      story: [...clockless.story, cut, connects, ...clockless.again("ABH")],
      stored: clockless.stored,
      answered: answersOf("ABCDEFGHABH"),
      shown: clockless.shown,
      flagged: clockless.flagged,
    },
  ],
};
