import { type Static, Type } from "@sinclair/typebox";
import {
  AuthorizationAnswer,
  countsForSession,
  type EventDataOf,
  isPlausibleRegister,
  type MeterSample,
  oneOf,
  present,
  ReviewReason,
} from "#core";
import {
  flag,
  flagOf,
  instant,
  integer,
  json,
  milli,
  onlyAsked,
  optional,
  type RowOf,
  stationColumn,
  text,
} from "../columns.ts";
import { defineTable, defineView, type Insert, type ViewEvent } from "../view.ts";
import { meterSeriesTable, readingRows } from "./meter-series.ts";

/** An end that does not count: it was estimated and corrected, or told beside the one that does. */
const OtherEnd = Type.Object({
  end: oneOf("estimated", "repeated"),
  stoppedAt: Type.String({ format: "date-time" }),
  meterStopWh: Type.Optional(Type.Number()),
  energyWh: Type.Optional(Type.Number()),
  stopReason: Type.Optional(Type.String()),
  /** When Motown learned that it does not count. */
  at: Type.String({ format: "date-time" }),
});
type OtherEnd = Static<typeof OtherEnd>;

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
  /** The session whose start and stop these are, told a second time. */
  repeatOf: optional(text()),
  otherEnds: json(Type.Array(OtherEnd), []),
  reviews: json(Type.Array(ReviewReason), []),
  reviewCount: integer(),
  reviewNote: optional(text()),
  /** Something about it waits for a person. */
  flagged: onlyAsked(flag("with reviews that nobody has settled, or without")),
  over: onlyAsked(flag("ended or taken to have ended, or still going on")),
  /** What it came to, once it is over: it stands still, so that it can be looked for. */
  settledMilliWh: onlyAsked(optional(milli("energyWh"))),
};
type Row = RowOf<typeof columns>;

/** More of them are in the log; a station that repeats for ever makes no row grow for ever. */
const otherEndsMax = 20;

const table = defineTable({
  name: "transactions",
  columns,
  key: ["transactionId"],
  indexes: [
    // The narrowest first: of several filters the first one that has an index here leads.
    ["reservationId", "startedAt"],
    ["startRequestId", "startedAt"],
    ["stopRequestId", "startedAt"],
    ["station", "startedAt"],
    ["tokenRef", "startedAt"],
    ["tokenRef", "state", "startedAt"],
    ["transactionNumber", "startedAt"],
    // Wide ones hold what else is asked with them.
    ["stopReason", "startedAt", "transactionId", "state", "evseId"],
    ["state", "startedAt", "transactionId", "evseId"],
    ["evseId", "startedAt"],
    ["flagged", "startedAt", "transactionId"],
    ["startedAt", "transactionId", "station", "over", "settledMilliWh"],
  ],
  isOver: ({ state }) => state === "ended",
});

/** Every charging session, from its start to the last Wh. */
export const transactions = defineView({
  name: "transactions",
  version: 3,
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
      "flagged",
      "over",
    ],
    // Of sessions that are over: what still grows would be written into the index at each sample.
    ranges: ["settledMilliWh"],
    search: ["transactionId", "station"],
    searchIn: { id: "transactionId" },
    orders: ["-startedAt", "startedAt"],
    ownIndexes: true,
  },
  on: {
    TransactionStarted: (_row, event) => started(event),
    MeterValuesSampled: (row, { data }, insert) => row && sampled(row, data.samples, insert),
    TransactionStopped: (row, { data, meta }) => row && stopped(row, data, meta.correlationId),
    TransactionEndCorrected: (row, { data, meta }) =>
      row && stopped(withFormerEnd(row, data.at), data, meta.correlationId),
    TransactionEndEstimated: (row, { data }) => row && estimated(withFormerEnd(row, data.at), data),
    TransactionStopRepeated: (row, { data }) =>
      row && withEnd(row, { end: "repeated", ...endOf(data), at: data.at }),
    TransactionStartCorrected: (row, { data }) => row && startCorrected(row, data),
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
    ...startOf(data),
    state: "active",
    meterLastMilliWh: data.meterStartMilliWh ?? null,
    energyMilliWh: data.meterStartMilliWh === undefined ? null : 0,
    startRequestId: data.requestId ?? null,
    startCorrelationId: meta.correlationId ?? null,
  };
}

