import { type Static, Type } from "@sinclair/typebox";
import { Availability, Connector, type EventDataOf, type Evse, Status } from "#core";
import { instant, integer, json, optional, type RowOf, stationColumn, text } from "../columns.ts";
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
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "evses",
  columns,
  key: ["station", "evseId"],
  indexes: [["status", "station"]],
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
  on: {
    ChargingStationConfigured: {
      where: ({ key }) => ({ station: key }),
      change: (rows, { key, data }) => configured(key, rows, data.evses),
    },
    EvseInferred: {
      keys: ({ key, data }) => [[key, data.evse.evseId]],
      fold: (row, { key, data }) => row ?? newEvse(key, data.evse),
    },
    StatusReported: {
      keys: ({ key, data }) => (data.target.of === "evse" ? [[key, data.target.evseId]] : []),
      fold: (row, { data }) => row && reported(row, data),
    },
    AvailabilityChanged: {
      where: ({ key, data: { target } }) =>
        target.of === "evse" ? { station: key, evseId: target.evseId } : { station: key },
      change: (rows, { data: { availability } }) => ({
        put: rows.map((row) => ({ ...row, availability })),
      }),
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

function newEvse(station: string, { evseId, connectors }: Evse): Row {
  return {
    ...table.empty,
    station,
    evseId,
    availability: "operative",
    status: "unknown",
    connectors: JSON.stringify(connectors),
  };
}

/** A new list of EVSEs keeps what is known of those that stay. */
function configured(station: string, rows: readonly Row[], evses: readonly Evse[]): Changed<Row> {
  const put = evses.map((evse) => {
    const before = rows.find((row) => row.evseId === evse.evseId);
    if (before === undefined) return newEvse(station, evse);
    return { ...before, connectors: JSON.stringify(evse.connectors) };
  });
  const kept = new Set(evses.map((evse) => evse.evseId));
  return { put, remove: rows.filter((row) => !kept.has(row.evseId)) };
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
