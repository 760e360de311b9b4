import type { TruthGroup } from "../case.ts";
import { starts, stops, token } from "../steps.ts";

/** A session is recorded whatever its token is worth. */
export const tokens: TruthGroup = {
  title: "Tokens",
  about: "A session is recorded whatever its token is worth.",
  cases: [
    {
      title: "Another token of the same group stops",
      from: "X10",

      story: [
        token("TAG-1", { groupToken: "FLEET" }),
        token("TAG-2", { groupToken: "FLEET" }),
        starts("A", { at: "10:05", wh: 1000, token: "TAG-1" }),
        stops("A", { at: "10:50", wh: 6000, token: "TAG-2" }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "A token of another group stops",
      from: "X10",

      story: [
        token("OTHER"),
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000, token: "OTHER" }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: stopOfAnotherToken"],
    },
    {
      title: "The stop names no token",
      from: "X10",

      story: [
        starts("A", { at: "10:05", wh: 1000 }),
        stops("A", { at: "10:50", wh: 6000, token: undefined }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "recorded"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The start has a blocked token; the station ends it as deauthorized",
      from: "X2",

      story: [
        token("BAD", { status: "blocked" }),
        starts("A", { at: "10:05", wh: 1000, token: "BAD" }),
        stops("A", { at: "10:06", wh: 1002, token: undefined, reason: "DeAuthorized" }),
      ],
      stored: [
        "A starts 10:05 at 1000 Wh (blocked)",
        "A stops 10:06 at 1002 Wh: 2 Wh, DeAuthorized",
      ],
      answered: ["A: Blocked", "recorded"],
      shown: ["A ended, 10:05–10:06, 2 Wh, DeAuthorized"],
      flagged: ["A: notAuthorized"],
    },
    {
      title: "The start has a token that nobody knows, and charges all the same",
      from: "X2",

      story: [
        starts("A", { at: "10:05", wh: 1000, token: "STRANGER" }),
        stops("A", { at: "10:50", wh: 6000, token: "STRANGER" }),
      ],
      stored: ["A starts 10:05 at 1000 Wh (invalid)", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Invalid", "Invalid"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: notAuthorized"],
    },
    {
      title: "The stop writes the token in other letters",
      from: "X1",

      story: [
        starts("A", { at: "10:05", wh: 1000, token: "TAG" }),
        stops("A", { at: "10:50", wh: 6000, token: "tag" }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The stop fills the token up with blanks",
      from: "X1",

      story: [
        starts("A", { at: "10:05", wh: 1000, token: "TAG" }),
        stops("A", { at: "10:50", wh: 6000, token: "TAG   " }),
      ],
      stored: ["A starts 10:05 at 1000 Wh", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Accepted", "Accepted"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: [],
    },
    {
      title: "The start has no token",
      from: "X10",
      crooked: true,
      story: [
        starts("A", { at: "10:05", wh: 1000, token: "" }),
        stops("A", { at: "10:50", wh: 6000, token: undefined }),
      ],
      stored: ["A starts 10:05 at 1000 Wh (no token)", "A stops 10:50 at 6000 Wh: 5000 Wh, Local"],
      answered: ["A: Invalid", "recorded"],
      shown: ["A ended, 10:05–10:50, 5000 Wh, Local"],
      flagged: ["A: notAuthorized"],
    },
  ],
};
