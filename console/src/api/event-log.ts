import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Answer, type Asked, addressOf, ownHeaders, reach } from "./call.ts";
import type { AnswerKey } from "./use-answer.ts";

/** An event of the log. */
export type LoggedEvent = Answer<"getEvents">;

/** Events of the log, the oldest first; the API sends them as lines. */
export function useEvents(asked: Asked<"getEvents">): UseQueryResult<readonly LoggedEvent[]> {
  return useQuery({
    queryKey: ["getEvents", asked] satisfies AnswerKey,
    queryFn: async ({ signal }) => {
      const answer = await reach(addressOf("getEvents", asked), { headers: ownHeaders(), signal });
      return eventsIn(await answer.text());
    },
  });
}

/** One event a line. */
export function eventsIn(text: string): readonly LoggedEvent[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LoggedEvent);
}
