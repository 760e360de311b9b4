import type { Answer } from "../api/call.ts";
import { type Refusal, refusalOf } from "../api/problem.ts";
import { mayPass, useAnswer } from "../api/use-answer.ts";

/** One thing that may or may not be done with a station now, by the word of the API alone. */
export type Allowed = Answer<"getChargingStationsByStationIdAllowed">["commands"][number];

/** So long after it failed is it asked again. */
const againMs = 5_000;

/** What may be done with a station now, as far as the server has said. */
export interface KnownAllowed {
  /** Undefined: it has not said anything yet. */
  readonly commands: readonly Allowed[] | undefined;
  /** Why it has not. */
  readonly refusal: Refusal | undefined;
  readonly isAskedAgain: boolean;
}

/** What may be done with a station now, as the server's guards say; live. */
export function useAllowed(stationId: string | undefined): KnownAllowed {
  const asked = useAnswer(
    "getChargingStationsByStationIdAllowed",
    { params: { stationId: stationId ?? "" } },
    { enabled: stationId !== undefined && stationId !== "", againMs },
  );
  const { data, isError, error } = asked;
  return {
    commands: data?.commands,
    refusal: isError ? refusalOf(error) : undefined,
    isAskedAgain: isError && mayPass(error),
  };
}
