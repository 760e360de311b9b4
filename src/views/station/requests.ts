import { Type } from "@sinclair/typebox";
import { type EventDataOf, type EventType, Outcome, oneOf } from "#core";
import {
  flag,
  flagOf,
  foldedText,
  hidden,
  instant,
  json,
  optional,
  type RowOf,
  stationColumn,
  text,
} from "../columns.ts";
import { defineTable, defineView, type Handler, type Key, type ViewEvent } from "../view.ts";
import { awaiting, onEachRequest } from "./asking.ts";

const Late = Type.Object({
  status: Type.Optional(Type.String()),
  result: Type.Optional(Type.Unknown()),
  at: Type.String(),
});
const State = oneOf("queued", "sent", "done");
const FollowUpState = oneOf("awaited", "fulfilled", "missed", "notAwaited");
const Parts = Type.Record(
  Type.String(),
  Type.Object({ state: State, outcome: Type.Optional(Outcome) }),
  { description: "Requests that this one consists of, by id." },
);
type Part = { readonly state: string; readonly outcome?: string };

const columns = {
  requestId: text(),
  station: stationColumn(),
  type: text(Type.String({ examples: ["RequestReset"] })),
  parameters: json(Type.Record(Type.String(), Type.Unknown()), {}),
  correlationId: text(),
  requestedBy: text(Type.String({ examples: ["operator:ada"] })),
  state: text(State),
  outcome: optional(text(Outcome)),
  succeeded: optional(
    flag("Absent until it is done, and of one that a newer one has taken the place of."),
  ),
  status: optional(text(Type.String({ description: "The station's own word." }))),
  result: optional(json(Type.Unknown(), null)),
  requestedAt: instant(),
  deadline: instant("Until when an answer, and what must follow from it, is awaited."),
  validUntil: optional(instant("The request waits for the station's connection until then.")),
  sentAt: optional(instant()),
  answeredAt: optional(instant()),
  completedAt: optional(instant()),
  lateAnswer: optional(json(Late, null)),
  followUp: optional(text(FollowUpState)),
  transactionId: optional(text(Type.String({ description: "Started or stopped by it." }))),
  triggeredAt: optional(instant("When the message that a trigger asked for arrived.")),
  parentRequestId: optional(text()),
  parts: optional(json(Parts, null)),
  searchText: hidden(text()),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "requests",
  columns,
  key: ["requestId"],
  indexes: [
    ["correlationId", "requestedAt"],
    ["transactionId", "requestedAt"],
    ["station", "requestedAt"],
    ["followUp", "requestedAt"],
    ["outcome", "requestedAt"],
    ["succeeded", "requestedAt"],
    ["type", "requestedAt"],
    ["state", "requestedAt"],
    ["requestedAt", "requestId", "searchText"],
  ],
  isOver: ({ state, followUp }) => state === "done" && followUp !== "awaited",
});

const answers: ReadonlySet<string> = new Set(["accepted", "rejected", "notSupported", "failed"]);

/** Every request to a station: what was asked, what became of it, what followed. */
export const requests = defineView({
  name: "requests",
  version: 2,
  table,
  list: {
    filters: [
      "type",
      "state",
      "outcome",
      "succeeded",
      "correlationId",
      "followUp",
      "transactionId",
    ],
    search: ["station", "type", "requestedBy", "status", "requestId", "correlationId"],
    searchIn: { text: "searchText" },
    orders: ["-requestedAt", "requestedAt"],
    ownIndexes: true,
  },
  on: {
    ...onEachRequest(requested()),
    RequestSent: {
      keys: ({ data }) => ownAndParent(data.requestId),
      fold: (row, { data: { requestId, at } }) => {
        if (row === undefined || row.state === "done") return row;
        const sent = { ...row, state: "sent", sentAt: row.sentAt ?? at };
        return row.requestId === requestId ? sent : withPart(sent, requestId, { state: "sent" });
      },
    },
    RequestCompleted: {
      keys: ({ data }) => ownAndParent(data.requestId),
      fold: (row, { data }) => {
        if (row === undefined) return row;
        if (row.requestId === data.requestId) return completed(row, data);
        const { requestId, outcome, at } = data;
        return settled(withPart(row, requestId, { state: "done", outcome }), at);
      },
    },
    RequestAnsweredLate: {
      keys: ({ data }) => [[data.requestId]],
      fold: (row, { data: { requestId: _own, ...late } }) =>
        row && { ...row, lateAnswer: JSON.stringify(late) },
    },
    FollowUpMissed: {
      keys: ({ data }) => [[data.requestId]],
      fold: (row) => row && { ...row, followUp: "missed" },
    },
    TriggeredMessageReceived: {
      keys: ({ data }) => [[data.requestId]],
      fold: (row, { data }) => row && { ...row, followUp: "fulfilled", triggeredAt: data.at },
    },
    TransactionOpened: {
      keys: ({ data }) => (data.requestId === undefined ? [] : [[data.requestId]]),
      fold: (row, { data: { transactionId } }) =>
        row && { ...row, followUp: "fulfilled", transactionId },
    },
    /** A call of one's own that equals a named request. */
    FollowUpAwaited: {
      keys: ({ data }) => [[data.requestId]],
      fold: (row, { data: { transactionId } }) =>
        row && row.followUp === null
          ? { ...row, followUp: "awaited", transactionId: transactionId ?? row.transactionId }
          : row,
    },
    /** What came in time is fulfilled; what was overdue by then is missed, as an event will say. */
    TransactionClosed: {
      where: ({ data }) => ({ transactionId: data.transactionId, followUp: "awaited" }),
      change: (rows, { data: { at } }) => ({
        put: rows
          .filter((row) => row.sentAt !== null && row.deadline >= at)
          .map((row) => ({ ...row, followUp: "fulfilled" })),
      }),
    },
  },
});

