import { Type } from "@sinclair/typebox";
import { stationTypeKey } from "#core";
import { flag, hidden, instant, integer, json, type RowOf, text } from "../columns.ts";
import { type Changed, defineTable, defineView, type ViewEvent } from "../view.ts";

const columns = {
  type: hidden(text()),
  vendor: text(),
  model: text(),
  /** Remembered, so that a known type is not listed when a station of it boots before its turn. */
  inCatalogue: hidden(flag()),
  waiting: hidden(flag()),
  stationCount: integer(),
  stations: json(Type.Array(Type.String(), { description: "Keys of these stations." }), []),
  firstSeenAt: instant(),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "unknownTypes",
  columns,
  key: ["type"],
  indexes: [["waiting"]],
});

/** Vendors' models that have booted without a configuration and are in no catalogue. */
export const unknownTypes = defineView({
  name: "unknownTypes",
  version: 1,
  table,
  list: {
    filters: ["vendor", "model"],
    search: ["vendor", "model"],
    orders: ["vendor", "-vendor", "stationCount", "-stationCount", "firstSeenAt", "-firstSeenAt"],
  },
  visible: { inCatalogue: 0, waiting: 1 },
  on: {
    UnconfiguredChargingStationBooted: {
      where: () => ({}),
      change: booted,
    },
    /** A guessed configuration leaves the type as unknown as it was. */
    ChargingStationConfigured: {
      where: ({ data }) => (data.inferred ? undefined : { waiting: 1 }),
      change: (rows, { key }) => without(rows, key),
    },
    ChargingStationDecommissioned: {
      where: () => ({ waiting: 1 }),
      change: (rows, { key }) => without(rows, key),
    },
    StationTypeDefined: {
      keys: ({ data }) => [[stationTypeKey(data.vendor, data.model)]],
      fold: (_row, { data, meta }) => ({
        ...table.empty,
        type: stationTypeKey(data.vendor, data.model),
        vendor: data.vendor,
        model: data.model,
        inCatalogue: 1,
        firstSeenAt: meta.recordedAt,
      }),
    },
    StationTypeRemoved: {
      keys: ({ data }) => [[stationTypeKey(data.vendor, data.model)]],
      fold: () => undefined,
    },
  },
});

/** A station belongs to one type: the one that it named last. */
function booted(
  rows: readonly Row[],
  { key, data }: ViewEvent<"UnconfiguredChargingStationBooted">,
): Changed<Row> {
  const { vendor = "", model = "", at } = data;
  const type = stationTypeKey(vendor, model);
  const left = without(
    rows.filter((row) => row.type !== type),
    key,
  );
  const own = rows.find((row) => row.type === type);
  if (own?.inCatalogue === 1) return left;
  const before = own ?? { ...table.empty, type, vendor, model, waiting: 1, firstSeenAt: at };
  const stations = stationsOf(before);
  if (stations.includes(key)) return left;
  return { put: [...(left.put ?? []), withStations(before, [...stations, key])], ...gone(left) };
}

/** A station is taken off the lists; a list without stations is gone. */
function without(rows: readonly Row[], station: string): Changed<Row> {
  const listed = rows.filter((row) => row.waiting === 1 && stationsOf(row).includes(station));
  const changed = listed.map((row) =>
    withStations(
      row,
      stationsOf(row).filter((one) => one !== station),
    ),
  );
  return {
    put: changed.filter((row) => row.stationCount > 0),
    remove: changed.filter((row) => row.stationCount === 0),
  };
}

function gone(changed: Changed<Row>): Changed<Row> {
  return changed.remove === undefined ? {} : { remove: changed.remove };
}

function stationsOf(row: Row): readonly string[] {
  return JSON.parse(row.stations);
}

function withStations(row: Row, stations: readonly string[]): Row {
  return { ...row, stations: JSON.stringify(stations), stationCount: stations.length };
}
