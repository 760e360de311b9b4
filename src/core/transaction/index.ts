// One transaction's decider: what a station said about its start, its meter and its end.
import { type Static, Type } from "@sinclair/typebox";
import { commandRows, type Decider, type EventsOf, eventRows, fold } from "../kernel/decider.ts";
import { present } from "../kernel/present.ts";
import { reject } from "../kernel/rejection.ts";
import { AuthorizationAnswer } from "../values/authorization.ts";
import { closed, EvseId, Instant, shortText, TokenRef } from "../values/common.ts";
import { MeterSample } from "../values/meter-sample.ts";
import { energyOf, registersAfter, roundingMilliWh } from "./energy.ts";
import { ReviewReason } from "./reviews.ts";
import {
  asOperator,
  fromStation,
  initialTransaction,
  type TransactionEnd,
  type TransactionState,
} from "./state.ts";

const samples = Type.Array(MeterSample, { maxItems: 100_000 });

const started = {
  evseId: EvseId,
  connectorId: Type.Optional(Type.Integer()),
  tokenRef: Type.Optional(TokenRef),
  groupTokenRef: Type.Optional(TokenRef),
  authorization: Type.Optional(AuthorizationAnswer),
  startedAt: Instant,
  /** The station's own timestamp where `startedAt` had to be corrected. */
  stationStartedAt: Type.Optional(shortText(64)),
  meterStartMilliWh: Type.Optional(Type.Integer()),
  reservationId: Type.Optional(Type.String()),
  at: Instant,
};

const Started = closed({
  /** Key of the station, as in its stream's name. */
  station: Type.String(),
  transactionNumber: Type.Optional(Type.Integer()),
  /** The number that the station used where it is not ours (an offline start: −1, 0, its own). */
  wireTransactionNumber: Type.Optional(Type.Integer()),
  ...started,
  requestId: Type.Optional(Type.String()),
  reviews: Type.Array(ReviewReason),
});

const stopped = {
  stoppedAt: Instant,
  stationStoppedAt: Type.Optional(shortText(64)),
  meterStopMilliWh: Type.Optional(Type.Integer()),
  tokenRef: Type.Optional(TokenRef),
  reason: shortText(50),
  requestId: Type.Optional(Type.String()),
  at: Instant,
};
const energy = { energyMilliWh: Type.Optional(Type.Integer({ minimum: 0 })) };
/** The session whose start and stop these are, told a second time: nothing is billed for them. */
const repeat = { repeatOf: Type.Optional(shortText(64)) };
/** With what the session comes to. `energyMilliWh` is never negative. */
const Stopped = closed({ ...stopped, ...energy, ...repeat });

const event = eventRows<TransactionState>();

const events = {
  TransactionStarted: event(Started, (state, data) => ({
    ...state,
    exists: true,
    station: data.station,
    evseId: data.evseId,
    tokenRef: data.tokenRef,
    groupTokenRef: data.groupTokenRef,
    startedAt: data.startedAt,
    meterStartMilliWh: data.meterStartMilliWh,
  })),
  MeterValuesSampled: event(closed({ samples, at: Instant }), (state, data) => {
    let { lastSampleAt } = state;
    let known = state;
    for (const sample of data.samples) {
      if (lastSampleAt === undefined || sample.at > lastSampleAt) lastSampleAt = sample.at;
      known = registersAfter(known, sample);
    }
    return { ...known, lastSampleAt };
  }),
  TransactionStopped: event(Stopped, ended),
  /** The station never said when; this is the last that is known. A stop may still correct it. */
  TransactionEndEstimated: event(
    closed({
      stoppedAt: Instant,
      meterStopMilliWh: Type.Optional(Type.Integer()),
      energyMilliWh: Type.Optional(Type.Integer({ minimum: 0 })),
      at: Instant,
    }),
    (state, data) => ({
      ...state,
      end: {
        stoppedAt: data.stoppedAt,
        meterStopMilliWh: data.meterStopMilliWh,
        estimated: true,
      },
    }),
  ),
  /** The stop that replaces an estimated end. */
  TransactionEndCorrected: event(Stopped, ended),
  /** The start of a session that was known by its stop alone, and what it comes to with it. */
  TransactionStartCorrected: event(closed({ ...started, ...energy }), (state, data) => ({
    ...state,
    evseId: data.evseId,
    tokenRef: data.tokenRef,
    groupTokenRef: data.groupTokenRef,
    startedAt: data.startedAt,
    meterStartMilliWh: data.meterStartMilliWh,
  })),
  /** Another, different stop of what had stopped already: kept, it changes nothing by itself. */
  TransactionStopRepeated: event(closed(stopped), null),
  TransactionFlagged: event(closed({ reason: ReviewReason, at: Instant }), (state, data) => ({
    ...state,
    reviews: state.reviews.includes(data.reason) ? state.reviews : [...state.reviews, data.reason],
  })),
  TransactionReviewed: event(closed({ note: Type.Optional(shortText()) }), (state) => ({
    ...state,
    reviews: [],
  })),
};

