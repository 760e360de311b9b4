import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type Asked, call, type Item, type Look } from "../../api/call.ts";
import type { Page } from "../list/page-chain.ts";

/** Entries that are asked for at once. */
const pageSize = 100;
/** So many fill what is in sight. */
const fewest = 20;
/** A position in the past is looked for so far back by itself. */
const soughtMax = 2_000;
/** The same, where all of them are wanted. */
const wholeSize = 500;
/** Nobody reads more at once, and no plot shows more. */
const wholeMax = 10_000;
/** What is seldom among the rest, or never, is looked for so far. */
const wholePagesMax = 60;

/** Lists of what happened, which are read on from where somebody is. */
type Journal = Extract<
  Look,
  | "getChargingStationsByStationIdEvents"
  | "getChargingStationsByStationIdMessages"
  | "getTransactionsByTransactionIdEvents"
  | "getTransactionsByTransactionIdMessages"
  | "getTransactionsByTransactionIdMeterValues"
>;

/** What a journal holds, as far as somebody looked, or all of it; live. */
export function useChain<O extends Journal>(
  operation: O,
  asked: Asked<O>,
  {
    whole = false,
    until = () => true,
    stationId,
  }: {
    readonly whole?: boolean;
    /** Whether so many are enough: a link may lead to what is older than the first ones. */
    readonly until?: (rows: readonly Item<O>[]) => boolean;
    /** Of which station all of it is, where the question does not say: of others nothing is old. */
    readonly stationId?: string;
  } = {},
): {
  readonly rows: readonly Item<O>[];
  /** There is more than is ever read whole. */
  readonly isCut: boolean;
  readonly query: UseInfiniteQueryResult<unknown>;
} {
  const limit = whole ? wholeSize : pageSize;
  const query = useInfiniteQuery({
    queryKey: [operation, { ...asked, about: { stationId } }, whole ? "whole" : "chain"],
    queryFn: ({ pageParam, signal }) => {
      const question = { ...asked, query: { ...asked.query, limit, after: pageParam } };
      return call(operation, question as Asked<O>, { signal }) as Promise<unknown> as Promise<
        Page<Item<O>>
      >;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });
  const { data } = query;
  // The same rows as before are the same list, or whoever works on them would do so at each step.
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  // A search looks through a stretch at a time: it goes on by itself until there is a pageful.
  const wanted = whole ? wholeMax : until(rows) ? fewest : soughtMax;
  const isFull = rows.length >= wanted || (whole && (data?.pages.length ?? 0) >= wholePagesMax);
  const readsOn = !isFull && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (readsOn) void fetchNextPage();
  }, [readsOn, fetchNextPage]);
  return { rows, isCut: whole && hasNextPage && isFull, query };
}
