import type { Query, QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answers } from "../api/use-answer.ts";
import { type Changes, isOld } from "./concerns.ts";
import { followChanges, liveness } from "./follow.ts";

/** Keeps what is shown up to date while the calling component is there. */
export function useLive(): void {
  useEffect(() => {
    const stopFollowing = followChanges(createRefresher(answers));
    const stopHearing = liveness.subscribe(() => {
      if (liveness.get().state === "live") void askFailedAgain();
    });
    return () => {
      stopHearing();
      stopFollowing();
    };
  }, []);
}

/** What could not be asked while the server was away. */
function askFailedAgain(): Promise<void> {
  return answers.refetchQueries({
    type: "active",
    predicate: ({ state }) => state.status === "error",
  });
}

/** So often is a shown answer asked for anew while much happens. */
const restMs = 300;

/**
 * Asks anew for the answers that changes have made old. While one is on its way, and for a rest
 * after it, what changes is gathered: a busy network must not keep a list from ever arriving. Each
 * answer goes its own way: one that does not come keeps no other one old.
 */
export function createRefresher(
  client: QueryClient,
  rest: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, restMs)),
): (changes: Changes) => void {
  /** Those that are seen to; whether they have become old since. */
  const busy = new Map<string, boolean>();

  async function refresh(query: Query): Promise<void> {
    const { queryKey, queryHash, state } = query;
    // What is on its way for the first time may have been looked up before the change.
    busy.set(queryHash, state.data === undefined && state.fetchStatus === "fetching");
    await client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: true });
    await rest();
    const isOldAgain = busy.get(queryHash) === true;
    busy.delete(queryHash);
    if (isOldAgain) await refresh(query);
  }

  return (changes) => {
    const predicate = ({ queryKey, state }: Query) => isOld(queryKey, changes, state.data);
    for (const query of client.getQueryCache().findAll({ predicate })) {
      if (busy.has(query.queryHash)) busy.set(query.queryHash, true);
      else void refresh(query);
    }
  };
}