type Event = EventsOf<typeof events>;
const command = commandRows<TransactionState, typeof events>();

const commands = {
  RecordTransactionStarted: command({
    data: Started,
    guards: fromStation,
    decide: (data, transaction) =>
      transaction.exists
        ? []
        : [
            { type: "TransactionStarted", data },
            ...data.reviews.map((reason) => flag(reason, data.at)),
          ],
  }),
  RecordMeterValues: command({
    data: closed({ samples, at: Instant }),
    guards: fromStation,
    decide: ({ samples, at }, transaction) => sampledNow(transaction, { samples, at }),
  }),
  RecordTransactionStopped: command({
    data: closed({ ...stopped, ...repeat, samples, reviews: Type.Array(ReviewReason) }),
    guards: fromStation,
    decide: (data, transaction) => {
      const { samples, reviews, ...stop } = data;
      const { end } = transaction;
      if (end !== undefined && !end.estimated) return stopAgain(transaction, stop, samples);
      const sampled: Event[] =
        samples.length > 0 ? [{ type: "MeterValuesSampled", data: { samples, at: data.at } }] : [];
      const { energyMilliWh, reviews: found } = endOf(after(transaction, sampled), stop);
      const type = end === undefined ? "TransactionStopped" : "TransactionEndCorrected";
      const corrected: ReviewReason[] = end === undefined ? [] : ["correctedAfterEstimate"];
      return [
        ...sampled,
        { type, data: present({ ...stop, energyMilliWh }) },
        ...[...reviews, ...found, ...corrected].map((reason) => flag(reason, data.at)),
      ];
    },
  }),
  /** A session that was known by its stop alone has begun; its stop was told before its start. */
  RecordTransactionStartCorrected: command({
    data: closed({ ...started, reviews: Type.Array(ReviewReason) }),
    guards: fromStation,
    decide: ({ reviews, ...start }, transaction) => {
      const { end } = transaction;
      if (!transaction.exists || end === undefined) return [];
      const { meterStartMilliWh } = start;
      const { energyMilliWh, reviews: found } = endOf(
        { ...transaction, meterStartMilliWh, startedAt: start.startedAt },
        end,
      );
      const data = present({ ...start, energyMilliWh });
      return [
        { type: "TransactionStartCorrected", data },
        ...["startedAfterStop" as const, ...reviews, ...found].map((why) => flag(why, start.at)),
      ];
    },
  }),
  EstimateTransactionEnd: command({
    data: closed({ at: Instant }),
    guards: fromStation,
    decide: ({ at }, transaction) =>
      transaction.exists && transaction.end === undefined ? estimatedEnd(transaction, at) : [],
  }),
  /** Its station is dead, and nobody else will end it. A late stop still corrects the estimate. */
  EndTransaction: command({
    data: closed({ at: Instant }),
    guards: asOperator,
    decide: ({ at }, transaction) =>
      transaction.end === undefined ? estimatedEnd(transaction, at) : reject("TransactionNotOpen"),
  }),
  /** A person has looked at what was flagged. */
  SettleReview: command({
    data: events.TransactionReviewed.data,
    guards: asOperator,
    decide: (data, transaction) =>
      transaction.reviews.length > 0 ? [{ type: "TransactionReviewed", data }] : [],
  }),
};

function flag(reason: ReviewReason, at: string): Event {
  return { type: "TransactionFlagged", data: { reason, at } };
}

