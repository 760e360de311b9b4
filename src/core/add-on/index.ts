// What became of an add-on's work: events that it could not handle are parked, and can be released
// to be tried again, or skipped.
import { type Static, Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { atOffice, bySystem } from "../kernel/office.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, Instant, shortText } from "../values/common.ts";

export interface AddOnState {
  /** Cursor of the event that waits for a person, by its partition. */
  readonly parked: Readonly<Record<string, string>>;
}

const Parked = closed({
  /** Station, or other key, whose events wait behind the one that failed. */
  partition: shortText(),
  cursor: shortText(64),
  eventType: shortText(100),
  attempts: Type.Integer(),
  error: shortText(2000),
  at: Instant,
});
const Waiting = closed({ partition: shortText(), cursor: shortText(64) });

const event = eventRows<AddOnState>();
const events = {
  AddOnEventParked: event(Parked, ({ parked }, { partition, cursor }) => ({
    parked: { ...parked, [partition]: cursor },
  })),
  AddOnEventReleased: event(Waiting, withoutIt),
  AddOnEventSkipped: event(Waiting, withoutIt),
};

function withoutIt(state: AddOnState, { partition, cursor }: Static<typeof Waiting>): AddOnState {
  if (!waits(state, { partition, cursor })) return state;
  const { [partition]: _gone, ...parked } = state.parked;
  return { parked };
}

/** A partition is a name from outside: `constructor` must find nothing. */
function waits({ parked }: AddOnState, { partition, cursor }: Static<typeof Waiting>): boolean {
  return Object.hasOwn(parked, partition) && parked[partition] === cursor;
}

const command = commandRows<AddOnState, typeof events>();
const commands = {
  ParkAddOnEvent: command({
    data: Parked,
    guards: bySystem,
    decide: (data) => [{ type: "AddOnEventParked", data }],
  }),
  ReleaseAddOnEvent: command({
    data: Waiting,
    guards: atOffice,
    decide: (data) => [{ type: "AddOnEventReleased", data }],
  }),
  /** What it was to do for this event is never done; what waits behind it is taken up. */
  SkipAddOnEvent: command({
    data: Waiting,
    guards: atOffice,
    decide: (data, state) =>
      waits(state, data)
        ? [{ type: "AddOnEventSkipped", data }]
        : reject("AddOnEventNotParked", data.partition),
  }),
};

export type AddOnCommands = typeof commands;
export type AddOnEvents = typeof events;

/** Stream `add-on/{name}`. */
export const addOn = {
  category: "add-on",
  initialState: { parked: {} },
  commands,
  events,
} satisfies Decider<AddOnState>;
