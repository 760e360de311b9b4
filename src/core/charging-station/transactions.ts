import { Type } from "@sinclair/typebox";
import { bounds } from "../bounds.ts";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { present } from "../kernel/present.ts";
import { reject } from "../kernel/rejection.ts";
import { limitTooFine, StartProfile } from "../values/charging-profile.ts";
import { closed, EvseId, Instant, shortText, TokenRef } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import {
  type AwaitedFollowUp,
  asOperator,
  awaitedOf,
  fromStation,
  type KnownTransaction,
  type StationState,
  toStation,
} from "./state.ts";

const TransactionId = Type.String({ minLength: 1, maxLength: 64 });

const opening = {
  transactionId: TransactionId,
  evseId: EvseId,
  tokenRef: Type.Optional(TokenRef),
  groupTokenRef: Type.Optional(TokenRef),
  /** When it started, by the station's clock where that is plausible. */
  startedAt: Instant,
  /** The station's own timestamp where `startedAt` had to be corrected; a repeat has it again. */
  stationStartedAt: Type.Optional(shortText(64)),
  meterStartMilliWh: Type.Optional(Type.Integer()),
  at: Instant,
};

/** How a station without a clock stopped it; with a clock the instant tells. */
const clocklessStop = {
  meterStopMilliWh: Type.Optional(Type.Integer()),
  stationStoppedAt: Type.Optional(shortText(64)),
};

const StartAsked = requestOf({
  tokenRef: TokenRef,
  evseId: Type.Optional(EvseId),
  chargingProfile: Type.Optional(StartProfile),
});
const StopAsked = requestOf({ transactionId: TransactionId });
/** A stop of a transaction that Motown does not know goes out by its wire number alone. */
const StopNumberAsked = requestOf({
  transactionId: Type.Optional(TransactionId),
  transactionNumber: Type.Integer(),
});

const event = eventRows<StationState>();

