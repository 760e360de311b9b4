import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Asked, call, type Item, type Look } from "../../api/call.ts";

/** Entries that are asked for at once. */
const pageSize = 100;
/** So many fill what is in sight. */
const fewest = 20;
/** The same, where all of them are wanted. */
const wholeSize = 500;
/** Nobody reads more at once, and no plot shows more. */
const wholeMax = 10_000;

/** Lists of what happened, which are read on from where somebody is. */
type Journal = Extract<
  Look,
  | "getChargingStationsByStationIdEvents"
  | "getChargingStationsByStationIdMessages"
  | "getTransactionsByTransactionIdEvents"
  | "getTransactionsByTransactionIdMessages"
  | "getTransactionsByTransactionIdMeterValues"
>;

interface Page<Row> {
  readonly items: readonly Row[];
  readonly next?: string | undefined;
}

/** What a journal holds, as far as somebody looked, or all of it; live. */
export function useChain<O extends Journal>(
  operation: O,
  asked: Asked<O>,
  { whole = false }: { readonly whole?: boolean } = {},
): {
  readonly rows: readonly Item<O>[];
  readonly query: UseInfiniteQueryResult<unknown>;
} {
  const limit = whole ? wholeSize : pageSize;
  const query = useInfiniteQuery({
    queryKey: [operation, asked, whole ? "whole" : "chain"],
    queryFn: ({ pageParam, signal }) => {
      const question = { ...asked, query: { ...asked.query, limit, after: pageParam } };
      return call(operation, question as Asked<O>, { signal }) as Promise<unknown> as Promise<
        Page<Item<O>>
      >;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  // A search looks through a stretch at a time: it goes on by itself until there is a pageful.
  const wanted = whole ? wholeMax : fewest;
  const readsOn = rows.length < wanted && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (readsOn) void fetchNextPage();
  }, [readsOn, fetchNextPage]);
  return { rows, query };
}
