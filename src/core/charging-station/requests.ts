import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, Instant, shortText } from "../values/common.ts";
import { Completion } from "../values/outcome.ts";
import { fromStation, fromSystem, type OutstandingRequest, type StationState } from "./state.ts";

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
      const { outcome: _tooLate, ...late } = data;
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
    guards: fromSystem,
    decide: (data, station) => {
      const request = outstanding(station, data.requestId);
      if (request === undefined) return reject("RequestNotFound");
      if (request.epoch !== undefined) return reject("RequestAlreadySent");
      return [{ type: "RequestCompleted", data: { ...data, outcome: "superseded" } }];
    },
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
      const awaited = station.awaited.find(
        (entry) =>
          entry.kind === "trigger" &&
          entry.message === message &&
          entry.deadline >= at &&
          (entry.evseId === undefined || entry.evseId === evseId),
      );
      if (awaited === undefined) return [];
      const { requestId } = awaited;
      return [{ type: "TriggeredMessageReceived", data: { requestId, message, at } }];
    },
  }),
};

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
