import { Type } from "@sinclair/typebox";
import { flag, flagOf, instant, json, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "apiKeys",
  columns: {
    apiKeyId: text(),
    name: text(),
    administrator: flag(),
    permissions: json(Type.Array(Type.String()), []),
    expiresAt: optional(instant()),
    createdAt: instant(),
    createdBy: text(Type.String({ examples: ["operator:ada"] })),
    revoked: flag(),
    revokedAt: optional(instant()),
  },
  key: ["apiKeyId"],
});

/** Keys for programs: what they may do. The keys themselves are nowhere, their hashes elsewhere. */
export const apiKeys = defineView({
  name: "apiKeys",
  version: 1,
  table,
  list: {
    filters: ["apiKeyId", "name", "administrator", "revoked"],
    search: ["name"],
    orders: ["-createdAt", "createdAt", "name", "-name"],
  },
  on: {
    ApiKeyCreated: (_row, { key, data, meta }) => ({
      ...table.empty,
      apiKeyId: key,
      name: data.name,
      administrator: flagOf(data.administrator),
      permissions: JSON.stringify(data.permissions),
      expiresAt: data.expiresAt ?? null,
      createdAt: meta.recordedAt,
      createdBy: `${meta.actor.kind}:${meta.actor.id}`,
    }),
    ApiKeyRevoked: (row, { meta }) => row && { ...row, revoked: 1, revokedAt: meta.recordedAt },
  },
});
