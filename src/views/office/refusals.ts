import { cursorOf } from "#bus";
import { hidden, instant, integer, optional, text } from "../columns.ts";
import { defineTable, defineView } from "../view.ts";

const table = defineTable({
  name: "refusals",
  columns: {
    position: hidden(integer()),
    cursor: text(),
    command: text(),
    code: text(),
    detail: optional(text()),
    stream: text(),
    actor: text(),
    at: instant(),
  },
  key: ["position"],
  indexes: [["at"], ["stream", "at"], ["code", "at"]],
});

/** Wishes that were refused: whose, which, and why. */
export const refusals = defineView({
  name: "refusals",
  version: 1,
  table,
  list: {
    filters: ["command", "code", "stream", "actor"],
    search: ["stream", "actor", "command"],
    orders: ["-at", "at"],
  },
  on: {
    WishRefused: {
      insert: ({ position, data: { stream, command, code, detail, actor, at } }) => [
        {
          position,
          cursor: cursorOf(position),
          command,
          code,
          detail: detail ?? null,
          stream,
          actor: `${actor.kind}:${actor.id}`,
          at,
        },
      ],
    },
  },
});
