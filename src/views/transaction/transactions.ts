import { Type } from "@sinclair/typebox";
import {
  AuthorizationAnswer,
  countsForSession,
  type EventDataOf,
  type MeterSample,
  oneOf,
  ReviewReason,
} from "#core";
import {
  instant,
  integer,
  json,
  milli,
  optional,
  type RowOf,
  stationColumn,
  text,
} from "../columns.ts";
import { defineTable, defineView, type Insert, type ViewEvent } from "../view.ts";
import { meterSeriesTable, readingRows } from "./meter-series.ts";

const columns = {
  transactionId: text(),
  transactionNumber: optional(integer(Type.Integer({ description: "The wire's, in OCPP 1.x." }))),
  wireTransactionNumber: optional(integer()),
  station: stationColumn(),
  evseId: integer(),
  connectorId: optional(integer()),
  state: text(oneOf("active", "ended", "estimated")),
  tokenRef: optional(text()),
  groupTokenRef: optional(text()),
  authorization: optional(json(AuthorizationAnswer, null)),
  startedAt: instant(),
  stationStartedAt: optional(text()),
  stoppedAt: optional(instant()),
  stationStoppedAt: optional(text()),
  stopReason: optional(text()),
  stopTokenRef: optional(text()),
  meterStartMilliWh: optional(milli("meterStartWh")),
  meterStopMilliWh: optional(milli("meterStopWh")),
  meterLastMilliWh: optional(milli("meterLastWh")),
  energyMilliWh: optional(milli("energyWh")),
  powerMilliW: optional(milli("powerW")),
  stateOfChargeMilliPercent: optional(milli("stateOfChargePercent")),
  sampleCount: integer(),
  lastSampleAt: optional(instant()),
  reservationId: optional(text()),
  startRequestId: optional(text()),
  stopRequestId: optional(text()),
  startCorrelationId: optional(text()),
  stopCorrelationId: optional(text()),
  reviews: json(Type.Array(ReviewReason), []),
  reviewCount: integer(),
  reviewNote: optional(text()),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "transactions",
  columns,
  key: ["transactionId"],
  indexes: [["station", "startedAt"], ["startedAt"], ["tokenRef", "state"], ["state"]],
});

/** Every charging session, from its start to the last Wh. */
export const transactions = defineView({
  name: "transactions",
  version: 1,
  table,
  list: {
    filters: [
      "state",
      "evseId",
      "transactionNumber",
      "tokenRef",
      "reservationId",
      "startRequestId",
      "stopRequestId",
      "stopReason",
    ],
    search: ["transactionId", "station"],
    orders: ["-startedAt", "startedAt"],
  },
  on: {
    TransactionStarted: (_row, event) => started(event),
    MeterValuesSampled: (row, { data }, insert) => row && sampled(row, data.samples, insert),
    TransactionStopped: (row, { data, meta }) => row && stopped(row, data, meta.correlationId),
    TransactionEndCorrected: (row, { data, meta }) => row && stopped(row, data, meta.correlationId),
    TransactionEndEstimated: (row, { data }) =>
      row && {
        ...row,
        state: "estimated",
        stoppedAt: data.stoppedAt,
        meterStopMilliWh: data.meterStopMilliWh ?? null,
        energyMilliWh: data.energyMilliWh ?? row.energyMilliWh,
        powerMilliW: null,
      },
    TransactionFlagged: (row, { data }) => row && reviewed(row, [...reviewsOf(row), data.reason]),
    TransactionReviewed: (row, { data }) =>
      row && { ...reviewed(row, []), reviewNote: data.note ?? null },
  },
});

function started({ key, data, meta }: ViewEvent<"TransactionStarted">): Row {
  return {
    ...table.empty,
    transactionId: key,
    transactionNumber: data.transactionNumber ?? null,
    wireTransactionNumber: data.wireTransactionNumber ?? null,
    station: data.station,
    evseId: data.evseId,
    connectorId: data.connectorId ?? null,
    state: "active",
    tokenRef: data.tokenRef ?? null,
    groupTokenRef: data.groupTokenRef ?? null,
    authorization: data.authorization === undefined ? null : JSON.stringify(data.authorization),
    startedAt: data.startedAt,
    stationStartedAt: data.stationStartedAt ?? null,
    meterStartMilliWh: data.meterStartMilliWh ?? null,
    meterLastMilliWh: data.meterStartMilliWh ?? null,
    energyMilliWh: data.meterStartMilliWh === undefined ? null : 0,
    reservationId: data.reservationId ?? null,
    startRequestId: data.requestId ?? null,
    startCorrelationId: meta.correlationId ?? null,
  };
}

function sampled(row: Row, samples: readonly MeterSample[], insert: Insert): Row {
  const meter = { station: row.station, evseId: row.evseId, transactionId: row.transactionId };
  let { meterLastMilliWh, lastSampleAt, powerMilliW, stateOfChargeMilliPercent } = row;
  for (const reading of readingRows(samples, meter)) insert(meterSeriesTable, reading);
  for (const sample of samples) {
    const { measurand, milli = null, phase, at } = sample;
    if (countsForSession(sample)) meterLastMilliWh = Math.max(meterLastMilliWh ?? 0, milli ?? 0);
    if (lastSampleAt !== null && at < lastSampleAt) continue;
    lastSampleAt = at;
    if (phase !== undefined) continue;
    if (measurand === "Power.Active.Import") powerMilliW = milli;
    if (measurand === "SoC") stateOfChargeMilliPercent = milli;
  }
  const sampleCount = row.sampleCount + samples.length;
  const next = { ...row, meterLastMilliWh, lastSampleAt, stateOfChargeMilliPercent, sampleCount };
  if (row.state !== "active") return next;
  return { ...next, powerMilliW, energyMilliWh: energySoFar(next) };
}

function energySoFar({ meterStartMilliWh, meterLastMilliWh, energyMilliWh }: Row): number | null {
  if (meterStartMilliWh === null || meterLastMilliWh === null) return energyMilliWh;
  return Math.max(meterLastMilliWh - meterStartMilliWh, 0);
}

function stopped(
  row: Row,
  data: EventDataOf<"TransactionStopped">,
  correlationId: string | undefined,
): Row {
  return {
    ...row,
    state: "ended",
    stoppedAt: data.stoppedAt,
    stationStoppedAt: data.stationStoppedAt ?? null,
    stopReason: data.reason,
    stopTokenRef: data.tokenRef ?? null,
    meterStopMilliWh: data.meterStopMilliWh ?? null,
    energyMilliWh: data.energyMilliWh ?? row.energyMilliWh,
    powerMilliW: null,
    stopRequestId: data.requestId ?? null,
    stopCorrelationId: correlationId ?? null,
  };
}

function reviewsOf(row: Row): ReviewReason[] {
  return JSON.parse(row.reviews);
}

/** The same reason twice is one reason. */
function reviewed(row: Row, reasons: readonly ReviewReason[]): Row {
  const reviews = [...new Set(reasons)];
  return { ...row, reviews: JSON.stringify(reviews), reviewCount: reviews.length };
}
