import { Type } from "@sinclair/typebox";
import { type EventType, keyOf, oneOf } from "#core";
import { instant, integer, optional, type RowOf, stationColumn, text } from "../columns.ts";
import { defineTable, defineView, type ViewEvent } from "../view.ts";

const columns = {
  reservationId: text(),
  station: stationColumn(),
  reservationNumber: integer(Type.Integer({ description: "The wire's number in OCPP 1.x." })),
  evseId: optional(integer(Type.Integer({ description: "Absent: any EVSE of the station." }))),
  tokenRef: optional(text()),
  state: text(oneOf("active", "used", "cancelled", "expired", "replaced")),
  expiresAt: instant(),
  madeAt: instant(),
  endedAt: optional(instant()),
  transactionId: optional(text(Type.String({ description: "The transaction that used it." }))),
  correlationId: optional(text(Type.String({ description: "Shared with the request for it." }))),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "reservations",
  columns,
  key: ["reservationId"],
  indexes: [
    ["station", "reservationNumber"],
    ["station", "madeAt"],
    ["tokenRef", "madeAt"],
  ],
});

/** EVSEs kept for a token, and what became of it. */
export const reservations = defineView({
  name: "reservations",
  version: 2,
  table,
  list: {
    filters: ["state", "evseId", "tokenRef", "reservationNumber", "reservationId"],
    orders: ["-madeAt", "madeAt", "expiresAt", "-expiresAt"],
  },
  on: {
    /** The same number again replaces the reservation (OCPP 1.6 §5.13). */
    ReservationMade: {
      where: ({ key, data }) => ({ station: key, reservationNumber: data.reservationNumber }),
      change: (rows, event) => ({
        put: [...rows.filter(isActive).map((row) => ended(row, event, "replaced")), made(event)],
      }),
    },
    ReservationCancelled: {
      keys: ({ data }) => [[data.reservationId]],
      fold: (row, event) => row && ended(row, event, "cancelled"),
    },
    ReservationExpired: {
      keys: ({ data }) => [[data.reservationId]],
      fold: (row, event) => row && ended(row, event, "expired"),
    },
    TransactionOpened: {
      keys: ({ data }) => (data.reservationId === undefined ? [] : [[data.reservationId]]),
      fold: (row, { data }) =>
        row && { ...row, state: "used", endedAt: data.at, transactionId: data.transactionId },
    },
  },
});

function made({ stream, data, meta }: ViewEvent<"ReservationMade">): Row {
  return {
    ...table.empty,
    reservationId: data.reservationId,
    station: keyOf(stream),
    reservationNumber: data.reservationNumber,
    evseId: data.evseId ?? null,
    tokenRef: data.tokenRef ?? null,
    state: "active",
    expiresAt: data.expiresAt,
    madeAt: meta.recordedAt,
    correlationId: meta.correlationId ?? null,
  };
}

function ended<T extends EventType>(row: Row, { meta }: ViewEvent<T>, state: string): Row {
  return { ...row, state, endedAt: meta.recordedAt };
}

function isActive(row: Row): boolean {
  return row.state === "active";
}
