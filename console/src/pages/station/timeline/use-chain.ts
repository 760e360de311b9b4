import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Asked, call, type Item, type Look } from "../../../api/call.ts";

/** Entries that are asked for at once. */
const pageSize = 100;
/** So many fill what is in sight. */
const fewest = 20;

type Journal = Extract<
  Look,
  "getChargingStationsByStationIdEvents" | "getChargingStationsByStationIdMessages"
>;

interface Page<Row> {
  readonly items: readonly Row[];
  readonly next?: string | undefined;
}

/** What a journal holds, from the newest back as far as somebody looked; live. */
export function useChain<O extends Journal>(
  operation: O,
  asked: Asked<O>,
): {
  readonly rows: readonly Item<O>[];
  readonly query: UseInfiniteQueryResult<unknown>;
} {
  const query = useInfiniteQuery({
    queryKey: [operation, asked, "chain"],
    queryFn: ({ pageParam, signal }) => {
      const question = { ...asked, query: { ...asked.query, limit: pageSize, after: pageParam } };
      return call(operation, question as Asked<O>, { signal }) as Promise<unknown> as Promise<
        Page<Item<O>>
      >;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const isToGoOn = rows.length < fewest && hasNextPage && !isFetching;
  // A search looks through a stretch at a time: it goes on by itself until there is a pageful.
  useEffect(() => {
    if (isToGoOn) void fetchNextPage();
  }, [isToGoOn, fetchNextPage]);
  return { rows, query };
}
