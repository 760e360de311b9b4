import { hidden, instant, optional, stationColumn, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "deviations",
  columns: {
    station: stationColumn(),
    code: text(),
    firmware: hidden(text()),
    firmwareVersion: optional(text()),
    firstSeenAt: instant(),
  },
  key: ["station", "code", "firmware"],
});

/** Where a station differs from its specification: the first of each kind per firmware. */
export const deviations = defineView({
  name: "deviations",
  version: 1,
  table,
  list: {
    filters: ["code", "firmwareVersion"],
    search: ["code"],
    orders: ["code", "-code", "firstSeenAt", "-firstSeenAt"],
  },
  on: {
    DeviationSeen: {
      keys: ({ key, data }) => [[key, data.code, data.firmwareVersion ?? ""]],
      fold: (row, { key, data }) =>
        row ?? {
          station: key,
          code: data.code,
          firmware: data.firmwareVersion ?? "",
          firmwareVersion: data.firmwareVersion ?? null,
          firstSeenAt: data.at,
        },
    },
  },
});
