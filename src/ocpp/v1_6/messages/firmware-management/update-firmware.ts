import { present, toChargingStation } from "#core";
import { toStation } from "../../row.ts";

/** Fetch and install a firmware; its statuses follow, through a boot in between. */
export const updateFirmware = toStation({
  action: "UpdateFirmware",
  spec: "OCPP 1.6 edition 2, §5.19",
  on: "FirmwareUpdateRequested",
  priority: 2,
  request: ({ location, retries, retrieveAt, retryIntervalSeconds }) =>
    present({
      location,
      retries,
      retrieveDate: retrieveAt,
      retryInterval: retryIntervalSeconds,
    }),
  outcome: (_response, _request, { key, at, requestId }) => ({
    outcome: "accepted",
    commands: [toChargingStation(key, "RecordFirmwareUpdateTakenOn", { requestId, at })],
  }),
});
