import type { Answer } from "../api/call.ts";
import { useAnswer } from "../api/use-answer.ts";

/** One thing that may or may not be done with a station now, by the word of the API alone. */
export type Allowed = Answer<"getChargingStationsByStationIdAllowed">["commands"][number];

/** What may be done with a station now, as the server's guards say; live. */
export function useAllowed(stationId: string): readonly Allowed[] {
  const asked = useAnswer("getChargingStationsByStationIdAllowed", { params: { stationId } });
  return asked.data?.commands ?? [];
}
