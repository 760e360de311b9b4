import type { TruthGroup } from "../case.ts";
import { elsewhere, samples, starts, stops } from "../steps.ts";
import { manySessions } from "./many.ts";

const past = manySessions("ABCDEFG");

/** A station names its session by a number that is none, or not this session's. */
export const numbers: TruthGroup = {
  title: "Numbers",
  about: "A station names its session by a number that is none, or not this session's.",
  cases: [
    {
      title: "A stop has the number 0",
      from: "X3, X5, item 27",
      needs: ["numbersOfCsms"],
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000, named: 0 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: stopMatchedByToken"],
    },
    {
      title: "A stop has the number −1",
      from: "X4, items 17 and 18",
      needs: ["numbersOfCsms"],
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000, named: -1 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: stopMatchedByToken"],
    },
    {
      title: "A stop has a number that nobody gave",
      from: "X4, item 24",
      needs: ["numbersOfCsms"],
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000, named: 42 }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: stopMatchedByToken"],
    },
    {
      title: "A stop of nobody's number comes from another token than the one that charges",
      from: "X4, item 24",
      needs: ["numbersOfCsms"],
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("B", { at: "10:50", wh: 6000, named: 42, token: "OTHER" }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "B starts 10:50, no meter (EVSE 2, the wire's number 42)",
        "B stops 10:50 at 6000 Wh, Local",
      ],
      answered: ["A: Accepted", "Invalid"],
      shown: ["A active, 10:05, 0 Wh", "B ended on EVSE 2, 10:50–10:50, energy unknown, Local"],
      flagged: ["B: meterStartUnknown, stopWithoutStart"],
    },
    {
      title: "A stop has no number, and its token charges at both EVSEs",
      from: "X4",
      needs: ["numbersOfCsms"],
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        starts("B", { at: "10:06", wh: 500, evse: 2 }),
        stops("C", { at: "10:50", wh: 6000, named: -1 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "B starts 10:06 at 500 Wh (EVSE 2)",
        "C starts 10:50, no meter (the wire's number -1)",
        "C stops 10:50 at 6000 Wh, Local",
      ],
      answered: ["A: Accepted", "B: Accepted", "Accepted"],
      shown: [
        "A active, 10:05, 0 Wh",
        "B active on EVSE 2, 10:06, 0 Wh",
        "C ended, 10:50–10:50, energy unknown, Local",
      ],
      flagged: ["C: meterStartUnknown, stopWithoutStart"],
    },
    {
      title: "A stop has the number of another station's session",
      from: "item 24",
      needs: ["numbersOfCsms"],
      story: [
        elsewhere(starts("X", { at: "10:01", wh: 0 })),
        starts("A", { at: "10:05", wh: 1000, token: "OTHER" }),
        stops("X", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh (invalid)",
        "B starts 10:50, no meter (EVSE 2, another's number)",
        "B stops 10:50 at 6000 Wh, Local",
      ],
      answered: ["A: Invalid", "Accepted"],
      shown: ["A active, 10:05, 0 Wh", "B ended on EVSE 2, 10:50–10:50, energy unknown, Local"],
      flagged: ["A: notAuthorized", "B: meterStartUnknown, stopWithoutStart"],
    },
    {
      title: "Samples come with the numbers 0, −1 and nobody's while a session runs",
      from: "X4, item 26",
      needs: ["numbersOfCsms"],
      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        samples("A", [{ at: "10:10", wh: 2000 }], { named: 0 }),
        samples("A", [{ at: "10:20", wh: 3000 }], { named: -1 }),
        samples("A", [{ at: "10:30", wh: 4000 }], { named: 42 }),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A is sampled 10:10 2000 Wh",
        "A is sampled 10:20 3000 Wh",
        "A is sampled 10:30 4000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "recorded", "recorded", "recorded", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "Samples with nobody's number come for ever, and nothing charges",
      from: "item 26",
      needs: ["numbersOfCsms"],
      story: [
        samples("A", [{ at: "10:10", wh: 2000 }], { named: 4711 }),
        samples("A", [{ at: "10:25", wh: 2000 }], { named: 4711 }),
      ],
      stored: [
        "the meter of EVSE 1, in no session: 10:10 2000 Wh",
        "the meter of EVSE 1, in no session: 10:25 2000 Wh",
      ],
      answered: ["recorded", "recorded"],
      shown: [],
      flagged: [],
    },
    {
      title: "Samples come of a session that has ended",
      from: "M9",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000 }),
        samples("A", [{ at: "10:45", wh: 5500 }]),
        samples("A", [{ at: "10:55", wh: 6200 }]),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
        "A is sampled 10:45 5500 Wh",
        "A is sampled 10:55 6200 Wh",
      ],
      answered: ["A: Accepted", "Accepted", "recorded", "recorded"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: sampledBeyondEnd"],
    },
    {
      title: "Two sessions run at two EVSEs, and their stops come crosswise",
      from: "X9",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        starts("B", { at: "10:06", wh: 500, evse: 2, token: "OTHER" }),
        stops("B", { at: "10:40", wh: 2500, token: "OTHER" }),
        stops("A", { at: "10:50", wh: 6000 }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh",
        "B starts 10:06 at 500 Wh (EVSE 2, invalid)",
        "B stops 10:40 at 2500 Wh: 2000 Wh, Local",
        "A stops 10:50 at 6000 Wh: 5000 Wh, Local",
      ],
      answered: ["A: Accepted", "B: Invalid", "Invalid", "Accepted"],
      shown: [
        "A ended, 10:05–10:50, 5000 Wh, Local",
        "B ended on EVSE 2, 10:06–10:40, 2000 Wh, Local",
      ],
      flagged: ["B: notAuthorized"],
    },
    {
      title: "A stop names a session of eight sessions ago while its token charges",
      from: "X4, item 24",
      needs: ["numbersOfCsms"],
      story: [
        ...past.story,
        starts("H", { at: "14:00", wh: 8000 }),
        stops("A", { at: "14:20", wh: 8500 }),
      ],
      stored: [
        ...past.stored,
        "H starts 14:00 at 8000 Wh",
        "A is said to have stopped 14:20 at 8500 Wh, Local, kept beside",
      ],
      answered: [...past.answered, "H: Accepted", "Accepted"],
      shown: [
        `${past.shown[0]}; beside: 14:20, at 8500 Wh, Local`,
        ...past.shown.slice(1),
        "H active, 14:00, 0 Wh",
      ],
      flagged: ["A: stoppedTwice"],
    },
    {
      title: "Samples name a session of eight sessions ago while another one runs",
      from: "M9",
      story: [
        ...past.story,
        starts("H", { at: "14:00", wh: 8000 }),
        samples("A", [{ at: "10:10", wh: 1400 }]),
      ],
      stored: [...past.stored, "H starts 14:00 at 8000 Wh", "A is sampled 10:10 1400 Wh"],
      answered: [...past.answered, "H: Accepted", "recorded"],
      shown: [...past.shown, "H active, 14:00, 0 Wh"],
      flagged: [],
    },
  ],
};
