// What was refused, and to whom: one stream per day.
import { Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { bySystem } from "../kernel/office.ts";
import { closed, Instant, shortText } from "../values/common.ts";

export type AuditState = Readonly<Record<string, never>>;

const Refusal = closed({
  /** Stream that the wish was about. */
  stream: shortText(),
  command: shortText(100),
  code: shortText(100),
  detail: Type.Optional(shortText()),
  actor: closed({ kind: shortText(20), id: shortText(255) }),
  at: Instant,
});

const events = { WishRefused: eventRows<AuditState>()(Refusal, null) };

const commands = {
  RecordWishRefused: commandRows<AuditState, typeof events>()({
    data: Refusal,
    guards: bySystem,
    decide: (data) => [{ type: "WishRefused", data }],
  }),
};

export type AuditCommands = typeof commands;
export type AuditEvents = typeof events;

/** Stream `audit/{YYYY-MM-DD}`. */
export const audit = {
  category: "audit",
  initialState: {},
  commands,
  events,
} satisfies Decider<AuditState>;
