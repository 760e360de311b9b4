import { type EventType, oneOf } from "#core";
import { flag, flagOf, hidden, instant, integer, optional, type RowOf, text } from "../columns.ts";
import { type Changed, defineTable, defineView, type Handler } from "../view.ts";
import { awaiting, onEachRequest } from "./asking.ts";

const columns = {
  kind: text(oneOf("request", "followUp", "reservation")),
  id: text(),
  subject: hidden(text()),
  station: text(),
  dueAt: instant(),
  /** What `dueAt` becomes once the request is on its way or accepted. */
  deadline: hidden(instant()),
  awaits: hidden(flag()),
  sent: hidden(flag()),
  transactionId: hidden(optional(text())),
  reservationNumber: hidden(optional(integer())),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "deadlines",
  columns,
  key: ["subject", "id"],
  indexes: [["transactionId"], ["station", "reservationNumber"]],
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
      fold: (row) => row && { ...row, sent: 1, dueAt: row.deadline },
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
    /** A call of one's own that must be followed up, before or after it was answered. */
    FollowUpAwaited: {
      keys: ({ data }) => [["request", data.requestId]],
      fold: (row, { key, data: { requestId, deadline, transactionId } }) => ({
        ...(row ?? { ...dueAt(key, requestId, deadline), kind: "followUp", sent: 1 }),
        deadline,
        awaits: 1,
        transactionId: transactionId ?? null,
      }),
    },
    /** Stops that came in time are over; what was overdue by then is still to be told. */
    TransactionClosed: {
      where: ({ data }) => ({ transactionId: data.transactionId }),
      change: (rows, { data: { at } }): Changed<Row> => {
        const over = rows.filter((row) => row.sent === 1 && row.deadline >= at);
        return {
          put: over.flatMap((row) => followedUp(row) ?? []),
          remove: over.filter((row) => followedUp(row) === undefined),
        };
      },
    },
    /** The same number again replaces the reservation. */
    ReservationMade: {
      where: ({ key, data }) => ({ station: key, reservationNumber: data.reservationNumber }),
      change: (rows, { key, data: { reservationId, reservationNumber, expiresAt } }) => ({
        remove: rows,
        put: [
          {
            ...dueAt(key, reservationId, expiresAt),
            kind: "reservation",
            subject: "reservation",
            reservationNumber,
          },
        ],
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
        ...dueAt(key, requestId, deadline),
        dueAt: validUntil ?? deadline,
        awaits: flagOf(awaits),
        transactionId: awaits ? (transactionId ?? null) : null,
      };
    },
  };
}

/** A request that is due at its deadline, and nothing else known of it. */
function dueAt(station: string, id: string, deadline: string): Row {
  const row = { ...table.empty, kind: "request", id, subject: "request" };
  return { ...row, station, dueAt: deadline, deadline };
}

/** Nothing more must follow: a request that is still open waits for its answer alone. */
function followedUp(row: Row): Row | undefined {
  return row.kind === "request" ? { ...row, awaits: 0 } : undefined;
}
