import type { TruthGroup } from "../case.ts";
import { samples, starts, stops } from "../steps.ts";

/** Meters lose, jump, restart and stay silent; what they said is kept. */
export const meters: TruthGroup = {
  title: "Meters",
  about: "Meters lose, jump, restart and stay silent; what they said is kept.",
  cases: [
    {
      title: "The meter has lost 1 Wh at the stop",
      from: "M8, item 23",

      story: [starts("A", { at: "10:05", wh: 1000 }), stops("A", { at: "10:06", wh: 999 })],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:06 at 999 Wh: 0 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:06, 0 Wh, Local"],
      flagged: ["A: meterWentBackwards"],
    },
    {
      title: "The meter has lost 1 Wh since the last sample",
      from: "M8",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:40", wh: 5000 }]),
        stops("A", { at: "10:50", wh: 4999 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:40 5000 Wh",
        "A stops 10:50 at 4999 Wh: 4000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 4000 Wh, Local"],
      flagged: ["A: meterWentBackwards"],
    },
    {
      title: "Samples have decimals that the stop rounds away",
      from: "M2",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:40", wh: "5000.7" }]),
        stops("A", { at: "10:50", wh: 5000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:40 5000.7 Wh",
        "A stops 10:50 at 5000 Wh: 4000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 4000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The meter restarts at 0 in the middle",
      from: "M6",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 4000 }]),
        samples("A", [{ at: "10:40", wh: 200 }]),
        stops("A", { at: "10:50", wh: 700 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 4000 Wh",
        "A is sampled 10:40 200 Wh",
        "A stops 10:50 at 700 Wh: 3000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 3000 Wh, Local"],
      flagged: ["A: meterWentBackwards"],
    },
    {
      title: "The register rolls over, with no sample to tell",
      from: "M6",

      story: [starts("A", { at: "10:05", wh: 999800 }), stops("A", { at: "10:50", wh: 4800 })],
      stored: ["A starts 10:05 at 999800 Wh", "A stops 10:50 at 4800 Wh: 0 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 0 Wh, Local"],
      flagged: ["A: meterWentBackwards"],
    },
    {
      title: "The stop is a million kWh beyond the start",
      from: "M2",

      story: [starts("A", { at: "10:05", wh: 1000 }), stops("A", { at: "10:50", wh: 1000001000 })],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 1000001000 Wh: 1000000000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 1000000000 Wh, Local"],
      flagged: ["A: energyImplausible"],
    },
    {
      title: "One sample among the others is beyond all sense",
      from: "M2",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [
          { at: "10:20", wh: 3000 },
          { at: "10:21", wh: 4294967295 },
        ]),
        samples("A", [{ at: "10:30", wh: 4000 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh; 10:21 4294967295 Wh",
        "A is sampled 10:30 4000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "One sample beyond all sense, and no stop at all",
      from: "M2, X7",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [
          { at: "10:20", wh: 3000 },
          { at: "10:21", wh: 4294967295 },
        ]),
        starts("B", { at: "11:00", wh: 5000, token: "OTHER" }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh; 10:21 4294967295 Wh",
        "A is taken to have ended 10:21 at 3000 Wh: 2000 Wh",
        "B starts 11:00 at 5000 Wh (invalid)",
      ],
      answered: ["A: Accepted", "recorded", "B: Invalid"],
      shown: ["A estimated, 10:05–10:21, 2000 Wh", "B active, 11:00, 0 Wh"],
      flagged: ["A: endEstimated", "B: notAuthorized"],
    },
    {
      title: "Start, samples and stop are the same",
      from: "M8",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 1000 }]),
        stops("A", { at: "10:50", wh: 1000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 1000 Wh",
        "A stops 10:50 at 1000 Wh: 0 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 0 Wh, Local"],
      flagged: [],
    },
    {
      title: "Samples are in kWh, start and stop in Wh",
      from: "M3",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", kwh: "3.5", powerW: 7400 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3500 Wh (written 3.5); 10:20 Power.Active.Import 7400 W",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Meters at start and stop have decimals",
      from: "M2",
      crooked: true,
      story: [starts("A", { at: "10:05", wh: 1000.5 }), stops("A", { at: "10:50", wh: 6000.75 })],
      stored: ["A starts 10:05 at 1000.5 Wh", "A stops 10:50 at 6000.75 Wh: 5000.25 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000.25 Wh, Local"],
      flagged: [],
    },
    {
      title: "A sample has a decimal comma",
      from: "M2",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: "3000,5" }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000.5 Wh (written 3000,5)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The stop has no meter, but samples had",
      from: "M9",
      crooked: true,
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:45", wh: 5500 }]),
        stops("A", { at: "10:50", wh: undefined }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:45 5500 Wh",
        "A stops 10:50, no meter: 4500 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 4500 Wh, Local"],
      flagged: ["A: meterStopUnknown"],
    },
    {
      title: "The stop has no meter, and neither had anything before",
      from: "M9",
      crooked: true,
      story: [starts("A", { at: "10:05", wh: 1000 }), stops("A", { at: "10:50", wh: undefined })],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50, no meter, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, energy unknown, Local"],
      flagged: ["A: meterStopUnknown"],
    },
    {
      title: "The start has no meter",
      from: "M9",
      crooked: true,
      story: [
        starts("A", { at: "10:05", wh: undefined }),
        samples("A", [{ at: "10:10", wh: 2000 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05, no meter",
        "A is sampled 10:10 2000 Wh",
        "A stops 10:50 at 6000 Wh: 4000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 4000 Wh, Local"],
      flagged: ["A: meterStartUnknown"],
    },
    {
      title: "The stop says 0",
      from: "M8",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:45", wh: 5500 }]),
        stops("A", { at: "10:50", wh: 0 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:45 5500 Wh",
        "A stops 10:50 at 0 Wh: 4500 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 4500 Wh, Local"],
      flagged: ["A: meterWentBackwards"],
    },
    {
      title: "The stop carries the samples that nobody has heard yet",
      from: "M10",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", {
          at: "10:50",
          wh: 6000,
          readings: [
            { at: "10:20", wh: 3000 },
            { at: "10:50", wh: 6000, context: "Transaction.End" },
          ],
        }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh; 10:50 6000 Wh (end)",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Samples come in disorder, and one is missing",
      from: "X15",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:40", wh: 5000 }]),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:40 5000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Samples of the clock and of the phases are no session's energy",
      from: "M6, M7",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:30", wh: 9000, context: "Sample.Clock" }], { named: undefined }),
        samples("A", [{ at: "10:45", wh: 5500 }]),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "the meter of EVSE 1, in no session: 10:30 9000 Wh (clock)",
        "A is sampled 10:45 5500 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
  ],
};