/** Its stop was told first. What it stopped with stays. */
function startCorrected(row: Row, data: EventDataOf<"TransactionStartCorrected">): Row {
  return settled({
    ...row,
    ...startOf(data),
    meterLastMilliWh: row.meterLastMilliWh ?? data.meterStartMilliWh ?? null,
    energyMilliWh: data.energyMilliWh ?? null,
  });
}

function startOf(
  data: EventDataOf<"TransactionStarted"> | EventDataOf<"TransactionStartCorrected">,
) {
  return {
    evseId: data.evseId,
    connectorId: data.connectorId ?? null,
    tokenRef: data.tokenRef ?? null,
    groupTokenRef: data.groupTokenRef ?? null,
    authorization: data.authorization === undefined ? null : JSON.stringify(data.authorization),
    startedAt: data.startedAt,
    stationStartedAt: data.stationStartedAt ?? null,
    meterStartMilliWh: data.meterStartMilliWh ?? null,
    reservationId: data.reservationId ?? null,
  };
}

function sampled(row: Row, samples: readonly MeterSample[], insert: Insert): Row {
  const meter = { station: row.station, evseId: row.evseId, transactionId: row.transactionId };
  let { meterLastMilliWh, lastSampleAt, powerMilliW, stateOfChargeMilliPercent } = row;
  const begun = row.meterStartMilliWh ?? undefined;
  for (const reading of readingRows(samples, meter)) insert(meterSeriesTable, reading);
  for (const sample of samples) {
    const { measurand, milli = null, phase, at } = sample;
    if (milli !== null && countsForSession(sample) && isPlausibleRegister(milli, begun)) {
      meterLastMilliWh = Math.max(meterLastMilliWh ?? 0, milli);
    }
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
  return settled({
    ...row,
    state: "ended",
    stoppedAt: data.stoppedAt,
    stationStoppedAt: data.stationStoppedAt ?? null,
    stopReason: data.reason,
    stopTokenRef: data.tokenRef ?? null,
    meterStopMilliWh: data.meterStopMilliWh ?? null,
    energyMilliWh: data.energyMilliWh ?? null,
    repeatOf: data.repeatOf ?? null,
    powerMilliW: null,
    stopRequestId: data.requestId ?? null,
    stopCorrelationId: correlationId ?? null,
  });
}

function estimated(row: Row, data: EventDataOf<"TransactionEndEstimated">): Row {
  return settled({
    ...row,
    state: "estimated",
    stoppedAt: data.stoppedAt,
    meterStopMilliWh: data.meterStopMilliWh ?? null,
    energyMilliWh: data.energyMilliWh ?? null,
    powerMilliW: null,
  });
}

/** What lists are narrowed by once a session is over. */
function settled(row: Row): Row {
  const isOver = row.state !== "active";
  return { ...row, over: flagOf(isOver), settledMilliWh: isOver ? row.energyMilliWh : null };
}

/** The end that counted until now, if there was one, is kept beside. */
function withFormerEnd(row: Row, at: string): Row {
  if (row.stoppedAt === null) return row;
  const { stoppedAt, meterStopMilliWh, energyMilliWh } = row;
  return withEnd(row, {
    end: "estimated",
    ...endOf({ stoppedAt, meterStopMilliWh, energyMilliWh }),
    at,
  });
}

function withEnd(row: Row, end: OtherEnd): Row {
  const ends: OtherEnd[] = JSON.parse(row.otherEnds);
  return { ...row, otherEnds: JSON.stringify([...ends, end].slice(-otherEndsMax)) };
}

function endOf(end: {
  readonly stoppedAt: string;
  readonly meterStopMilliWh?: number | null;
  readonly energyMilliWh?: number | null;
  readonly reason?: string;
}) {
  return present({
    stoppedAt: end.stoppedAt,
    meterStopWh: whOf(end.meterStopMilliWh),
    energyWh: whOf(end.energyMilliWh),
    stopReason: end.reason,
  });
}

function whOf(milliWh: number | null | undefined): number | undefined {
  return milliWh === null || milliWh === undefined ? undefined : milliWh / 1000;
}

function reviewsOf(row: Row): ReviewReason[] {
  return JSON.parse(row.reviews);
}

/** The same reason twice is one reason. */
function reviewed(row: Row, reasons: readonly ReviewReason[]): Row {
  const reviews = [...new Set(reasons)];
  const reviewCount = reviews.length;
  return {
    ...row,
    reviews: JSON.stringify(reviews),
    reviewCount,
    flagged: flagOf(reviewCount > 0),
  };
}
