import { flag, flagOf, instant, stationColumn, text } from "../columns.ts";
import { defineTable, defineView, type ViewEvent } from "../view.ts";

const columns = {
  station: stationColumn(),
  user: text(),
  permission: text(),
  grantedAt: instant(),
  /** Who registered a station decides about it, and nobody had to say so. */
  byRegistration: flag("It came with the registration of the station."),
};

const table = defineTable({
  name: "stationPermissions",
  columns,
  key: ["station", "user", "permission"],
});

/** What users were permitted on single stations. */
export const stationPermissions = defineView({
  name: "stationPermissions",
  version: 1,
  table,
  list: {
    filters: ["user", "permission"],
    orders: ["-grantedAt", "grantedAt", "user", "-user"],
  },
  on: {
    ChargingStationCreated: {
      keys: ({ key, data }) => data.administrators.map((user) => [key, user, "AllPermissions"]),
      fold: (_row, { meta }, [station, user, permission]) =>
        rowOf([station, user, permission], { grantedAt: meta.recordedAt, byRegistration: true }),
    },
    PermissionGranted: {
      keys: (event) => [keyOf(event)],
      fold: (row, { meta }, [station, user, permission]) =>
        row ??
        rowOf([station, user, permission], { grantedAt: meta.recordedAt, byRegistration: false }),
    },
    PermissionRevoked: {
      keys: (event) => [keyOf(event)],
      fold: () => undefined,
    },
  },
});

function keyOf({
  key,
  data: { user, permission },
}: ViewEvent<"PermissionGranted"> | ViewEvent<"PermissionRevoked">) {
  return [key, user, permission] as const;
}

function rowOf(
  [station, user, permission]: readonly unknown[],
  given: { readonly grantedAt: string; readonly byRegistration: boolean },
) {
  return {
    station: String(station),
    user: String(user),
    permission: String(permission),
    grantedAt: given.grantedAt,
    byRegistration: flagOf(given.byRegistration),
  };
}
