// What needs a person, the gravest first: each row is a count of the API and where to look.
import type { Answer } from "../../api/call.ts";
import type { PlainPage } from "../../app/pages.ts";
import type { TextKey } from "../../strings/translate.ts";

type Overview = Answer<"getOverview">;

interface Concern {
  readonly count: keyof Overview["attention"];
  readonly words: TextKey;
  readonly color: "red" | "orange" | "yellow";
  /** The list that shows them; absent while the console has no page for them. */
  readonly page?: PlainPage;
  readonly search?: (overview: Overview) => Readonly<Record<string, string>>;
}

/** Everything that may need a person. */
export const concernsOfPeople: readonly Concern[] = [
  {
    count: "waiting",
    words: "overview.waiting",
    color: "yellow",
    page: "stations",
    search: () => ({ state: "waiting" }),
  },
  {
    count: "faulted",
    words: "overview.faulted",
    color: "red",
    page: "stations",
    search: () => ({ evseStatus: "faulted" }),
  },
  {
    count: "offline",
    words: "overview.offline",
    color: "red",
    page: "stations",
    search: () => ({ state: "operational", connected: "false" }),
  },
  {
    count: "failedRequests",
    words: "overview.failedRequests",
    color: "orange",
    page: "requests",
    search: ({ sessions }) => ({ succeeded: "false", requestedAtFrom: sessions.since }),
  },
  {
    count: "unconfigured",
    words: "overview.unconfigured",
    color: "orange",
    page: "stations",
    search: () => ({ state: "unconfigured" }),
  },
  { count: "unknownTypes", words: "overview.unknownTypes", color: "yellow", page: "stationTypes" },
  {
    count: "reviews",
    words: "overview.reviews",
    color: "yellow",
    page: "sessions",
    search: () => ({ flagged: "true" }),
  },
  { count: "parked", words: "overview.parked", color: "red", page: "addOns" },
];
