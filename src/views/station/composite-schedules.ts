import { CompositeSchedule, targetName } from "#core";
import { hidden, instant, integer, json, optional, stationColumn, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "compositeSchedules",
  columns: {
    station: stationColumn(),
    target: hidden(text()),
    evseId: optional(integer()),
    requestId: optional(text()),
    schedule: json(CompositeSchedule, {}),
    receivedAt: instant(),
  },
  key: ["station", "target"],
});

/** What all profiles together allow, as the station last computed it. */
export const compositeSchedules = defineView({
  name: "compositeSchedules",
  version: 1,
  table,
  list: {
    filters: ["evseId", "requestId"],
    orders: ["receivedAt", "-receivedAt"],
    ownIndexes: true,
  },
  on: {
    CompositeScheduleReceived: {
      keys: ({ key, data }) => [[key, targetName(data.target)]],
      fold: (_row, { key, data: { target, requestId, schedule, at } }) => ({
        station: key,
        target: targetName(target),
        evseId: target.of === "evse" ? target.evseId : null,
        requestId: requestId ?? null,
        schedule: JSON.stringify(schedule),
        receivedAt: at,
      }),
    },
  },
});
