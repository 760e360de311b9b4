import { present, toChargingStation } from "#core";
import { fromStation } from "../../row.ts";
import { instantOf, textOf } from "../../translate.ts";

/** Something of importance for security has happened at a station. */
export const securityEventNotification = fromStation({
  action: "SecurityEventNotification",
  spec: "OCPP 1.6 security whitepaper edition 3, SecurityEventNotification",
  commands: ({ type, timestamp, techInfo }, context) => {
    const { key, at } = context;
    const reported = instantOf(timestamp, context);
    const data = present({
      type,
      reportedAt: reported.oddity === undefined ? reported.at : undefined,
      techInfo: textOf(techInfo),
      at,
    });
    return [toChargingStation(key, "RecordSecurityEvent", data)];
  },
  answer: () => ({}),
  deviations: ({ timestamp }, context) => {
    const { oddity } = instantOf(timestamp, context);
    return oddity === undefined ? [] : [oddity];
  },
});
