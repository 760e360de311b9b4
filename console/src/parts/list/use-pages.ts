import { useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Asked, call, type Look } from "../../api/call.ts";
import { type AnswerKey, answers } from "../../api/use-answer.ts";
import { chained, lengthsOf, type Page, pagesOf, sizeOf } from "./page-chain.ts";

/** Rows that the API is asked for at once; it may give fewer. */
const pageSize = 100;

/** Lists of the API: what answers `items`, page by page. */
export type ListLook = {
  [O in Look]: Asked<O> extends { readonly query?: infer Q }
    ? "after" extends keyof NonNullable<Q>
      ? O
      : never
    : never;
}[Look];

interface Given {
  readonly operation: ListLook;
  readonly asked: object;
  /** Where the first page begins; absent: at the start of the list. */
  readonly start: string | undefined;
  readonly seen: { readonly first: number; readonly last: number };
  readonly everyMs: number | undefined;
}

/** A long list, of which only the pages in sight are asked for and kept up to date. */
export function usePages<Row>({ operation, asked, start, seen, everyMs }: Given) {
  const identity = JSON.stringify([operation, asked, start]);
  const begin = { identity, starts: [start] as readonly (string | undefined)[], size: pageSize };
  const [known, setKnown] = useState(begin);
  const { starts, size } = known.identity === identity ? known : begin;
  const pages = pagesOf(seen, { size, known: starts.length });
  const results = useQueries({
    queries: pages.map((page) => {
      const question = withPage(asked, starts[page]);
      return {
        queryKey: [operation, question] satisfies AnswerKey,
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          call(operation, question as never, { signal }) as Promise<unknown> as Promise<Page<Row>>,
        refetchInterval: everyMs ?? (false as const),
      };
    }),
  });
  const answered = results.map(({ data }) => data);
  useEffect(() => {
    let next: readonly (string | undefined)[] = starts;
    for (const [at, page] of answered.entries()) {
      if (page !== undefined) next = chained(next, pages[at] ?? 0, page);
    }
    const told = sizeOf(answered, size);
    if (next === starts && told === size && known.identity === identity) return;
    setKnown({ identity, starts: next, size: told });
  });
  // Out of sight it is not asked for, and how long it was is still known.
  const lastKey = [operation, withPage(asked, starts.at(-1))] satisfies AnswerKey;
  const lengths = lengthsOf(starts, answers.getQueryData<Page<Row>>(lastKey), size);
  const [failed] = results.filter((result) => result.isError);
  return {
    starts,
    size,
    ...lengths,
    isPending: results.some((result) => result.isPending),
    error: failed?.error,
    retry: () => void failed?.refetch(),
    /** The row at a place of the list; undefined: it is not there yet. */
    rowAt: (at: number): Row | undefined => {
      const page = answered[pages.indexOf(Math.floor(at / size))];
      return page?.items[at % size];
    },
  };
}

function withPage(asked: object, after: string | undefined): object {
  const { query = {} } = asked as { readonly query?: object };
  return { ...asked, query: { ...query, limit: pageSize, after } };
}
