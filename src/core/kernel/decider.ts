import type { Static, TSchema } from "@sinclair/typebox";
import type { Actor } from "./actor.ts";
import type { DecidedEvent } from "./message.ts";
import type { Rejection } from "./rejection.ts";

/** What a command leads to: events, nothing (an empty list: it is so already), or a refusal. */
export type Decision<E extends DecidedEvent = DecidedEvent> = readonly E[] | Rejection;

/** Asks whether this actor may send this command now. The only place that sees the actor. */
export type Guard<State> = (question: {
  readonly actor: Actor;
  readonly state: State;
  /** Type of the command, with a qualifier where the row names one (`RequestReset.hard`). */
  readonly permission: string;
}) => Rejection | undefined;

/** By which member of a command's data its permission is narrowed: each can be granted apart. */
export interface Qualified {
  readonly by: string;
  /** What the member may say: `hard`, `soft`. */
  readonly into: readonly string[];
}

/** One command: the shape of its data, who may send it, what it leads to. */
export interface CommandRow<State, S extends TSchema = TSchema> {
  readonly data: S;
  readonly guards: Guard<State>;
  /** Narrows the permission that is asked for. Default: the type alone. */
  readonly qualified?: Qualified;
  decide(data: Static<S>, state: State): Decision;
}

/** One event: the shape of its data and what it changes (`null`: kept, decides nothing). */
export interface EventRow<State, S extends TSchema = TSchema> {
  readonly data: S;
  /** Version of the shape. A changed shape is a higher number and an upcast, never an edit. */
  readonly schema: number;
  readonly evolve: ((state: State, data: Static<S>) => State) | null;
  /** Set where the event asks a station for something: it goes to the table of requests. */
  readonly request?: true;
}

// biome-ignore lint/suspicious/noExplicitAny: a table of rows of many shapes; each row is checked where it is written.
export type AnyCommandRow<State> = CommandRow<State, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type AnyEventRow<State> = EventRow<State, any>;

/** Rows that belong together: one capability, or a whole decider's tables. */
export interface Tables<State> {
  readonly commands: Readonly<Record<string, AnyCommandRow<State>>>;
  readonly events: Readonly<Record<string, AnyEventRow<State>>>;
}

/** An aggregate: its first state and the tables of all it decides and remembers. */
export interface Decider<State> extends Tables<State> {
  /** Category of its streams. */
  readonly category: string;
  readonly initialState: State;
  /** Nothing more is expected of a stream in this state: it need not be kept in memory. */
  readonly hasEnded?: (state: State) => boolean;
}

/** The union of all events that a table of event rows describes. */
export type EventsOf<T extends Readonly<Record<string, { readonly data: TSchema }>>> = {
  [K in keyof T & string]: { readonly type: K; readonly data: Static<T[K]["data"]> };
}[keyof T & string];

/** Data of one command or event of a table. */
export type DataOf<
  T extends Readonly<Record<string, { readonly data: TSchema }>>,
  K extends keyof T,
> = Static<T[K]["data"]>;

/** Writes event rows of one state: the shape, then the change or `null`. */
export function eventRows<State>() {
  return <S extends TSchema>(
    data: S,
    evolve: ((state: State, data: Static<S>) => State) | null,
  ): EventRow<State, S> => ({ data, schema: 1, evolve });
}

/** Writes command rows of one state whose decisions may emit the events of `Events` only. */
export function commandRows<State, Events extends Readonly<Record<string, { data: TSchema }>>>() {
  return <S extends TSchema>(row: {
    readonly data: S;
    readonly guards: Guard<State>;
    readonly qualified?: Qualified & { readonly by: keyof Static<S> };
    readonly decide: (data: Static<S>, state: State) => Decision<EventsOf<Events>>;
  }): CommandRow<State, S> => row;
}

/** Joins tables; a name claimed twice throws at start (and does not compile where types meet). */
export function disjoint<T extends readonly Readonly<Record<string, unknown>>[]>(
  ...tables: T
): Joined<T> {
  const joined: Record<string, unknown> = {};
  for (const table of tables) {
    for (const [name, row] of Object.entries(table)) {
      if (Object.hasOwn(joined, name)) throw new Error(`${name} is claimed by two capabilities`);
      joined[name] = row;
    }
  }
  return joined as Joined<T>;
}

type Joined<T extends readonly unknown[]> = T extends readonly [infer Head, ...infer Rest]
  ? Rest extends readonly []
    ? Head
    : keyof Head & keyof Joined<Rest> extends never
      ? Head & Joined<Rest>
      : never
  : never;

/** Folds events into a state. An event of an unknown name is a bug of the caller (see upcasts). */
export function fold<State>(
  decider: Tables<State>,
  state: State,
  events: readonly DecidedEvent[],
): State {
  let current = state;
  for (const event of events) {
    const row = ownRow(decider.events, event.type);
    if (row === undefined) throw new Error(`no row for the event ${event.type}`);
    if (row.evolve !== null) current = row.evolve(current, event.data);
  }
  return current;
}

/** Asks the guards, then decides. Shapes were checked where the command came in. */
export function decide<State>(
  decider: Decider<State>,
  question: {
    readonly actor: Actor;
    readonly state: State;
    readonly type: string;
    readonly data: unknown;
  },
): Decision {
  const row = ownRow(decider.commands, question.type);
  if (row === undefined) throw new Error(`${decider.category} has no command ${question.type}`);
  const permission = permissionOf(row, question);
  const refusal = row.guards({ actor: question.actor, state: question.state, permission });
  if (refusal !== undefined) return refusal;
  return row.decide(question.data, question.state);
}

/** The permission that a command asks for: its type, or one of its kinds (`RequestReset.hard`). */
function permissionOf(
  { qualified }: Pick<AnyCommandRow<never>, "qualified">,
  { type, data }: { readonly type: string; readonly data: unknown },
): string {
  if (qualified === undefined) return type;
  return `${type}.${(data as Readonly<Record<string, unknown>>)[qualified.by]}`;
}

/** A name comes from outside: `constructor` is no row of any table. */
export function ownRow<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
