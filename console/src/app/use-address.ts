import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { PageName, PageParams } from "./pages.ts";
import type { Search } from "./search.ts";

/** The parts of the address of the page that is shown. */
export function usePageParams<P extends PageName>(_page: P): PageParams<P> {
  return useParams({ strict: false }) as PageParams<P>;
}

/** What stands behind the question mark; changing it makes no new entry in the history. */
export function useAddress(): {
  readonly search: Search;
  /** Sets some fields; `undefined` takes one away. */
  readonly change: (fields: Readonly<Record<string, string | undefined>>) => void;
} {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = useCallback(
    (fields: Readonly<Record<string, string | undefined>>) => {
      void navigate({
        to: ".",
        search: ((before: Search) => ({ ...before, ...fields })) as never,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { search, change };
}
