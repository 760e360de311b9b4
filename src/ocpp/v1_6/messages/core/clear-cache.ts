import { toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";

/** Forget the tokens that were authorized before. */
export const clearCache = toStation({
  action: "ClearCache",
  spec: "OCPP 1.6 edition 2, §5.4",
  on: "ClearCacheRequested",
  priority: 2,
  request: () => ({}),
  outcome: (response, _request, { key, at }) => {
    const end = endOf("ClearCache", response);
    if (end.outcome !== "accepted") return end;
    return { ...end, commands: [toChargingStation(key, "RecordCacheCleared", { at })] };
  },
});
