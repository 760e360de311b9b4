import type { TruthGroup } from "../case.ts";
import { again, connects, dies, fails, samples, starts, stops } from "../steps.ts";

/** What was answered is in the log; what is in the log is not told in vain. */
export const crashes: TruthGroup = {
  title: "Crashes",
  about: "What was answered is in the log; what is in the log is not told in vain.",
  cases: [
    {
      title: "The store is down when a start comes, and when its repetition comes",
      from: "item 21",
      story: [
        fails("beforeCommit", starts("A", { at: "10:05", wh: 1000 })),
        fails("beforeCommit", again("start of A")),
        again("start of A"),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["no answer", "no answer", "A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The store has a stop and could not say so; it is told again on the same connection",
      from: "item 21",
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        fails("afterCommit", stops("A", { at: "10:50", wh: 6000 })),
        again("stop of A"),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "no answer", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Motown dies before a start is committed",
      from: "item 21",
      durable: true,
      story: [
        dies("beforeCommit", starts("A", { at: "10:05", wh: 1000 })),
        connects,
        again("start of A"),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["no answer", "A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Motown dies between a start's commit and its answer",
      from: "X6",
      durable: true,
      story: [
        dies("afterCommit", starts("A", { at: "10:05", wh: 1000 })),
        connects,
        again("start of A"),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["no answer", "A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Motown dies between a stop's commit and its answer",
      from: "X13",
      durable: true,
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        dies("afterCommit", stops("A", { at: "10:50", wh: 6000 })),
        connects,
        again("stop of A"),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "no answer", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Motown dies between the commit and the answer of a start without a clock",
      from: "item 21, B9",
      durable: true,
      story: [
        dies("afterCommit", starts("A", { at: "1970-01-01T00:00:10Z", wh: 1000 })),
        connects,
        again("start of A"),
        stops("A", { at: "1970-01-01T00:50:10Z", wh: 6000 }),
      ],
      stored: [
        "A starts 10:00 at 1000 Wh (by its clock 1970-01-01T00:00:10Z)",
        "A stops 10:00 at 6000 Wh: 5000 Wh, Local (by its clock 1970-01-01T00:50:10Z)",
      ],
      answered: ["no answer", "A: Accepted", "Accepted"],
      shown: ["A ended, 10:00–10:00, 5000 Wh, Local"],
      flagged: ["A: implausibleClock"],
    },
  ],
};
