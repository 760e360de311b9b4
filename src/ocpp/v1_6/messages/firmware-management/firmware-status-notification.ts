import { toChargingStation } from "#core";
import { fromStation } from "../../row.ts";
import { triggered } from "../../translate.ts";

/** How far a firmware update is. */
export const firmwareStatusNotification = fromStation({
  action: "FirmwareStatusNotification",
  spec: "OCPP 1.6 edition 2, §4.5",
  commands: ({ status }, context) => [
    toChargingStation(context.key, "RecordFirmwareStatus", { status, at: context.at }),
    ...triggered(context, "FirmwareStatusNotification"),
  ],
  answer: () => ({}),
});
