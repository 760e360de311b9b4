import { present, toChargingStation } from "#core";
import { fromStation } from "../../row.ts";
import { triggered } from "../../translate.ts";

/** How far an upload of a log is. */
export const logStatusNotification = fromStation({
  action: "LogStatusNotification",
  spec: "OCPP 1.6 security whitepaper edition 3, LogStatusNotification",
  commands: ({ status, requestId }, context) => {
    const data = present({ status, logRequestId: requestId, at: context.at });
    return [
      toChargingStation(context.key, "RecordLogStatus", data),
      ...triggered(context, "LogStatusNotification"),
    ];
  },
  answer: () => ({}),
});