function ended(
  state: TransactionState,
  data: Pick<Stop, "stoppedAt" | "stationStoppedAt" | "meterStopMilliWh">,
): TransactionState {
  const { stoppedAt, stationStoppedAt, meterStopMilliWh } = data;
  return { ...state, end: { stoppedAt, stationStoppedAt, meterStopMilliWh, estimated: false } };
}

/** The end as far as it is known: at the last sample, else as it began. */
function estimatedEnd(transaction: TransactionState, at: string): Event[] {
  return [estimate(transaction, at), flag("endEstimated", at)];
}

function estimate(transaction: TransactionState, at: string): Event {
  const meterStopMilliWh = transaction.lastRegisterMilliWh ?? transaction.meterStartMilliWh;
  const { energyMilliWh } = energyOf(transaction, { meterStopMilliWh });
  const stoppedAt = transaction.lastSampleAt ?? transaction.startedAt;
  const data = present({ stoppedAt, meterStopMilliWh, energyMilliWh, at });
  return { type: "TransactionEndEstimated", data };
}

function after(transaction: TransactionState, happened: readonly Event[]): TransactionState {
  return fold({ commands: {}, events }, transaction, happened);
}

type Sampled = Static<typeof events.MeterValuesSampled.data>;

/** Samples of what has ended are kept, too: they move an estimate, and contradict a stop. */
function sampledNow(transaction: TransactionState, data: Sampled): Event[] {
  if (data.samples.length === 0) return [];
  const sampled: Event = { type: "MeterValuesSampled", data };
  const { end } = transaction;
  if (end === undefined) return [sampled];
  const now = after(transaction, [sampled]);
  const beyondMilliWh = (now.lastRegisterMilliWh ?? 0) - (end.meterStopMilliWh ?? 0);
  if (beyondMilliWh < roundingMilliWh) return [sampled];
  if (end.estimated) return [sampled, estimate(now, data.at)];
  const isNews = (transaction.lastRegisterMilliWh ?? 0) < (now.lastRegisterMilliWh ?? 0);
  return isNews ? [sampled, flag("sampledBeyondEnd", data.at)] : [sampled];
}

type Stop = Static<ReturnType<typeof closed<typeof stopped>>>;

/** What a stop makes of a session, and what is odd about it. */
function endOf(
  transaction: TransactionState,
  stop: Pick<Stop, "stoppedAt"> & {
    readonly meterStopMilliWh?: number | undefined;
    readonly repeatOf?: string | undefined;
  },
): ReturnType<typeof energyOf> {
  if (stop.repeatOf !== undefined) return { energyMilliWh: 0, reviews: ["startedTwice"] };
  const found = energyOf(transaction, stop);
  if (stop.stoppedAt >= transaction.startedAt) return found;
  return { ...found, reviews: [...found.reviews, "endBeforeStart"] };
}

function stopAgain(
  transaction: TransactionState,
  stop: Stop,
  samples: Sampled["samples"],
): Event[] {
  if (transaction.end !== undefined && isSameEnd(transaction.end, stop)) return [];
  const sampled: Event[] =
    samples.length > 0 ? [{ type: "MeterValuesSampled", data: { samples, at: stop.at } }] : [];
  return [
    ...sampled,
    { type: "TransactionStopRepeated", data: stop },
    flag("stoppedTwice", stop.at),
  ];
}

/** Where the station's clock is no good its text is compared: our instant is another each time. */
function isSameEnd(end: TransactionEnd, stop: Stop): boolean {
  if (end.meterStopMilliWh !== stop.meterStopMilliWh) return false;
  return stop.stationStoppedAt === undefined
    ? end.stoppedAt === stop.stoppedAt
    : end.stationStoppedAt === stop.stationStoppedAt;
}

export type TransactionCommands = typeof commands;
export type TransactionEvents = typeof events;

/** The aggregate of one transaction; stream `transaction/{transactionId}`. */
export const transaction = {
  category: "transaction",
  initialState: initialTransaction,
  // A late word about it is seldom, and reads it again.
  hasEnded: ({ end }) => end !== undefined && !end.estimated,
  commands,
  events,
} satisfies Decider<TransactionState>;
