import { useMutation } from "@tanstack/react-query";
import { type Asked, call } from "../api/call.ts";
import { refusalOf } from "../api/problem.ts";
import { showRefusal, showToast } from "../parts/toasts/toasts.ts";

/** What a station can be asked: a request of the API, told apart by `type`. */
export type StationRequest = NonNullable<Asked<"postChargingStationsByStationIdRequests">["body"]>;

/** Asks a station; a toast follows it to its named outcome. */
export function useStationRequest(stationId: string, { quiet = false } = {}) {
  return useMutation({
    mutationFn: (body: StationRequest) =>
      call("postChargingStationsByStationIdRequests", { params: { stationId }, body }),
    onSuccess: ({ requestId, type }) => {
      showToast({ kind: "request", stationId, requestId, type });
    },
    onError: (error) => {
      if (!quiet) showRefusal(refusalOf(error));
    },
  });
}
