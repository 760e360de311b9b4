import { type Static, Type } from "@sinclair/typebox";
import { Availability, Connector, type EventDataOf, type Evse, Status, type Target } from "#core";
import {
  flag,
  hidden,
  instant,
  integer,
  json,
  optional,
  type RowOf,
  stationColumn,
  text,
} from "../columns.ts";
import { type Changed, defineTable, defineView } from "../view.ts";

/** A plug, with what the station said of it where it speaks of plugs. */
const ConnectorItem = Type.Composite([
  Connector,
  Type.Object({ status: Type.Optional(Status), statusAt: Type.Optional(Type.String()) }),
]);
type ConnectorItem = Static<typeof ConnectorItem>;

const columns = {
  station: stationColumn(),
  evseId: integer(),
  availability: text(Availability),
  scheduledAvailability: optional(text(Availability)),
  status: text(Status),
  statusAt: optional(instant()),
  errorCode: optional(text()),
  detail: optional(
    json(
      Type.Record(Type.String(), Type.String(), { description: "The station's own words." }),
      {},
    ),
  ),
  connectors: json(Type.Array(ConnectorItem), []),
  transactionId: optional(text(Type.String({ description: "What runs on it now." }))),
  unlockedAt: optional(instant()),
  /** Under number 0: what holds of the whole station, so that an EVSE found later has it too. */
  whole: hidden(flag()),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "evses",
  columns,
  key: ["station", "evseId"],
});

/** What can charge a car, and how it is. */
export const evses = defineView({
  name: "evses",
  version: 1,
  table,
  list: {
    filters: ["evseId", "availability", "status", "errorCode"],
    orders: ["station", "evseId", "-evseId"],
  },
  visible: { whole: 0 },
  on: {
    ChargingStationConfigured: {
      where: ({ key }) => ({ station: key }),
      change: (rows, { key, data }) => configured(key, rows, data.evses),
    },
    EvseInferred: {
      where: ({ key }) => ({ station: key }),
      change: (rows, { key, data: { evse } }) =>
        rows.some((row) => row.evseId === evse.evseId) ? {} : { put: [newEvse(key, rows, evse)] },
    },
    StatusReported: {
      keys: ({ key, data }) => (data.target.of === "evse" ? [[key, data.target.evseId]] : []),
      fold: (row, { data }) => row && reported(row, data),
    },
    AvailabilityChanged: {
      where: ({ key, data: { target } }) => concerned(key, target),
      change: (rows, { key, data: { target, availability } }) =>
        available(key, rows, { target, availability, scheduledAvailability: null }),
    },
    AvailabilityScheduled: {
      where: ({ key, data: { target } }) => concerned(key, target),
      change: (rows, { key, data: { target, availability } }) =>
        available(key, rows, { target, scheduledAvailability: availability }),
    },
    EvseUnlocked: {
      keys: ({ key, data }) => [[key, data.evseId]],
      fold: (row, { data }) => row && { ...row, unlockedAt: data.at },
    },
    TransactionOpened: {
      keys: ({ key, data }) => [[key, data.evseId]],
      fold: (row, { data }) => row && { ...row, transactionId: data.transactionId },
    },
    TransactionClosed: {
      where: ({ key }) => ({ station: key }),
      change: (rows, { data }) => ({
        put: rows
          .filter((row) => row.transactionId === data.transactionId)
          .map((row) => ({ ...row, transactionId: null })),
      }),
    },
  },
});

function newEvse(station: string, rows: readonly Row[], { evseId, connectors }: Evse): Row {
  const availability = rows.find((row) => row.whole === 1)?.availability ?? "operative";
  return {
    ...table.empty,
    station,
    evseId,
    availability,
    status: "unknown",
    connectors: JSON.stringify(connectors),
  };
}

/** A new list of EVSEs keeps what is known of those that stay. */
function configured(station: string, rows: readonly Row[], evses: readonly Evse[]): Changed<Row> {
  const put = evses.map((evse) => {
    const before = rows.find((row) => row.evseId === evse.evseId);
    if (before === undefined) return newEvse(station, rows, evse);
    return { ...before, connectors: JSON.stringify(evse.connectors) };
  });
  const kept = new Set(evses.map((evse) => evse.evseId));
  return { put, remove: rows.filter((row) => row.whole === 0 && !kept.has(row.evseId)) };
}

function concerned(station: string, target: Target): Partial<Row> {
  return target.of === "evse" ? { station, evseId: target.evseId } : { station };
}

/** The whole station's word holds of each EVSE. */
function available(
  station: string,
  rows: readonly Row[],
  { target, ...change }: { readonly target: Target } & Partial<Row>,
): Changed<Row> {
  const put = rows.map((row) => ({ ...row, ...change }));
  if (target.of === "evse" || rows.some((row) => row.whole === 1)) return { put };
  const whole = { ...table.empty, station, whole: 1, availability: "operative", status: "unknown" };
  return { put: [...put, { ...whole, ...change }] };
}

function reported(row: Row, data: EventDataOf<"StatusReported">): Row {
  const { status, errorCode, info, vendorId, vendorErrorCode, connectorId, at } = data;
  const statusAt = data.statusAt ?? at;
  const said = Object.entries({ info, vendorId, vendorErrorCode }).filter(([, word]) => word);
  const detail = said.length > 0 ? JSON.stringify(Object.fromEntries(said)) : null;
  const next = { ...row, status, statusAt, errorCode: errorCode ?? null, detail };
  if (connectorId === undefined) return next;
  const connectors = (JSON.parse(row.connectors) as ConnectorItem[]).map((connector) =>
    connector.connectorId === connectorId ? { ...connector, status, statusAt } : connector,
  );
  return { ...next, connectors: JSON.stringify(connectors) };
}
