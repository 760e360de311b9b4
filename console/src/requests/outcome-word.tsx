import type { MantineColor } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../api/call.ts";
import { Word } from "../parts/word.tsx";
import { useText } from "../strings/language.ts";

/** A request to a station, as the API shows it. */
export type Request = Item<"getRequests">;
export type Outcome = NonNullable<Request["outcome"]>;

/** Red needs a look, yellow is not there yet, gray has no consequence. */
export const outcomeColours: Readonly<Record<Outcome, MantineColor>> = {
  accepted: "green",
  rejected: "orange",
  notSupported: "orange",
  failed: "red",
  timedOut: "red",
  stationOffline: "orange",
  superseded: "gray.6",
};

/** How a request stands: on its way, or its named outcome. */
export function OutcomeWord({
  request,
}: {
  readonly request: Pick<Request, "state" | "outcome">;
}): ReactNode {
  const t = useText();
  const { state, outcome } = request;
  if (state !== "done" || outcome === undefined) {
    return (
      <Word color={state === "sent" ? "cyan" : "yellow"}>
        {t(state === "sent" ? "requestList.sent" : "requestList.queued")}
      </Word>
    );
  }
  return <Word color={outcomeColours[outcome]}>{t(`requestList.outcome.${outcome}`)}</Word>;
}
