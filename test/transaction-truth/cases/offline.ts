import type { TruthGroup } from "../case.ts";
import { connects, cut, decides, later, samples, starts, stops } from "../steps.ts";
import { answersOf, manySessions } from "./many.ts";

const offlineDay = manySessions("ABCDEFG");

/** A station that was offline tells of the past; its own instants count. */
export const offline: TruthGroup = {
  title: "Told later",
  about: "A station that was offline tells of the past; its own instants count.",
  cases: [
    {
      title: "A start and a stop while offline are told an hour later",
      from: "item 30, X8",

      story: [
        cut,
        later("12:30"),
        connects,
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "11:25", wh: 8500 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 11:25 at 8500 Wh: 7500 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–11:25, 7500 Wh, Local"],
      flagged: [],
    },
    {
      title: "A start and a stop while offline are told three months later",
      from: "X8, item 20",

      story: [
        cut,
        later("2026-08-04 09:00"),
        connects,
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "11:25", wh: 8500 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 11:25 at 8500 Wh: 7500 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–11:25, 7500 Wh, Local"],
      flagged: [],
    },
    {
      title: "The start is lost, its stop is sent",
      from: "X8, item 30",
      needs: ["numbersOfCsms"],
      story: [cut, later("12:00"), connects, stops("A", { at: "11:25", wh: 8500, named: -1 })],
      stored: [
        "A starts 11:25, no meter (the wire's number -1)",
        "A stops 11:25 at 8500 Wh, Local",
      ],
      answered: ["Accepted"],
      shown: ["A ended, 11:25–11:25, energy unknown, Local"],
      flagged: ["A: meterStartUnknown, stopWithoutStart"],
    },
    {
      title: "The start is lost; its stop carries the readings of begin and end",
      from: "X8, M10",
      needs: ["numbersOfCsms"],
      story: [
        cut,
        later("12:00"),
        connects,
        stops("A", {
          ...{ at: "11:25", wh: 8500, named: -1 },
          readings: [
            { at: "10:05", wh: 1000, context: "Transaction.Begin" },
            { at: "11:25", wh: 8500, context: "Transaction.End" },
          ],
        }),
      ],
      stored: [
        "A starts 11:25, no meter (the wire's number -1)",
        "A is sampled 10:05 1000 Wh (begin); 11:25 8500 Wh (end)",
        "A stops 11:25 at 8500 Wh: 7500 Wh, Local",
      ],
      answered: ["Accepted"],
      shown: ["A ended, 11:25–11:25, 7500 Wh, Local"],
      flagged: ["A: meterStartUnknown, stopWithoutStart"],
    },
    {
      title: "The stop comes before its start: the queue was sent in disorder",
      from: "X15",
      needs: ["numbersOfCsms"],
      story: [
        cut,
        later("12:00"),
        connects,
        stops("A", { at: "11:25", wh: 8500, named: -1 }),
        starts("A", { at: "10:05", wh: 1000 }),
      ],
      stored: [
        "A starts 11:25, no meter (the wire's number -1)",
        "A stops 11:25 at 8500 Wh, Local",
        "A has started before that 10:05 at 1000 Wh: 7500 Wh",
      ],
      answered: ["Accepted", "A: Accepted"],
      shown: ["A ended, 10:05–11:25, 7500 Wh, Local"],
      flagged: ["A: meterStartUnknown, startedAfterStop, stopWithoutStart"],
    },
    {
      title: "The next start comes without a stop of the one before",
      from: "X7",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        starts("B", { at: "11:00", wh: 3400, token: "OTHER" }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A is taken to have ended 10:20 at 3000 Wh: 2000 Wh",
        "B starts 11:00 at 3400 Wh (invalid)",
      ],
      answered: ["A: Accepted", "recorded", "B: Invalid"],
      shown: ["A estimated, 10:05–10:20, 2000 Wh", "B active, 11:00, 0 Wh"],
      flagged: ["A: endEstimated", "B: notAuthorized"],
    },
    {
      title: "The stop of a session that was taken as ended comes three months late",
      from: "X8, item 20",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        cut,
        later("2026-05-05 08:00"),
        connects,
        starts("B", { at: "2026-05-05 08:00", wh: 9000 }),
        stops("B", { at: "2026-05-05 09:00", wh: 12000 }),
        later("2026-08-04 09:00"),
        stops("A", { at: "11:40", wh: 8800 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A is taken to have ended 10:20 at 3000 Wh: 2000 Wh",
        "B starts 2026-05-05 08:00 at 9000 Wh",
        "B stops 2026-05-05 09:00 at 12000 Wh: 3000 Wh, Local",
        "A has ended after all 11:40 at 8800 Wh: 7800 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "B: Accepted", "Accepted", "Accepted"],
      shown: [
        "A ended, 10:05–11:40, 7800 Wh, Local; before: 10:20, 2000 Wh",
        "B ended, 2026-05-05 08:00–2026-05-05 09:00, 3000 Wh, Local",
      ],
      flagged: ["A: correctedAfterEstimate, endEstimated"],
    },
    {
      title: "The stop of a session that an operator has ended comes after all",
      from: "X8, item 19",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        later("16:00"),
        decides("EndTransaction", "A"),
        later("18:00"),
        stops("A", { at: "11:40", wh: 8800 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A is taken to have ended 10:20 at 3000 Wh: 2000 Wh",
        "A has ended after all 11:40 at 8800 Wh: 7800 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "Accepted"],
      shown: ["A ended, 10:05–11:40, 7800 Wh, Local; before: 10:20, 2000 Wh"],
      flagged: ["A: correctedAfterEstimate, endEstimated"],
    },
    {
      title: "Samples of a session that was taken as ended come after all",
      from: "X7, M9",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:20", wh: 3000 }]),
        starts("B", { at: "11:00", wh: 5000, token: "OTHER" }),
        samples("A", [{ at: "10:50", wh: 4800 }]),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A is taken to have ended 10:20 at 3000 Wh: 2000 Wh",
        "B starts 11:00 at 5000 Wh (invalid)",
        "A is sampled 10:50 4800 Wh",
        "A is taken to have ended 10:50 at 4800 Wh: 3800 Wh",
      ],
      answered: ["A: Accepted", "recorded", "B: Invalid", "recorded"],
      shown: ["A estimated, 10:05–10:50, 3800 Wh; before: 10:20, 2000 Wh", "B active, 11:00, 0 Wh"],
      flagged: ["A: endEstimated", "B: notAuthorized"],
    },
    {
      title: "Seven sessions of an offline day are told, and three of them told again",
      from: "X6, item 30",
      story: [
        cut,
        later("16:00"),
        connects,
        ...offlineDay.story,
        cut,
        connects,
        ...offlineDay.again("ABG"),
      ],
      stored: offlineDay.stored,
      shown: offlineDay.shown,
      flagged: offlineDay.flagged,
      answered: answersOf("ABCDEFGABG"),
    },
  ],
};
