// Stories: given a history, when a command comes, then these events, this refusal, or nothing.
// Besides what a story says, each checks what must hold of every decision: see `check`.
import { FormatRegistry, type TSchema } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { expect } from "vitest";
import {
  type Actor,
  type DataOf,
  type DecidedEvent,
  type Decider,
  type Decision,
  decide,
  type EventDataOf,
  type EventType,
  fold,
  isRejection,
  type RejectionCode,
} from "#core";
import { administrator, theStation } from "./story/actors.ts";

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
// Where the bus has been loaded into the same process, its own stay.
if (!FormatRegistry.Has("date-time")) FormatRegistry.Set("date-time", (text) => instant.test(text));
if (!FormatRegistry.Has("uri")) FormatRegistry.Set("uri", (text) => URL.canParse(text));

type Rows = Readonly<Record<string, { readonly data: TSchema }>>;

/** An event of a history, or one that a story expects; its data is checked as it is written. */
export function happened<T extends EventType>(type: T, data: EventDataOf<T>): DecidedEvent {
  return { type, data };
}

/** What became of a command. */
export interface Ending<State> {
  /** These events and no others, in this order. */
  readonly then: (...events: readonly DecidedEvent[]) => void;
  readonly thenRefused: (code: RejectionCode, detail?: string) => void;
  readonly thenNothing: () => void;
  /** Not refused, whatever happened. */
  readonly thenAllowed: () => void;
  readonly events: readonly DecidedEvent[];
  /** With the events that the command led to. */
  readonly state: State;
}

/** Tells stories about one decider. */
export function storiesOf<State, Commands extends Rows>(
  decider: Decider<State> & { readonly commands: Commands },
) {
  return (...history: readonly (DecidedEvent | readonly DecidedEvent[])[]) => {
    const past = frozen(history.flat());
    for (const event of past) checkShape(decider, event);
    return {
      /** Without an actor: the station for what it says (`Record…`), else an administrator. */
      when<T extends keyof Commands & string>(
        type: T,
        data: DataOf<Commands, T>,
        actor: Actor = type.startsWith("Record") ? theStation : administrator,
      ): Ending<State> {
        return endingOf(decider, past, decideChecked(decider, past, { type, data, actor }));
      },
      state: fold(decider, decider.initialState, past),
    };
  };
}

/** A wish or a word, and whose it is. */
export interface Told {
  readonly type: string;
  readonly data: unknown;
  readonly actor: Actor;
}

/** Decides, and checks what holds of every decision: legal input, unchanged, and legal events. */
export function decideChecked<State>(
  decider: Decider<State>,
  past: readonly DecidedEvent[],
  told: Told,
): Decision {
  const row = decider.commands[told.type];
  if (row === undefined) throw new Error(`no command ${told.type}`);
  expectShape(row.data, told.data, told.type);
  const state = frozen(fold(decider, decider.initialState, past));
  const before = JSON.stringify([state, told.data]);
  const decision = decide(decider, { ...told, data: frozen(told.data), state });
  expect(JSON.stringify([state, told.data]), "what decide was handed").toBe(before);
  if (!isRejection(decision)) check(decider, { past, state, events: decision });
  return decision;
}

/** Every event fits its row, and folding it in steps or from the start leads to one state. */
function check<State>(
  decider: Decider<State>,
  story: {
    readonly past: readonly DecidedEvent[];
    readonly state: State;
    readonly events: readonly DecidedEvent[];
  },
): void {
  for (const event of story.events) checkShape(decider, event);
  const stepwise = fold(decider, story.state, frozen(story.events));
  const whole = fold(decider, decider.initialState, [...story.past, ...story.events]);
  expect(whole, "the state, folded again").toEqual(stepwise);
  expect(throughStore(stepwise), "the state as a snapshot keeps it").toEqual(stepwise);
}

function endingOf<State>(
  decider: Decider<State>,
  past: readonly DecidedEvent[],
  decision: Decision,
): Ending<State> {
  const events = isRejection(decision) ? [] : decision;
  return {
    // biome-ignore lint/suspicious/noThenProperty: given, when, then; a story is never awaited.
    then: (...expected) => expect(decision).toEqual(expected),
    thenRefused: (rejected, detail) =>
      expect(decision).toEqual(
        detail === undefined ? expect.objectContaining({ rejected }) : { rejected, detail },
      ),
    thenNothing: () => expect(decision).toEqual([]),
    thenAllowed: () => expect(isRejection(decision), JSON.stringify(decision)).toBe(false),
    events,
    state: fold(decider, decider.initialState, [...past, ...events]),
  };
}

function checkShape<State>(decider: Decider<State>, event: DecidedEvent): void {
  const row = decider.events[event.type];
  if (row === undefined) throw new Error(`${decider.category} has no event ${event.type}`);
  expectShape(row.data, event.data, event.type);
  expect(throughStore(event.data), `${event.type} as the log keeps it`).toStrictEqual(event.data);
}

const compiled = new Map<TSchema, ReturnType<typeof TypeCompiler.Compile>>();

function expectShape(schema: TSchema, data: unknown, name: string): void {
  const checker = compiled.get(schema) ?? TypeCompiler.Compile(schema);
  compiled.set(schema, checker);
  const errors = [...checker.Errors(data)].map((error) => `${error.path}: ${error.message}`);
  expect(errors, `${name} ${JSON.stringify(data)}`).toEqual([]);
}

function throughStore<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

/** Frozen through and through, so that whoever changes it throws. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) frozen(member);
  return value;
}
