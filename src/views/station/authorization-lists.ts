import { AuthorizationStatus, type EventDataOf } from "#core";
import { instant, integer, optional, type RowOf, stationColumn, text } from "../columns.ts";
import { type Changed, defineTable, defineView, type ViewEvent } from "../view.ts";

const columns = {
  station: stationColumn(),
  tokenRef: text(),
  status: text(AuthorizationStatus),
  expiresAt: optional(instant()),
  groupTokenRef: optional(text()),
  listVersion: integer(),
  changedAt: instant(),
};
type Row = RowOf<typeof columns>;

const table = defineTable({
  name: "authorizationLists",
  columns,
  key: ["station", "tokenRef"],
  indexes: [["tokenRef"]],
});

/** Entries of the lists by which stations authorize tokens themselves. */
export const authorizationLists = defineView({
  name: "authorizationLists",
  version: 1,
  table,
  list: {
    filters: ["tokenRef", "status", "groupTokenRef"],
    orders: ["tokenRef", "-tokenRef"],
    ownIndexes: true,
  },
  on: {
    AuthorizationListChanged: {
      where: ({ key }) => ({ station: key }),
      change: changed,
    },
    /** 0: empty; −1: the station keeps none. */
    AuthorizationListVersionReceived: {
      where: ({ key, data }) => (data.listVersion > 0 ? undefined : { station: key }),
      change: (rows) => ({ remove: rows }),
    },
  },
});

function changed(
  rows: readonly Row[],
  { key, data }: ViewEvent<"AuthorizationListChanged">,
): Changed<Row> {
  const listed = data.entries.filter((entry) => entry.status !== undefined);
  const put = listed.map((entry) => entryRow(key, data, entry));
  const named = new Set(data.entries.map((entry) => entry.tokenRef));
  const stays = new Set(put.map((row) => row.tokenRef));
  const goes = (row: Row) =>
    !stays.has(row.tokenRef) && (data.updateType === "full" || named.has(row.tokenRef));
  return { put, remove: rows.filter(goes) };
}

type ListChange = EventDataOf<"AuthorizationListChanged">;

function entryRow(station: string, list: ListChange, entry: ListChange["entries"][number]): Row {
  return {
    station,
    tokenRef: entry.tokenRef,
    status: entry.status ?? "invalid",
    expiresAt: entry.expiresAt ?? null,
    groupTokenRef: entry.groupTokenRef ?? null,
    listVersion: list.listVersion,
    changedAt: list.at,
  };
}