const events = {
  StartTransactionRequested: requested(StartAsked, {
    type: "StartTransactionRequested",
    target: startTarget,
    awaits: ({ tokenRef, evseId }) => ({ kind: "start", tokenRef, evseId }),
  }),
  StopTransactionRequested: requested(StopNumberAsked, {
    type: "StopTransactionRequested",
    target: stopTarget,
    awaits: ({ transactionId }) => ({ kind: "stop", transactionId }),
  }),
  TransactionOpened: event(
    closed({
      ...opening,
      transactionNumber: Type.Integer(),
      /** The remote start that it answers. */
      requestId: Type.Optional(Type.String()),
      reservationId: Type.Optional(Type.String()),
      /** Known from its stop alone. */
      orphan: Type.Optional(Type.Boolean()),
    }),
    (state, data) => ({
      ...state,
      transactionCount: state.transactionCount + 1,
      openTransactions: [...state.openTransactions, known(data)],
      awaited: state.awaited.filter((entry) => entry.requestId !== data.requestId),
      reservations: state.reservations.filter(
        (reservation) => reservation.reservationId !== data.reservationId,
      ),
    }),
  ),
  TransactionClosed: event(
    closed({
      transactionId: TransactionId,
      /** The remote stop that it answers. */
      requestId: Type.Optional(Type.String()),
      /** No stop was heard; the end is estimated and a late stop corrects it. */
      estimated: Type.Optional(Type.Boolean()),
      ...clocklessStop,
      at: Instant,
    }),
    (state, data) => {
      const ended = state.openTransactions.find(
        (open) => open.transactionId === data.transactionId,
      );
      if (ended === undefined) return state;
      return {
        ...state,
        openTransactions: state.openTransactions.filter((open) => open !== ended),
        closedTransactions: remembering(state.closedTransactions, closedOf(ended, data)),
        // What was overdue by then stays for the sweeper, which says that it was missed.
        awaited: without(state.awaited, stopsAwaited(state, data)),
      };
    },
  ),
  /** What was known by its stop alone has told its start. */
  TransactionStartMatched: event(closed(opening), (state, data) => ({
    ...state,
    closedTransactions: state.closedTransactions.map((ended) =>
      ended.transactionId === data.transactionId
        ? closedOf(known({ ...data, transactionNumber: ended.transactionNumber }), {})
        : ended,
    ),
  })),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  RequestStartTransaction: asking({
    data: StartAsked,
    guards: toStation,
    decide: (data, station) => {
      const fine = data.chargingProfile && limitTooFine(data.chargingProfile);
      if (fine !== undefined) return reject("ChargingLimitTooFine", `${fine}`);
      return ask(station, { type: "StartTransactionRequested", data }, startTarget(data));
    },
  }),
  RequestStopTransaction: asking({
    data: Type.Union([StopAsked, StopNumberAsked]),
    guards: toStation,
    decide: (data, station) => {
      const running =
        "transactionNumber" in data
          ? byNumber(station, data.transactionNumber)
          : knownById(station, data.transactionId);
      const transactionNumber =
        "transactionNumber" in data ? data.transactionNumber : running?.transactionNumber;
      if (transactionNumber === undefined) {
        return reject("TransactionNotOpen", data.transactionId);
      }
      const { transactionId: _named, ...rest } = { transactionId: undefined, ...data };
      const transactionId = running?.transactionId;
      const asked = present({ ...rest, transactionId, transactionNumber });
      return ask(station, { type: "StopTransactionRequested", data: asked }, stopTarget(asked));
    },
  }),
  RecordTransactionOpened: command({
    data: closed({
      ...opening,
      reservationNumber: Type.Optional(Type.Integer()),
      /** Known from its stop alone: it answers no remote start. */
      orphan: Type.Optional(Type.Boolean()),
    }),
    guards: fromStation,
    decide: ({ reservationNumber, orphan, ...data }, station) => {
      const reservation = station.reservations.find(
        (held) => held.reservationNumber === reservationNumber,
      );
      if (knownById(station, data.transactionId) !== undefined) return [];
      const requestId = orphan === true ? undefined : startAwaited(station, data)?.requestId;
      return [
        {
          type: "TransactionOpened",
          data: present({
            ...data,
            transactionNumber: nextTransactionNumber(station),
            requestId,
            reservationId: reservation?.reservationId,
            orphan,
          }),
        },
      ];
    },
  }),
  RecordTransactionClosed: command({
    data: closed({
      transactionId: TransactionId,
      estimated: Type.Optional(Type.Boolean()),
      ...clocklessStop,
      at: Instant,
    }),
    guards: fromStation,
    decide: (data, station) =>
      byId(station, data.transactionId) === undefined ? [] : [closing(station, data)],
  }),
  /** The start of what was known by its stop alone. */
  RecordTransactionStartMatched: command({
    data: closed(opening),
    guards: fromStation,
    decide: (data, station) =>
      knownById(station, data.transactionId)?.orphan === true
        ? [{ type: "TransactionStartMatched", data }]
        : [],
  }),
  /** Sent along with the transaction's own: its station will not end it any more. */
  EndTransaction: command({
    data: closed({ transactionId: TransactionId, at: Instant }),
    guards: asOperator,
    decide: (data, station) =>
      byId(station, data.transactionId) === undefined
        ? reject("TransactionNotOpen", data.transactionId)
        : [closing(station, { ...data, estimated: true })],
  }),
};

function closing(
  station: StationState,
  data: { readonly transactionId: string; readonly estimated?: boolean; readonly at: string },
) {
  const requestId = stopAwaited(station, data)?.requestId;
  return { type: "TransactionClosed" as const, data: present({ ...data, requestId }) };
}

function known(data: KnownTransaction): KnownTransaction {
  const { transactionId, transactionNumber, evseId, startedAt } = data;
  const { tokenRef, groupTokenRef, meterStartMilliWh, stationStartedAt, orphan } = data;
  return {
    transactionId,
    transactionNumber,
    evseId,
    startedAt,
    tokenRef,
    groupTokenRef,
    meterStartMilliWh,
    stationStartedAt,
    ...(orphan ? { orphan } : {}),
  };
}

