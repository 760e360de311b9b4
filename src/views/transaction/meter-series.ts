import { Type } from "@sinclair/typebox";
import type { MeterSample } from "#core";
import { type Column, integer, optional, type RowOf, stationColumn, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

/** Nothing to tell where the text is empty: keys know no null. */
function keyText(): Column<string> {
  const column = text();
  const shown = {
    schema: Type.Optional(Type.String()),
    read: (value: string) => (value === "" ? undefined : value),
    write: String,
  };
  return { ...column, shown };
}

const columns = {
  transactionId: keyText(),
  station: stationColumn(),
  evseId: integer(Type.Integer({ description: "0: the station's main meter." })),
  at: text(Type.String({ format: "date-time" })),
  measurand: text(),
  phase: keyText(),
  location: text(),
  context: text(),
  value: optional(quantity()),
  unit: text(),
  text: optional(
    text(Type.String({ description: "As the station wrote it, where that differs." })),
  ),
  format: optional(text()),
};

/**
 * Every sample there is, of transactions and of idle meters; appended, never changed. A sample that
 * is told twice (while charging and again with the stop) is one row.
 */
export const meterSeriesTable = defineTable({
  name: "meterSeries",
  columns,
  key: ["transactionId", "station", "evseId", "at", "measurand", "phase", "location", "context"],
});

/** Samples over time. Ask by `transactionId`; an empty one asks for meters outside transactions. */
export const meterSeries = defineView({
  name: "meterSeries",
  version: 1,
  table: meterSeriesTable,
  list: {
    filters: ["transactionId", "evseId", "measurand", "phase", "location", "context"],
    orders: ["at", "-at"],
  },
  on: {
    IdleMeterValuesSampled: {
      insert: ({ key, data: { evseId, samples } }) =>
        samples.map((sample) => sampleRow(sample, { station: key, evseId, transactionId: "" })),
    },
  },
});

/** The row of one sample of a meter. */
export function sampleRow(
  sample: MeterSample,
  meter: { readonly station: string; readonly evseId: number; readonly transactionId: string },
): RowOf<typeof columns> {
  return {
    transactionId: meter.transactionId,
    station: meter.station,
    evseId: meter.evseId,
    at: sample.at,
    measurand: sample.measurand,
    phase: sample.phase ?? "",
    location: sample.location,
    context: sample.context,
    value: sample.milli ?? null,
    unit: sample.unit,
    text: sample.text ?? null,
    format: sample.format ?? null,
  };
}

/** Thousandths in the table, the unit's own number in an item. */
function quantity(): Column<number> {
  const column = integer();
  const shown = {
    schema: Type.Number(),
    read: (value: number) => value / 1000,
    write: () => undefined,
  };
  return { ...column, shown };
}
