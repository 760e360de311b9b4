import { present, toChargingStation } from "#core";
import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";
import { connectorOf, readableInstant, targetOfConnector } from "../../translate.ts";

/** What all limits together allow, as the station computes it. */
export const getCompositeSchedule = toStation({
  action: "GetCompositeSchedule",
  spec: "OCPP 1.6 edition 2, §5.7",
  on: "CompositeScheduleRequested",
  priority: 3,
  request: ({ evseId, durationSeconds, chargingRateUnit }, { state }) =>
    present({
      connectorId: connectorOf(state, evseId),
      duration: durationSeconds,
      chargingRateUnit,
    }),
  outcome: (response, request, { state, key, at, requestId }) => {
    const end = endOf("GetCompositeSchedule", response);
    if (end.outcome !== "accepted") return end;
    const schedule = present({
      scheduleStart: readableInstant(response.scheduleStart),
      chargingSchedule: response.chargingSchedule,
    });
    const target = targetOfConnector(state, request.connectorId);
    const data = { requestId, target, schedule, at };
    return {
      ...end,
      result: schedule,
      commands: [toChargingStation(key, "RecordCompositeSchedule", data)],
    };
  },
});
