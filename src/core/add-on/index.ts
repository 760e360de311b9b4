// What became of an add-on's work: events that it could not handle are parked, and can be released.
import { Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { atOffice, bySystem } from "../kernel/office.ts";
import { closed, Instant, shortText } from "../values/common.ts";

export type AddOnState = Readonly<Record<string, never>>;

const Parked = closed({
  /** Station, or other key, whose events wait behind the one that failed. */
  partition: shortText(),
  cursor: shortText(64),
  eventType: shortText(100),
  attempts: Type.Integer(),
  error: shortText(2000),
  at: Instant,
});
const Released = closed({ partition: shortText(), cursor: shortText(64) });

const event = eventRows<AddOnState>();
const events = { AddOnEventParked: event(Parked, null), AddOnEventReleased: event(Released, null) };

const command = commandRows<AddOnState, typeof events>();
const commands = {
  ParkAddOnEvent: command({
    data: Parked,
    guards: bySystem,
    decide: (data) => [{ type: "AddOnEventParked", data }],
  }),
  ReleaseAddOnEvent: command({
    data: Released,
    guards: atOffice,
    decide: (data) => [{ type: "AddOnEventReleased", data }],
  }),
};

export type AddOnCommands = typeof commands;
export type AddOnEvents = typeof events;

/** Stream `add-on/{name}`. */
export const addOn = {
  category: "add-on",
  initialState: {},
  commands,
  events,
} satisfies Decider<AddOnState>;