function startTarget(data: { readonly tokenRef: string; readonly evseId?: number }): string {
  return data.evseId === undefined ? `token ${data.tokenRef}` : `evse ${data.evseId}`;
}

function stopTarget(data: { readonly transactionNumber: number }): string {
  return `transaction ${data.transactionNumber}`;
}

function byId(station: StationState, transactionId: string): KnownTransaction | undefined {
  return station.openTransactions.find((open) => open.transactionId === transactionId);
}

function knownById(station: StationState, transactionId: string): KnownTransaction | undefined {
  const ended = station.closedTransactions.find((known) => known.transactionId === transactionId);
  return byId(station, transactionId) ?? ended;
}

function byNumber(station: StationState, number: number): KnownTransaction | undefined {
  return station.openTransactions.find((open) => open.transactionNumber === number);
}

/** The transaction of these events once it has ended, as a late start or stop is matched. */
export function endedFrom(
  opened: Parameters<typeof known>[0],
  closed: Parameters<typeof closedOf>[1],
): KnownTransaction {
  return closedOf(known(opened), closed);
}

/** Whether this is a number that the station was once given. */
export function isOwnNumber(station: StationState, transactionNumber: number): boolean {
  const { transactionNumberBase: base, transactionCount: count } = station;
  return transactionNumber > base && transactionNumber <= base + count;
}

/** The number that the station's next transaction gets; a positive int32, counted for ever. */
export function nextTransactionNumber(station: StationState): number {
  return station.transactionNumberBase + station.transactionCount + 1;
}

/** The remote start that a transaction answers: same token, same EVSE if one was named, in time. */
export function startAwaited(
  station: StationState,
  start: { readonly tokenRef?: string; readonly evseId: number; readonly at: string },
): AwaitedFollowUp | undefined {
  // The newest: what an older one was to lead to, the station has refused by not doing it.
  return awaitedOf(station, "start", start.at).findLast(
    (entry) =>
      entry.tokenRef === start.tokenRef &&
      (entry.evseId === undefined || entry.evseId === start.evseId),
  );
}

/** The remote stop that a transaction's end answers, if it came in time. */
export function stopAwaited(
  station: StationState,
  stop: { readonly transactionId: string; readonly at: string },
): AwaitedFollowUp | undefined {
  return stopsAwaited(station, stop)[0];
}

function stopsAwaited(
  station: StationState,
  stop: { readonly transactionId: string; readonly at: string },
): readonly AwaitedFollowUp[] {
  return awaitedOf(station, "stop", stop.at).filter(
    (entry) => entry.transactionId === stop.transactionId,
  );
}

function without<T>(list: readonly T[], leaving: readonly T[]): readonly T[] {
  return list.filter((entry) => !leaving.includes(entry));
}

/**
 * What a late or repeated start or stop is matched by; the rest is in the transaction's own stream.
 * Where there is a clock the instants tell one start from the next.
 */
function closedOf(
  { meterStartMilliWh, stationStartedAt, ...ended }: KnownTransaction,
  {
    estimated,
    meterStopMilliWh,
    stationStoppedAt,
  }: {
    readonly estimated?: boolean;
    readonly meterStopMilliWh?: number;
    readonly stationStoppedAt?: string;
  },
): KnownTransaction {
  const clockless = { meterStartMilliWh, stationStartedAt, meterStopMilliWh, stationStoppedAt };
  return {
    ...ended,
    ...(estimated === true ? { estimated } : {}),
    ...(stationStartedAt === undefined ? {} : clockless),
  };
}

/** Those that were really stopped fall out first: the stop of the others is still to come. */
function remembering(
  list: readonly KnownTransaction[],
  ended: KnownTransaction,
): readonly KnownTransaction[] {
  const longer = [...list, ended];
  if (longer.length <= bounds.closedTransactions) return longer;
  const stopped = longer.findIndex((entry) => entry.estimated !== true);
  return longer.toSpliced(Math.max(stopped, 0), 1);
}

/** Which transactions are open, their numbers, and remote starts and stops of them. */
export const transactions = { commands, events };
