import { Type } from "@sinclair/typebox";
import { Evse } from "#core";
import { instant, integer, json, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "stationTypes",
  columns: {
    typeKey: text(Type.String({ description: "Vendor and model, folded for comparison." })),
    vendor: text(),
    model: text(),
    revision: integer(),
    evses: json(Type.Array(Evse), []),
    configuration: optional(json(Type.Record(Type.String(), Type.String()), null)),
    definedAt: instant(),
  },
  key: ["typeKey"],
});

/** The catalogue: what the stations of a vendor's model consist of. Key: `stationTypeKey`. */
export const stationTypes = defineView({
  name: "stationTypes",
  version: 2,
  table,
  list: {
    filters: ["vendor", "model"],
    search: ["vendor", "model"],
    orders: ["vendor", "-vendor", "definedAt", "-definedAt"],
  },
  counts: {
    // Of all that say that they are of this type, whatever their state.
    stations: { table: "chargingStations", by: "typeKey", where: {} },
  },
  on: {
    StationTypeDefined: (_row, { key, data, meta }) => ({
      typeKey: key,
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
