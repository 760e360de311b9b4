import { Type } from "@sinclair/typebox";
import type { EventDataOf } from "#core";
import { flag, flagOf, instant, optional, type RowOf, stationColumn, text } from "../columns.ts";
import { type Changed, defineTable, defineView } from "../view.ts";

const columns = {
  station: stationColumn(),
  key: text(),
  value: optional(
    text(Type.String({ description: "Absent: the key has none, or it is not told." })),
  ),
  readonly: flag(),
  unknown: flag("The station said that it does not know this key."),
  rebootRequired: flag("The value takes effect at the next boot."),
  at: instant("When the station last said so."),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "configuration",
  columns,
  key: ["station", "key"],
});

/** A station's own settings, key by key, as it last told them. */
export const configuration = defineView({
  name: "configuration",
  version: 1,
  table,
  list: {
    filters: ["key", "value", "readonly", "unknown", "rebootRequired"],
    search: ["key", "value"],
    orders: ["key", "-key"],
    ownIndexes: true,
  },
  on: {
    ConfigurationItemsReceived: {
      where: ({ key }) => ({ station: key }),
      change: (rows, { key, data }) => received(key, rows, data),
    },
    ConfigurationItemChanged: {
      keys: ({ key, data }) => [[key, data.key]],
      fold: (row, { key: station, data }) => ({
        ...table.empty,
        ...row,
        station,
        key: data.key,
        value: data.value,
        unknown: 0,
        rebootRequired: flagOf(data.rebootRequired),
        at: data.at,
      }),
    },
    ConfiguredChargingStationBooted: {
      where: ({ key }) => ({ station: key, rebootRequired: 1 }),
      change: rebooted,
    },
    UnconfiguredChargingStationBooted: {
      where: ({ key }) => ({ station: key, rebootRequired: 1 }),
      change: rebooted,
    },
  },
});

/** A reply to "everything" is the whole truth: what it leaves out is gone. */
function received(
  station: string,
  rows: readonly Row[],
  data: EventDataOf<"ConfigurationItemsReceived">,
): Changed<Row> {
  const { at } = data;
  const before = new Map(rows.map((row) => [row.key, row]));
  const items = data.items.map(({ key, value, readonly }) => ({
    ...table.empty,
    station,
    key,
    value: value ?? null,
    readonly: flagOf(readonly),
    rebootRequired: before.get(key)?.rebootRequired ?? 0,
    at,
  }));
  const unknown = data.unknownKeys.map((key) => ({ ...table.empty, station, key, unknown: 1, at }));
  const put = [...unknown, ...items];
  if (data.requestedKeys.length > 0) return { put };
  const told = new Set(put.map((row) => row.key));
  return { put, remove: rows.filter((row) => !told.has(row.key)) };
}

function rebooted(rows: readonly Row[]): Changed<Row> {
  return { put: rows.map((row) => ({ ...row, rebootRequired: 0 })) };
}
