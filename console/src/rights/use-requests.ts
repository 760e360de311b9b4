import { useText } from "../strings/language.ts";
import { type Allowed, useAllowed } from "./use-allowed.ts";
import type { Doing } from "./use-may.ts";
import { unanswered } from "./verdict.ts";

const operation = "postChargingStationsByStationIdRequests";

/** Everything that a station can be asked, by the API's own list; and why there is none yet. */
export function useRequests(stationId: string): {
  readonly doings: readonly (Doing & { readonly type: string })[];
  readonly why: string;
} {
  const t = useText();
  const { commands, refusal, isAskedAgain } = useAllowed(stationId);
  const names = typesIn(commands ?? []);
  return {
    doings: names.map((type) => ({ type, operation, says: { type }, stationId })),
    why: commands === undefined ? unanswered(refusal, isAskedAgain, t).why : "",
  };
}

/** Each once, also those of which there are several kinds (`RequestReset.soft`). */
function typesIn(commands: readonly Allowed[]): readonly string[] {
  return [...new Set(commands.filter(({ to }) => to === "requests").map(({ type }) => type))];
}
