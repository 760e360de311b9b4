import { Type } from "@sinclair/typebox";
import { flag, flagOf, hidden, instant, json, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "users",
  columns: {
    name: hidden(text()),
    user: text(),
    administrator: flag(),
    permissions: json(Type.Array(Type.String()), []),
    createdAt: instant(),
    passwordSetAt: optional(instant()),
    oneTimePassword: flag("It must be changed at the next sign-in."),
  },
  key: ["name"],
});

/** People who work with Motown, and what they may do on every station. */
export const users = defineView({
  name: "users",
  version: 1,
  table,
  list: {
    filters: ["user", "administrator"],
    search: ["user"],
    orders: ["user", "-user", "createdAt", "-createdAt"],
  },
  on: {
    UserCreated: (_row, { key, data, meta }) => ({
      ...table.empty,
      name: key,
      user: data.user,
      administrator: flagOf(data.administrator),
      permissions: JSON.stringify(data.permissions),
      createdAt: meta.recordedAt,
    }),
    UserRightsChanged: (row, { data }) =>
      row && {
        ...row,
        administrator: flagOf(data.administrator),
        permissions: JSON.stringify(data.permissions),
      },
    UserPasswordSet: (row, { data, meta }) =>
      row && { ...row, passwordSetAt: meta.recordedAt, oneTimePassword: flagOf(data.oneTime) },
    UserRemoved: () => undefined,
  },
});
