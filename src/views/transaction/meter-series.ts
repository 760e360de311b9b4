import { crc32 } from "node:zlib";
import { Type } from "@sinclair/typebox";
import type { MeterSample } from "#core";
import { type Column, hidden, integer, type RowOf, stationColumn, text } from "../columns.ts";
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

/** One sample as an item shows it. */
export const ShownSample = Type.Object({
  measurand: Type.String(),
  value: Type.Optional(Type.Number()),
  unit: Type.String(),
  phase: Type.Optional(Type.String()),
  location: Type.String(),
  context: Type.String(),
  format: Type.Optional(Type.String()),
  text: Type.Optional(Type.String({ description: "As the station wrote it, where that differs." })),
});

const columns = {
  transactionId: keyText(),
  station: stationColumn(),
  evseId: integer(Type.Integer({ description: "0: the station's main meter." })),
  at: text(Type.String({ format: "date-time" })),
  /** Of what was measured, so that another message of the same instant is another row. */
  kinds: hidden(integer()),
  samples: samplesColumn(),
};

/**
 * Every sample there is, of transactions and of idle meters, one row for what was measured at one
 * instant; appended, never changed. What is told twice (while charging and again with the stop) is
 * one row.
 */
export const meterSeriesTable = defineTable({
  name: "meterSeries",
  columns,
  key: ["transactionId", "station", "evseId", "at", "kinds"],
});

/** Samples over time. Ask by `transactionId`; an empty one asks for meters outside transactions. */
export const meterSeries = defineView({
  name: "meterSeries",
  version: 2,
  table: meterSeriesTable,
  list: { filters: ["transactionId", "evseId"], orders: ["at", "-at"], ownIndexes: true },
  on: {
    IdleMeterValuesSampled: {
      insert: ({ key, data: { evseId, samples } }) =>
        readingRows(samples, { station: key, evseId, transactionId: "" }),
    },
  },
});

/** The rows of samples: those of one instant together. */
export function readingRows(
  samples: readonly MeterSample[],
  meter: { readonly station: string; readonly evseId: number; readonly transactionId: string },
): RowOf<typeof columns>[] {
  const instants = new Map<string, MeterSample[]>();
  for (const sample of samples) {
    const known = instants.get(sample.at);
    if (known === undefined) instants.set(sample.at, [sample]);
    else known.push(sample);
  }
  return [...instants].map(([at, measured]) => ({
    transactionId: meter.transactionId,
    station: meter.station,
    evseId: meter.evseId,
    at,
    kinds: crc32(measured.map(kindOf).join(" ")),
    samples: JSON.stringify(measured),
  }));
}

function kindOf({ measurand, phase = "", location, context }: MeterSample): string {
  return `${measurand} ${phase} ${location} ${context}`;
}

/** Samples as the event holds them, thousandths; an item shows the unit's own numbers. */
function samplesColumn(): Column<string> {
  const read = (value: string) =>
    (JSON.parse(value) as MeterSample[]).map(({ at: _at, milli, ...sample }) =>
      milli === undefined ? sample : { ...sample, value: milli / 1000 },
    );
  const shown = { schema: Type.Array(ShownSample), read, write: () => undefined };
  return { type: "text", initial: "[]", nullable: false, shown };
}