interface Asked {
  readonly requestId: string;
  readonly correlationId: string;
  readonly requestedAt: string;
  readonly deadline: string;
  readonly validUntil?: string;
  readonly parentRequestId?: string;
  readonly transactionId?: string;
}

function requested(): Handler<Row, EventType> {
  return {
    keys: ({ data }) => ownAndParent((data as Asked).requestId),
    fold: (row, event, [name]) => {
      const { requestId, parentRequestId } = event.data as Asked;
      if (name === requestId) return asked(event, requestId);
      if (parentRequestId !== name || parentRequestId === undefined) return row;
      const parent = row ?? {
        ...asked(event, parentRequestId),
        parentRequestId: null,
        parts: "{}",
      };
      return withPart(parent, requestId, { state: "queued" });
    },
  };
}

/** A part's id is `{parent}.{evse}`; an id with a dot of its own just finds no parent. */
function ownAndParent(requestId: string): readonly Key[] {
  const dot = requestId.lastIndexOf(".");
  return dot < 0 ? [[requestId]] : [[requestId], [requestId.slice(0, dot)]];
}

function asked<T extends EventType>(event: ViewEvent<T>, id: string): Row {
  const { requestId: _id, correlationId, requestedAt, ...rest } = event.data as unknown as Asked;
  const { deadline, validUntil, parentRequestId, ...parameters } = rest;
  const { kind, id: who } = event.meta.actor;
  return searchable({
    ...table.empty,
    requestId: id,
    station: event.key,
    type: `Request${event.type.slice(0, -"Requested".length)}`,
    parameters: JSON.stringify(id === _id ? parameters : {}),
    correlationId,
    requestedBy: `${kind}:${who}`,
    state: "queued",
    requestedAt,
    deadline,
    validUntil: validUntil ?? null,
    followUp: awaiting.has(event.type) ? "awaited" : null,
    transactionId: parameters.transactionId ?? null,
    parentRequestId: parentRequestId ?? null,
  });
}

/** What `search` looks into, kept beside it. */
function searchable(row: Row): Row {
  const { station, type, requestedBy, status, requestId, correlationId } = row;
  const words = [decodeURIComponent(station), type, requestedBy, status, requestId, correlationId];
  return { ...row, searchText: foldedText(words) };
}

/** A request that a newer one has replaced has neither succeeded nor failed. */
function succeeded(outcome: string): number | null {
  return outcome === "superseded" ? null : flagOf(outcome === "accepted");
}

function completed(row: Row, data: EventDataOf<"RequestCompleted">): Row {
  const { outcome, status, result, at } = data;
  const pending = row.followUp === "awaited" && outcome !== "accepted";
  return searchable({
    ...row,
    state: "done",
    outcome,
    succeeded: succeeded(outcome),
    status: status ?? null,
    result: result === undefined ? null : JSON.stringify(result),
    answeredAt: answers.has(outcome) ? at : null,
    completedAt: at,
    followUp: pending ? "notAwaited" : row.followUp,
  });
}

function partsOf(row: Row): Record<string, Part> {
  return JSON.parse(row.parts ?? "{}");
}

function withPart(row: Row, requestId: string, part: Part): Row {
  return { ...row, parts: JSON.stringify({ ...partsOf(row), [requestId]: part }) };
}

/** The whole is done when its parts are; it went as well as the part that went worst. */
function settled(row: Row, at: string): Row {
  const parts = Object.values(partsOf(row));
  if (parts.some((part) => part.state !== "done")) return row;
  const outcome = parts.find((part) => part.outcome !== "accepted")?.outcome ?? "accepted";
  return { ...row, state: "done", outcome, succeeded: succeeded(outcome), completedAt: at };
}
