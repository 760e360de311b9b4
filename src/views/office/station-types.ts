import { Type } from "@sinclair/typebox";
import { Evse } from "#core";
import { hidden, instant, integer, json, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "stationTypes",
  columns: {
    type: hidden(text()),
    vendor: text(),
    model: text(),
    revision: integer(),
    evses: json(Type.Array(Evse), []),
    configuration: optional(json(Type.Record(Type.String(), Type.String()), null)),
    definedAt: instant(),
  },
  key: ["type"],
});

/** The catalogue: what the stations of a vendor's model consist of. Key: `stationTypeKey`. */
export const stationTypes = defineView({
  name: "stationTypes",
  version: 1,
  table,
  list: {
    filters: ["vendor", "model"],
    search: ["vendor", "model"],
    orders: ["vendor", "-vendor", "definedAt", "-definedAt"],
  },
  on: {
    StationTypeDefined: (_row, { key, data, meta }) => ({
      type: key,
      vendor: data.vendor,
      model: data.model,
      revision: data.revision,
      evses: JSON.stringify(data.evses),
      configuration: data.configuration === undefined ? null : JSON.stringify(data.configuration),
      definedAt: meta.recordedAt,
    }),
    StationTypeRemoved: () => undefined,
  },
});
