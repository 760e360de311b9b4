import { instant, optional } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";
import { jobColumns, jobOfCall, statusFold } from "./jobs.ts";

const table = defineTable({
  name: "firmwareJobs",
  columns: { ...jobColumns, retrieveAt: optional(instant()), takenOnAt: optional(instant()) },
  key: ["station", "requestId"],
});

/** Firmware updates: asked for, taken on, and every status until the end. */
export const firmwareJobs = defineView({
  name: "firmwareJobs",
  version: 1,
  table,
  list: {
    filters: ["requestId", "status", "outcome"],
    orders: ["-requestedAt", "requestedAt"],
    ownIndexes: true,
  },
  on: {
    FirmwareUpdateRequested: {
      keys: ({ key, data }) => [[key, data.requestId]],
      fold: (_row, { key, data: { requestId, location, retrieveAt, requestedAt } }) => ({
        ...table.empty,
        station: key,
        requestId,
        location,
        retrieveAt,
        requestedAt,
      }),
    },
    RequestCompleted: {
      keys: ({ key, data }) => [[key, data.requestId]],
      fold: (row, { data }) => row && { ...row, outcome: data.outcome },
    },
    FirmwareUpdateTakenOn: {
      keys: ({ key, data }) => (data.requestId === undefined ? [] : [[key, data.requestId]]),
      fold: (row, { key, data }) => ({
        ...(row ?? jobOfCall(table.empty, key, data)),
        takenOnAt: data.at,
      }),
    },
    FirmwareStatusReported: statusFold(table.empty),
  },
});
