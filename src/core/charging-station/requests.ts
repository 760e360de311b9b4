import { Type } from "@sinclair/typebox";
import { appendBounded, bounds } from "../bounds.ts";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, EvseId, Instant, oneOf, shortText, TokenRef } from "../values/common.ts";
import { Completion, type Outcome } from "../values/outcome.ts";
import {
  type AwaitedFollowUp,
  asOperator,
  awaitedOf,
  fromStation,
  fromSystem,
  type OutstandingRequest,
  type StationState,
} from "./state.ts";

const FollowUp = closed({
  requestId: Type.String(),
  correlationId: Type.String(),
  deadline: Instant,
  kind: oneOf("start", "stop", "trigger"),
  tokenRef: Type.Optional(TokenRef),
  evseId: Type.Optional(EvseId),
  transactionId: Type.Optional(Type.String()),
  message: Type.Optional(shortText(50)),
});

const event = eventRows<StationState>();

const events = {
  /** Recorded before the write to the socket, so that a sent request is never sent again. */
  RequestSent: event(
    closed({ requestId: Type.String(), epoch: Type.Integer(), at: Instant }),
    (state, data) => ({
      ...state,
      requests: state.requests.map((request) =>
        request.requestId === data.requestId ? { ...request, epoch: data.epoch } : request,
      ),
    }),
  ),
  /** The one end of a request. */
  RequestCompleted: event(Completion, (state, data) => ({
    ...(data.outcome === "accepted" ? state : withoutAwaited(state, data)),
    requests: state.requests.filter((request) => request.requestId !== data.requestId),
  })),
  /** An answer after the deadline or on another connection; it changes no outcome. */
  RequestAnsweredLate: event(
    closed({
      requestId: Type.String(),
      status: Type.Optional(shortText(100)),
      result: Type.Optional(Type.Unknown()),
      at: Instant,
    }),
    null,
  ),
  /** A call of `RequestOcppCall` must be followed up like the named request that it equals. */
  FollowUpAwaited: event(FollowUp, (state, data) => ({
    ...state,
    awaited: appendBounded<AwaitedFollowUp>(state.awaited, data, bounds.awaitedFollowUps),
  })),
  /** What was accepted did not follow in time: a remote start without a transaction. */
  FollowUpMissed: event(
    closed({ requestId: Type.String(), kind: Type.String(), at: Instant }),
    withoutAwaited,
  ),
  /** The message that a trigger asked for has arrived. */
  TriggeredMessageReceived: event(
    closed({ requestId: Type.String(), message: Type.String(), at: Instant }),
    withoutAwaited,
  ),
};

const command = commandRows<StationState, typeof events>();

const commands = {
  RecordRequestSent: command({
    data: events.RequestSent.data,
    guards: fromSystem,
    decide: (data, station) => {
      const request = outstanding(station, data.requestId);
      if (request === undefined) return reject("RequestNotFound");
      if (request.epoch !== undefined) return reject("RequestAlreadySent");
      return [{ type: "RequestSent", data }];
    },
  }),
  RecordRequestCompleted: command({
    data: events.RequestCompleted.data,
    guards: fromStation,
    decide: (data, station) => {
      if (outstanding(station, data.requestId) !== undefined) {
        return [{ type: "RequestCompleted", data }];
      }
      const { outcome, ...late } = data;
      // Our own verdict on what has ended already is no answer of the station.
      if (!answers.has(outcome)) return [];
      return [{ type: "RequestAnsweredLate", data: late }];
    },
  }),
  /** The sweeper's: what is overdue ends as `timedOut` when sent, else as `stationOffline`. */
  ExpireRequest: command({
    data: closed({ requestId: Type.String(), at: Instant }),
    guards: fromSystem,
    decide: (data, station) => {
      const request = outstanding(station, data.requestId);
      if (request === undefined) return [];
      const sent = request.epoch !== undefined;
      if ((sent ? request.deadline : (request.validUntil ?? request.deadline)) > data.at) return [];
      const outcome = sent ? "timedOut" : "stationOffline";
      return [{ type: "RequestCompleted", data: { ...data, outcome } }];
    },
  }),
  /** A request that waits for its station is taken back. */
  WithdrawRequest: command({
    data: closed({ requestId: Type.String(), at: Instant }),
    guards: asOperator,
    decide: (data, station) => {
      const request = outstanding(station, data.requestId);
      if (request === undefined) return reject("RequestNotFound");
      if (request.epoch !== undefined) return reject("RequestAlreadySent");
      return [{ type: "RequestCompleted", data: { ...data, outcome: "superseded" } }];
    },
  }),
  RecordFollowUpAwaited: command({
    data: FollowUp,
    guards: fromStation,
    decide: (data, station) =>
      station.awaited.some((entry) => entry.requestId === data.requestId)
        ? []
        : [{ type: "FollowUpAwaited", data }],
  }),
  ExpireFollowUp: command({
    data: closed({ requestId: Type.String(), at: Instant }),
    guards: fromSystem,
    decide: (data, station) => {
      const awaited = station.awaited.find((entry) => entry.requestId === data.requestId);
      if (awaited === undefined || awaited.deadline > data.at) return [];
      return [{ type: "FollowUpMissed", data: { ...data, kind: awaited.kind } }];
    },
  }),
  RecordTriggeredMessage: command({
    data: closed({ message: Type.String(), evseId: Type.Optional(Type.Integer()), at: Instant }),
    guards: fromStation,
    decide: ({ message, evseId, at }, station) => {
      const awaited = triggerAwaited(station, { message, evseId, at });
      if (awaited === undefined) return [];
      const { requestId } = awaited;
      return [{ type: "TriggeredMessageReceived", data: { requestId, message, at } }];
    },
  }),
};

/** The trigger that a message answers: of its name, and of its EVSE if one was named, in time. */
export function triggerAwaited(
  station: StationState,
  given: { readonly message: string; readonly evseId?: number | undefined; readonly at: string },
): AwaitedFollowUp | undefined {
  return awaitedOf(station, "trigger", given.at).find(
    ({ message, evseId }) =>
      message === given.message && (evseId === undefined || evseId === given.evseId),
  );
}

/** Outcomes that a station's answer leads to; the others are ours. */
const answers: ReadonlySet<Outcome> = new Set(["accepted", "rejected", "notSupported", "failed"]);

function outstanding(station: StationState, requestId: string): OutstandingRequest | undefined {
  return station.requests.find((request) => request.requestId === requestId);
}

function withoutAwaited(state: StationState, data: { readonly requestId: string }): StationState {
  return {
    ...state,
    awaited: state.awaited.filter((entry) => entry.requestId !== data.requestId),
  };
}

/** Life of a request to a station, whatever it asks: sent, answered, overdue, late. */
export const requests = { commands, events };
