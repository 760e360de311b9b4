import type { ViewReader } from "#bus";
import type { Queries } from "./queries.ts";

/** The queries as the rest of the program asks them: a wrong one is a bug of its author. */
export function viewReaderOf(queries: Queries): ViewReader {
  return {
    get: queries.get,
    list: async (view, { filter = {}, ...query }) => {
      const named = Object.entries(filter).flatMap(([name, value]) =>
        value === null ? [] : [[name, value] as const],
      );
      const page = await queries.list(view, { ...query, filter: Object.fromEntries(named) });
      if ("invalid" in page) throw new Error(`${view} by ${page.invalid}: ${page.reason}`);
      return page;
    },
    passed: async (position) => {
      if (await queries.passed(position)) return;
      throw new Error("the views have not caught up in time");
    },
  };
}
