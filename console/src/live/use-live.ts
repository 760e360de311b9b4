import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { answers } from "../api/use-answer.ts";
import { type Changes, isOld, together } from "./concerns.ts";
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

/** So often is a shown list asked for anew while much happens. */
const restMs = 300;

/**
 * Asks anew for the answers that changes have made old. While they are on their way, and for a rest
 * after it, what changes is gathered: a busy network must not keep a list from ever arriving.
 */
export function createRefresher(
  client: Pick<QueryClient, "invalidateQueries">,
  rest: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, restMs)),
): (changes: Changes) => void {
  let gathered: Changes | undefined;
  let busy = false;

  async function refresh(): Promise<void> {
    busy = true;
    while (gathered !== undefined) {
      const changes = gathered;
      gathered = undefined;
      await client.invalidateQueries(
        { predicate: ({ queryKey }) => isOld(queryKey, changes) },
        { cancelRefetch: true },
      );
      await rest();
    }
    busy = false;
  }

  return (changes) => {
    if (changes.all !== true && Object.keys(changes.changed).length === 0) return;
    gathered = gathered === undefined ? changes : together(gathered, changes);
    if (!busy) void refresh();
  };
}
