import { present, toChargingStation } from "#core";
import { toStation } from "../../row.ts";
import { textOf } from "../../translate.ts";

/** Upload diagnostics; an answer without a file name means that there are none. */
export const getDiagnostics = toStation({
  action: "GetDiagnostics",
  spec: "OCPP 1.6 edition 2, §5.9",
  on: "DiagnosticsRequested",
  priority: 3,
  request: ({ location, retries, retryIntervalSeconds, periodStart, periodStop }) =>
    present({
      location,
      retries,
      retryInterval: retryIntervalSeconds,
      startTime: periodStart,
      stopTime: periodStop,
    }),
  outcome: (response, _request, { key, at, requestId }) => {
    const fileName = textOf(response.fileName);
    const data = present({ requestId, fileName, at });
    return {
      outcome: "accepted",
      result: present({ fileName }),
      commands: [toChargingStation(key, "RecordDiagnosticsFileName", data)],
    };
  },
});
