import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Asked, call } from "../../../api/call.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { type Edges, type Place, placesOf } from "./places.ts";

/** As many as the API answers at once. */
const pageSize = 500;
/** So many pages are drawn beside the first; a closer look asks for a smaller part of the world. */
const furtherPages = 9;
/** Connections come and go without an event. */
const everyMs = 10_000;
/** Of a large network: what it costs to ask for all of it is more than a glance is worth. */
const furtherEveryMs = 30_000;

type Query = NonNullable<Asked<"getChargingStations">["query"]>;

/**
 * Where the stations of the filters stand: all of them, or, where they are more than can be drawn,
 * those of the part of the world that is seen.
 */
export function usePlaces(filters: Query, seen: Edges | undefined) {
  const filtered = JSON.stringify(filters);
  const [tooMany, setTooMany] = useState<string>();
  const isPart = tooMany === filtered && seen !== undefined;
  const drawn = usePart({ ...filters, ...(isPart ? seen : {}) });
  const isTooMany = drawn.isWhole && drawn.isMore && tooMany !== filtered;
  useEffect(() => {
    if (isTooMany) setTooMany(filtered);
  }, [isTooMany, filtered]);
  return { ...drawn, filtered, isPart };
}

function usePart(narrowed: Query) {
  const query: Query = { ...narrowed, located: true, limit: pageSize };
  const first = useAnswer("getChargingStations", { query }, { everyMs });
  const after = first.isPlaceholderData ? undefined : first.data?.next;
  const further = useQuery({
    queryKey: ["places", query, after],
    queryFn: ({ signal }) => followed({ ...query, after: String(after) }, signal),
    enabled: after !== undefined,
    refetchInterval: furtherEveryMs,
  });
  const behind = after === undefined ? undefined : further.data;
  const places: readonly Place[] = [
    ...placesOf(first.data?.items ?? []),
    ...(behind === undefined ? [] : behind.places),
  ];
  const isFirst = first.data !== undefined && !first.isPlaceholderData;
  return {
    first,
    places,
    /** When those behind the first ones were asked for; the first ones follow each change. */
    furtherAt: behind === undefined ? undefined : new Date(further.dataUpdatedAt),
    /** All that will be drawn is there. */
    isWhole: isFirst && (after === undefined || behind !== undefined),
    /** There are more than are drawn. */
    isMore: after !== undefined && behind?.isMore !== false,
  };
}

async function followed(query: Query, signal: AbortSignal) {
  const places: Place[] = [];
  let { after } = query;
  for (let page = 0; page < furtherPages && after !== undefined; page += 1) {
    const answer = await call("getChargingStations", { query: { ...query, after } }, { signal });
    places.push(...placesOf(answer.items));
    after = answer.next;
  }
  return { places, isMore: after !== undefined };
}
