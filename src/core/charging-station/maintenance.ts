import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { closed, Instant, shortText } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { fromStation, type StationState, toStation } from "./state.ts";

const Url = Type.String({ minLength: 1, maxLength: 1000, format: "uri" });
const retrying = {
  retries: Type.Optional(Type.Integer({ minimum: 0 })),
  retryIntervalSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
};

const ClearCacheAsked = requestOf({});
const DiagnosticsAsked = requestOf({
  location: Url,
  ...retrying,
  periodStart: Type.Optional(Instant),
  periodStop: Type.Optional(Instant),
});
const FirmwareAsked = requestOf({ location: Url, retrieveAt: Instant, ...retrying });

/** A status of a job, and the request that caused it where one is known. */
const JobStatus = closed({
  status: shortText(50),
  requestId: Type.Optional(Type.String()),
  at: Instant,
});
const ReportedStatus = closed({ status: shortText(50), at: Instant });

const event = eventRows<StationState>();

const events = {
  ClearCacheRequested: requested(ClearCacheAsked, {
    type: "ClearCacheRequested",
    target: () => "station",
  }),
  CacheCleared: event(closed({ at: Instant }), null),
  DiagnosticsRequested: requested(DiagnosticsAsked, {
    type: "DiagnosticsRequested",
    target: () => "station",
  }),
  DiagnosticsFileNameReceived: event(
    closed({ requestId: Type.Optional(Type.String()), fileName: shortText(255), at: Instant }),
    (state, { requestId }) => withJob(state, "diagnosticsJob", requestId),
  ),
  NoDiagnosticsInformationAvailable: event(
    closed({ requestId: Type.Optional(Type.String()), at: Instant }),
    null,
  ),
  DiagnosticsStatusReported: event(JobStatus, (state, { status }) =>
    status === "Uploaded" || status === "UploadFailed"
      ? { ...state, diagnosticsJob: undefined }
      : state,
  ),
  FirmwareUpdateRequested: requested(FirmwareAsked, {
    type: "FirmwareUpdateRequested",
    target: () => "station",
  }),
  FirmwareUpdateTakenOn: event(
    closed({ requestId: Type.Optional(Type.String()), at: Instant }),
    (state, { requestId }) => withJob(state, "firmwareJob", requestId),
  ),
  FirmwareStatusReported: event(JobStatus, (state, { status }) =>
    endOfFirmware.has(status) ? { ...state, firmwareJob: undefined } : state,
  ),
  /** Status of a log upload (1.6 security extension, 2.x). */
  LogStatusReported: event(
    closed({ status: shortText(50), logRequestId: Type.Optional(Type.Integer()), at: Instant }),
    null,
  ),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  RequestClearCache: asking({
    data: ClearCacheAsked,
    guards: toStation,
    decide: (data, station) => ask(station, { type: "ClearCacheRequested", data }, "station"),
  }),
  RecordCacheCleared: command({
    data: events.CacheCleared.data,
    guards: fromStation,
    decide: (data) => [{ type: "CacheCleared", data }],
  }),
  RequestDiagnostics: asking({
    data: DiagnosticsAsked,
    guards: toStation,
    decide: (data, station) => ask(station, { type: "DiagnosticsRequested", data }, "station"),
  }),
  /** No file name: the station has nothing to upload. */
  RecordDiagnosticsFileName: command({
    data: closed({
      requestId: Type.Optional(Type.String()),
      fileName: Type.Optional(shortText(255)),
      at: Instant,
    }),
    guards: fromStation,
    decide: ({ fileName, ...data }) =>
      fileName === undefined || fileName === ""
        ? [{ type: "NoDiagnosticsInformationAvailable", data }]
        : [{ type: "DiagnosticsFileNameReceived", data: { ...data, fileName } }],
  }),
  RecordDiagnosticsStatus: command({
    data: ReportedStatus,
    guards: fromStation,
    decide: (data, station) => [
      { type: "DiagnosticsStatusReported", data: { ...data, ...ofJob(station.diagnosticsJob) } },
    ],
  }),
  RequestFirmwareUpdate: asking({
    data: FirmwareAsked,
    guards: toStation,
    decide: (data, station) => ask(station, { type: "FirmwareUpdateRequested", data }, "station"),
  }),
  RecordFirmwareUpdateTakenOn: command({
    data: events.FirmwareUpdateTakenOn.data,
    guards: fromStation,
    decide: (data) => [{ type: "FirmwareUpdateTakenOn", data }],
  }),
  RecordFirmwareStatus: command({
    data: ReportedStatus,
    guards: fromStation,
    decide: (data, station) => [
      { type: "FirmwareStatusReported", data: { ...data, ...ofJob(station.firmwareJob) } },
    ],
  }),
  RecordLogStatus: command({
    data: events.LogStatusReported.data,
    guards: fromStation,
    decide: (data) => [{ type: "LogStatusReported", data }],
  }),
};

/** `Idle` is an answer to a trigger and ends nothing. */
const endOfFirmware: ReadonlySet<string> = new Set([
  "Installed",
  "InstallationFailed",
  "DownloadFailed",
  "InvalidSignature",
  "InstallVerificationFailed",
]);

function ofJob(job: { readonly requestId: string } | undefined): { requestId?: string } {
  return job === undefined ? {} : { requestId: job.requestId };
}

function withJob(
  state: StationState,
  slot: "firmwareJob" | "diagnosticsJob",
  requestId: string | undefined,
): StationState {
  return requestId === undefined ? state : { ...state, [slot]: { requestId } };
}

/** Firmware, diagnostics and the authorization cache. */
export const maintenance = { commands, events };
