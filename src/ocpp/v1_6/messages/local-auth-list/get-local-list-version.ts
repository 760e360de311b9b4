import { toChargingStation } from "#core";
import { toStation } from "../../row.ts";

/** Which version of the list it has; −1: it keeps none, 0: its list is empty. */
export const getLocalListVersion = toStation({
  action: "GetLocalListVersion",
  spec: "OCPP 1.6 edition 2, §5.10",
  on: "AuthorizationListVersionRequested",
  priority: 3,
  request: () => ({}),
  outcome: ({ listVersion }, _request, { key, at }) => ({
    outcome: listVersion < 0 ? "notSupported" : "accepted",
    result: { listVersion },
    commands: [toChargingStation(key, "RecordAuthorizationListVersion", { listVersion, at })],
  }),
});
