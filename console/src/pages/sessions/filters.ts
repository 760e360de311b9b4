// What the list of sessions can be narrowed by, all of it in the address and asked of the API.
import type { Search } from "../../app/search.ts";
import { sessionStates } from "../../charging/session-states.ts";
import { stopCauses } from "../../charging/stop-causes.ts";
import type { Filter } from "../../parts/list/filter-bar.tsx";
import type { TextKey } from "../../strings/translate.ts";

/** Those that one chooses from. */
export const filters: readonly Filter[] = [
  { name: "state", title: "sessions.state", choices: sessionStates },
  {
    name: "flagged",
    title: "sessions.reviews",
    choices: { true: "sessions.flagged", false: "sessions.notFlagged" },
  },
];

/** Those that are used now and then. */
export const moreFilters: readonly Filter[] = [
  { name: "stopReason", title: "sessions.stopReason", choices: stopCauses },
];

/** Those with fields for texts, instants and quantities. */
export const fields = [
  ...["stationId", "tokenRef"],
  ...["startedAtFrom", "startedAtUntil", "energyWhFrom", "energyWhUntil"],
] as const;

/** Those that only links set. */
export const linked = {
  evseId: "sessions.evse",
  reservationId: "sessions.reservation",
} as const satisfies Readonly<Record<string, TextKey>>;

/** Those that are folded away. */
export const furtherNames = [...moreFilters.map(({ name }) => name), ...fields];

/** All of them. */
export const names = [...filters.map(({ name }) => name), ...Object.keys(linked), ...furtherNames];

/** Whether anything is left out of the list. */
export function isNarrowed(search: Search): boolean {
  return ["search", ...names].some((name) => search[name] !== undefined);
}

/** What the API is asked for the same list as a file. */
export function exportQuery(search: Search): Readonly<Record<string, string>> {
  const asked = ["search", "order", ...names].flatMap((name) => {
    const value = search[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(asked);
}
