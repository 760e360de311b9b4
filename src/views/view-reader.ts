import { StoreUnavailable, type ViewReader } from "#bus";
import type { Queries } from "./queries.ts";

/** The queries as the rest of the program asks them: a wrong one is a bug of its author. */
export function viewReaderOf(queries: Queries): ViewReader {
  return {
    get: (view, key) => queries.get(view, key).catch(unreadable),
    list: async (view, { filter = {}, ...query }) => {
      const named = Object.entries(filter).flatMap(([name, value]) =>
        value === null ? [] : [[name, value] as const],
      );
      const narrowed = { ...query, filter: Object.fromEntries(named) };
      const page = await queries.list(view, narrowed).catch(unreadable);
      if ("invalid" in page) throw new Error(`${view} by ${page.invalid}: ${page.reason}`);
      return page;
    },
    passed: async (position) => {
      if (await queries.passed(position).catch(unreadable)) return;
      throw new StoreUnavailable("the views have not caught up in time");
    },
  };
}

/** Their thread tells in words alone what it was; whatever it was, nobody knows what they hold. */
function unreadable(error: unknown): never {
  if (error instanceof StoreUnavailable) throw error;
  throw new StoreUnavailable(`the views cannot be read: ${wordsOf(error)}`);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
