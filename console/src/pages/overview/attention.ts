// What needs a person, the gravest first: each row is a count of the API and where to look.
import type { Answer } from "../../api/call.ts";
import type { PlainPage } from "../../app/pages.ts";
import type { TextKey } from "../../strings/translate.ts";

type Counts = Answer<"getOverview">["attention"];

interface Concern {
  readonly count: keyof Counts;
  readonly words: TextKey;
  readonly color: "red" | "orange" | "yellow";
  /** The list that shows them; absent while the console has no page for them. */
  readonly page?: PlainPage;
  readonly search?: Readonly<Record<string, string>>;
}

/** Everything that may need a person. */
export const concernsOfPeople: readonly Concern[] = [
  {
    count: "waiting",
    words: "overview.waiting",
    color: "yellow",
    page: "stations",
    search: { state: "waiting" },
  },
  { count: "faulted", words: "overview.faulted", color: "red" },
  { count: "failedRequests", words: "overview.failedRequests", color: "orange" },
  {
    count: "unconfigured",
    words: "overview.unconfigured",
    color: "orange",
    page: "stations",
    search: { state: "unconfigured" },
  },
  { count: "unknownTypes", words: "overview.unknownTypes", color: "yellow", page: "stationTypes" },
  {
    count: "reviews",
    words: "overview.reviews",
    color: "yellow",
    page: "sessions",
    search: { flagged: "true" },
  },
  { count: "parked", words: "overview.parked", color: "red", page: "addOns" },
];
