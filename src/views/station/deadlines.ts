import { type EventType, oneOf } from "#core";
import {
  flag,
  flagOf,
  hidden,
  instant,
  optional,
  type RowOf,
  stationColumn,
  text,
} from "../columns.ts";
import { type Changed, defineTable, defineView, type Handler } from "../view.ts";
import { awaiting, onEachRequest } from "./asking.ts";

const columns = {
  kind: text(oneOf("request", "followUp", "reservation")),
  id: text(),
  subject: hidden(text()),
  station: stationColumn(),
  stationKey: text(),
  dueAt: instant(),
  /** What `dueAt` becomes once the request is on its way or accepted. */
  deadline: hidden(instant()),
  awaits: hidden(flag()),
  transactionId: hidden(optional(text())),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "deadlines",
  columns,
  key: ["subject", "id"],
  indexes: [["dueAt"], ["transactionId"]],
});

/** What is due when: the sweeper takes rows by `dueAtUntil` and expires them by kind and id. */
export const deadlines = defineView({
  name: "deadlines",
  version: 1,
  table,
  list: { filters: ["kind", "id"], orders: ["dueAt", "-dueAt"] },
  on: {
    ...onEachRequest(requested()),
    RequestSent: {
      keys: ({ data }) => [["request", data.requestId]],
      fold: (row) => row && { ...row, dueAt: row.deadline },
    },
    /** Of an accepted request it is from now on awaited what must follow. */
    RequestCompleted: {
      keys: ({ data }) => [["request", data.requestId]],
      fold: (row, { data }) =>
        row && row.awaits === 1 && data.outcome === "accepted"
          ? { ...row, kind: "followUp", dueAt: row.deadline }
          : undefined,
    },
    FollowUpMissed: {
      keys: ({ data }) => [["request", data.requestId]],
      fold: (row) => row && followedUp(row),
    },
    TriggeredMessageReceived: {
      keys: ({ data }) => [["request", data.requestId]],
      fold: (row) => row && followedUp(row),
    },
    TransactionOpened: {
      keys: ({ data: { requestId, reservationId } }) => [
        ...(requestId === undefined ? [] : [["request", requestId]]),
        ...(reservationId === undefined ? [] : [["reservation", reservationId]]),
      ],
      fold: (row) => row && followedUp(row),
    },
    /** Nothing more is awaited of a transaction that is over, whoever stopped it. */
    TransactionClosed: {
      where: ({ data }) => ({ transactionId: data.transactionId }),
      change: (rows): Changed<Row> => ({
        put: rows.flatMap((row) => followedUp(row) ?? []),
        remove: rows.filter((row) => followedUp(row) === undefined),
      }),
    },
    ReservationMade: {
      keys: ({ data }) => [["reservation", data.reservationId]],
      fold: (_row, { key, data }) => ({
        ...table.empty,
        kind: "reservation",
        id: data.reservationId,
        subject: "reservation",
        station: key,
        stationKey: key,
        dueAt: data.expiresAt,
        deadline: data.expiresAt,
      }),
    },
    ReservationCancelled: {
      keys: ({ data }) => [["reservation", data.reservationId]],
      fold: () => undefined,
    },
    ReservationExpired: {
      keys: ({ data }) => [["reservation", data.reservationId]],
      fold: () => undefined,
    },
  },
});

interface Asked {
  readonly requestId: string;
  readonly deadline: string;
  readonly validUntil?: string;
  readonly transactionId?: string;
}

function requested(): Handler<Row, EventType> {
  return {
    keys: ({ data }) => [["request", (data as Asked).requestId]],
    fold: (_row, { key, type, data }) => {
      const { requestId, deadline, validUntil, transactionId } = data as Asked;
      const awaits = awaiting.has(type);
      return {
        kind: "request",
        id: requestId,
        subject: "request",
        station: key,
        stationKey: key,
        dueAt: validUntil ?? deadline,
        deadline,
        awaits: flagOf(awaits),
        transactionId: awaits ? (transactionId ?? null) : null,
      };
    },
  };
}

/** Nothing more must follow: a request that is still open waits for its answer alone. */
function followedUp(row: Row): Row | undefined {
  return row.kind === "request" ? { ...row, awaits: 0 } : undefined;
}
