import { cursorOf } from "#bus";
import { foldedText, hidden, instant, integer, optional, text } from "../columns.ts";
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
    searchText: hidden(text()),
  },
  key: ["position"],
  indexes: [
    ["stream", "at"],
    ["actor", "at"],
    ["command", "at"],
    ["code", "at"],
    ["at", "position", "searchText"],
  ],
});

/** Wishes that were refused: whose, which, and why. */
export const refusals = defineView({
  name: "refusals",
  version: 2,
  table,
  list: {
    filters: ["command", "code", "stream", "actor"],
    search: ["stream", "actor", "command"],
    searchIn: { text: "searchText" },
    ownIndexes: true,
    orders: ["-at", "at"],
  },
  on: {
    WishRefused: {
      insert: ({ position, data: { stream, command, code, detail, actor, at } }) => {
        const who = `${actor.kind}:${actor.id}`;
        return [
          {
            position,
            cursor: cursorOf(position),
            command,
            code,
            detail: detail ?? null,
            stream,
            actor: who,
            at,
            searchText: foldedText([stream, who, command]),
          },
        ];
      },
    },
  },
});
