// One transaction's decider: what a station said about its start, its meter and its end.
import { type Static, Type } from "@sinclair/typebox";
import { commandRows, type Decider, type EventsOf, eventRows, fold } from "../kernel/decider.ts";
import { present } from "../kernel/present.ts";
import { reject } from "../kernel/rejection.ts";
import { AuthorizationAnswer } from "../values/authorization.ts";
import { closed, EvseId, Instant, oneOf, shortText, TokenRef } from "../values/common.ts";
import { countsForSession, MeterSample } from "../values/meter-sample.ts";
import { asOperator, fromStation, initialTransaction, type TransactionState } from "./state.ts";

/** Why a person should look before anybody is billed. */
export const ReviewReason = oneOf(
  "meterWentBackwards",
  "stoppedTwice",
  "stopWithoutStart",
  "stopOfAnotherToken",
  "stopMatchedByToken",
  "endEstimated",
  "correctedAfterEstimate",
  "meterStartUnknown",
  "implausibleClock",
  "notAuthorized",
);
export type ReviewReason = Static<typeof ReviewReason>;

const samples = Type.Array(MeterSample, { maxItems: 100_000 });

const Started = closed({
  /** Key of the station, as in its stream's name. */
  station: Type.String(),
  evseId: EvseId,
  connectorId: Type.Optional(Type.Integer()),
  transactionNumber: Type.Optional(Type.Integer()),
  /** The number that the station used where it is not ours (an offline start: −1, 0, its own). */
  wireTransactionNumber: Type.Optional(Type.Integer()),
  tokenRef: Type.Optional(TokenRef),
  groupTokenRef: Type.Optional(TokenRef),
  authorization: Type.Optional(AuthorizationAnswer),
  startedAt: Instant,
  /** The station's own timestamp where `startedAt` had to be corrected. */
  stationStartedAt: Type.Optional(shortText(64)),
  meterStartMilliWh: Type.Optional(Type.Integer()),
  reservationId: Type.Optional(Type.String()),
  requestId: Type.Optional(Type.String()),
  reviews: Type.Array(ReviewReason),
  at: Instant,
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
/** With what the session comes to. `energyMilliWh` is never negative. */
const Stopped = closed({ ...stopped, energyMilliWh: Type.Optional(Type.Integer({ minimum: 0 })) });

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
    let { lastRegisterMilliWh, lastSampleAt } = state;
    for (const sample of data.samples) {
      if (lastSampleAt === undefined || sample.at > lastSampleAt) lastSampleAt = sample.at;
      if (!countsForSession(sample) || sample.milli === undefined) continue;
      lastRegisterMilliWh = Math.max(lastRegisterMilliWh ?? sample.milli, sample.milli);
    }
    return { ...state, lastRegisterMilliWh, lastSampleAt };
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
    decide: (data) => (data.samples.length > 0 ? [{ type: "MeterValuesSampled", data }] : []),
  }),
  RecordTransactionStopped: command({
    data: closed({ ...stopped, samples, reviews: Type.Array(ReviewReason) }),
    guards: fromStation,
    decide: (data, transaction) => {
      const { samples, reviews, ...stop } = data;
      const { end } = transaction;
      if (end !== undefined && !end.estimated) return stopAgain(end, stop);
      const sampled: Event[] =
        samples.length > 0 ? [{ type: "MeterValuesSampled", data: { samples, at: data.at } }] : [];
      const energy = energyOf(fold({ commands: {}, events }, transaction, sampled), stop);
      const type = end === undefined ? "TransactionStopped" : "TransactionEndCorrected";
      const found = [...reviews, ...energy.reviews];
      if (end !== undefined) found.push("correctedAfterEstimate");
      return [
        ...sampled,
        { type, data: present({ ...stop, energyMilliWh: energy.energyMilliWh }) },
        ...found.map((reason) => flag(reason, data.at)),
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
  data: { readonly stoppedAt: string; readonly meterStopMilliWh?: number },
): TransactionState {
  const { stoppedAt, meterStopMilliWh } = data;
  return { ...state, end: { stoppedAt, meterStopMilliWh, estimated: false } };
}

/** The end as far as it is known: at the last sample, else as it began. */
function estimatedEnd(transaction: TransactionState, at: string): Event[] {
  const meterStopMilliWh = transaction.lastRegisterMilliWh ?? transaction.meterStartMilliWh;
  const { energyMilliWh } = energyOf(transaction, { meterStopMilliWh });
  const stoppedAt = transaction.lastSampleAt ?? transaction.startedAt;
  const data = present({ stoppedAt, meterStopMilliWh, energyMilliWh, at });
  return [{ type: "TransactionEndEstimated", data }, flag("endEstimated", at)];
}

type Stop = Static<ReturnType<typeof closed<typeof stopped>>>;

function stopAgain(end: NonNullable<TransactionState["end"]>, stop: Stop): Event[] {
  const same = end.stoppedAt === stop.stoppedAt && end.meterStopMilliWh === stop.meterStopMilliWh;
  if (same) return [];
  return [{ type: "TransactionStopRepeated", data: stop }, flag("stoppedTwice", stop.at)];
}

/**
 * Energy of a session. A stop below its start or below a sample (some meters lose 1 Wh, others
 * restart) is taken from the samples where they know better, else it is 0; either way a person is
 * asked to look. Stations that say no meter at the stop have said it in their last sample.
 */
function energyOf(
  transaction: TransactionState,
  stop: { readonly meterStopMilliWh?: number | undefined },
): { readonly energyMilliWh?: number; readonly reviews: readonly ReviewReason[] } {
  const { meterStartMilliWh, lastRegisterMilliWh } = transaction;
  const meterStopMilliWh = stop.meterStopMilliWh ?? lastRegisterMilliWh;
  if (meterStopMilliWh === undefined) return { reviews: [] };
  if (meterStartMilliWh === undefined) return { reviews: ["meterStartUnknown"] };
  const energyMilliWh = meterStopMilliWh - meterStartMilliWh;
  const highest = Math.max(lastRegisterMilliWh ?? meterStartMilliWh, meterStartMilliWh);
  const lost = highest - meterStopMilliWh;
  // A stop is in whole Wh, samples have decimals: less than one Wh is rounding.
  if (lost < 1000 && energyMilliWh >= 0) return { energyMilliWh, reviews: [] };
  return { energyMilliWh: highest - meterStartMilliWh, reviews: ["meterWentBackwards"] };
}

export type TransactionCommands = typeof commands;
export type TransactionEvents = typeof events;

/** The aggregate of one transaction; stream `transaction/{transactionId}`. */
export const transaction = {
  category: "transaction",
  initialState: initialTransaction,
  commands,
  events,
} satisfies Decider<TransactionState>;
