import { flag, instant, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";
import { jobColumns, jobOfCall, statusFold } from "./jobs.ts";

const table = defineTable({
  name: "diagnosticsJobs",
  columns: {
    ...jobColumns,
    periodStart: optional(instant()),
    periodStop: optional(instant()),
    fileName: optional(text()),
    nothingToUpload: flag(),
  },
  key: ["station", "requestId"],
});

/** Uploads of diagnostics: asked for, the file's name, and every status until the end. */
export const diagnosticsJobs = defineView({
  name: "diagnosticsJobs",
  version: 1,
  table,
  list: {
    filters: ["requestId", "status", "outcome", "nothingToUpload"],
    orders: ["-requestedAt", "requestedAt"],
    ownIndexes: true,
  },
  on: {
    DiagnosticsRequested: {
      keys: ({ key, data }) => [[key, data.requestId]],
      fold: (_row, { key, data }) => ({
        ...table.empty,
        station: key,
        requestId: data.requestId,
        location: data.location,
        periodStart: data.periodStart ?? null,
        periodStop: data.periodStop ?? null,
        requestedAt: data.requestedAt,
      }),
    },
    RequestCompleted: {
      keys: ({ key, data }) => [[key, data.requestId]],
      fold: (row, { data }) => row && { ...row, outcome: data.outcome },
    },
    DiagnosticsFileNameReceived: {
      keys: ({ key, data }) => (data.requestId === undefined ? [] : [[key, data.requestId]]),
      fold: (row, { key, data }) => ({
        ...(row ?? jobOfCall(table.empty, key, data)),
        fileName: data.fileName,
      }),
    },
    NoDiagnosticsInformationAvailable: {
      keys: ({ key, data }) => (data.requestId === undefined ? [] : [[key, data.requestId]]),
      fold: (row, { key, data }) => ({
        ...(row ?? jobOfCall(table.empty, key, data)),
        nothingToUpload: 1,
      }),
    },
    DiagnosticsStatusReported: statusFold(table.empty),
  },
});
