import { instant, integer, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "addOnHealth",
  columns: {
    addOn: text(),
    partition: text(),
    cursor: text(),
    eventType: text(),
    attempts: integer(),
    error: text(),
    parkedAt: instant(),
  },
  key: ["addOn", "partition", "cursor"],
});

const gone = {
  keys: ({ key, data }: { readonly key: string; readonly data: Waiting }) => [
    [key, data.partition, data.cursor],
  ],
  fold: () => undefined,
};
type Waiting = { readonly partition: string; readonly cursor: string };

/** Events that add-ons could not handle and that wait for a person. */
export const addOnHealth = defineView({
  name: "addOnHealth",
  version: 2,
  table,
  list: {
    filters: ["addOn", "partition", "eventType"],
    orders: ["-parkedAt", "parkedAt"],
  },
  on: {
    AddOnEventParked: {
      keys: ({ key, data }) => [[key, data.partition, data.cursor]],
      fold: (_row, { key, data: { at, ...parked } }) => ({ addOn: key, ...parked, parkedAt: at }),
    },
    AddOnEventReleased: gone,
    AddOnEventSkipped: gone,
  },
});
