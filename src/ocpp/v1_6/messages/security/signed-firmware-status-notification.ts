import { toChargingStation } from "#core";
import { fromStation } from "../../row.ts";
import { triggered } from "../../translate.ts";

/** How far an update with signed firmware is. */
export const signedFirmwareStatusNotification = fromStation({
  action: "SignedFirmwareStatusNotification",
  spec: "OCPP 1.6 security whitepaper edition 3, SignedFirmwareStatusNotification",
  commands: ({ status }, context) => [
    toChargingStation(context.key, "RecordFirmwareStatus", { status, at: context.at }),
    // ExtendedTriggerMessage asks for it under the shorter name.
    ...triggered(context, "FirmwareStatusNotification"),
  ],
  answer: () => ({}),
});
