import { toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";

/** Set one of the station's settings; some take effect at the next boot only. */
export const changeConfiguration = toStation({
  action: "ChangeConfiguration",
  spec: "OCPP 1.6 edition 2, §5.3",
  on: "ChangeConfigurationItemRequested",
  priority: 2,
  request: ({ key, value }) => ({ key, value }),
  outcome: (response, { key: item, value }, { key, at }) => {
    const end = endOf("ChangeConfiguration", response);
    if (end.outcome !== "accepted" || item === "") return end;
    const rebootRequired = end.status === "RebootRequired";
    const changed = { key: item, value, rebootRequired, at };
    return {
      ...end,
      commands: [toChargingStation(key, "RecordConfigurationItemChanged", changed)],
    };
  },
});
