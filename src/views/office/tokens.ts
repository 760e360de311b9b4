import { Type } from "@sinclair/typebox";
import { oneOf } from "#core";
import { instant, integer, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "tokens",
  columns: {
    tokenRef: text(),
    status: text(oneOf("accepted", "blocked", "expired", "invalid")),
    expiresAt: optional(instant()),
    groupTokenRef: optional(text()),
    concurrency: optional(
      integer(Type.Integer({ description: "Transactions at once; absent: as many as there are." })),
    ),
    createdAt: instant(),
    changedAt: instant(),
  },
  key: ["tokenRef"],
});

/** The tokens that we know ourselves, by reference: values are in the vault alone. */
export const tokens = defineView({
  name: "tokens",
  version: 1,
  table,
  list: {
    filters: ["tokenRef", "status", "groupTokenRef"],
    orders: ["-createdAt", "createdAt", "-changedAt", "changedAt"],
  },
  counts: {
    activeTransactions: { table: "transactions", by: "tokenRef", where: { state: "active" } },
  },
  on: {
    TokenSet: (row, { key, data, meta }) => ({
      tokenRef: key,
      status: data.status,
      expiresAt: data.expiresAt ?? null,
      groupTokenRef: data.groupTokenRef ?? null,
      concurrency: data.concurrency ?? null,
      createdAt: row?.createdAt ?? meta.recordedAt,
      changedAt: meta.recordedAt,
    }),
    TokenRemoved: () => undefined,
  },
});
