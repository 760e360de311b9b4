import { toChargingStation } from "#core";
import { fromStation } from "../../row.ts";
import { triggered } from "../../translate.ts";

/** How far an upload of diagnostics is. */
export const diagnosticsStatusNotification = fromStation({
  action: "DiagnosticsStatusNotification",
  spec: "OCPP 1.6 edition 2, §4.4",
  commands: ({ status }, context) => [
    toChargingStation(context.key, "RecordDiagnosticsStatus", { status, at: context.at }),
    ...triggered(context, "DiagnosticsStatusNotification"),
  ],
  answer: () => ({}),
});
