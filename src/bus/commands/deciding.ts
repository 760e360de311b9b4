// What one execution looks at and decides, before anything is committed.
import {
  type Command,
  categoryOf,
  type DecidedEvent,
  type Decider,
  decide,
  deciderOf,
  type EventEnvelope,
  type EventMeta,
  fold,
  isRejection,
  present,
  type Rejection,
  type StationState,
  type StreamName,
  streams,
} from "#core";
import type { Execution, States } from "../execution.ts";
import type { StreamState, StreamStates } from "./stream-states.ts";

interface Parts {
  readonly states: StreamStates;
}

/** A stream as this execution sees it while it decides. */
export interface Working {
  readonly decider: Decider<unknown>;
  readonly before: StreamState;
  state: unknown;
  /** Which of the execution's commands was the first to change it. */
  turn: number;
  readonly decided: { readonly event: DecidedEvent; readonly meta: EventMeta }[];
}

type Refusal = { readonly rejection: Rejection; readonly command: Command };

/** Streams that the execution looks at and that are not in memory. Most often there is none. */
export function unreadOf(
  parts: Parts,
  execution: Execution,
  working: Map<StreamName, Working>,
): readonly StreamName[] {
  const { station, streams: declared = none } = execution;
  const own = station === undefined ? none : [streams.chargingStation(station)];
  const wanted = declared.length === 0 ? own : [...own, ...declared];
  return wanted.filter((stream) => workingNow(parts, working, { stream }) === undefined);
}

const none: readonly StreamName[] = [];

/** States for the execution's own functions: its station's and the streams that it declared. */
export class WorkingStates implements States {
  readonly #working: ReadonlyMap<StreamName, Working>;
  readonly #station: StreamName | undefined;

  constructor({ station }: Execution, working: ReadonlyMap<StreamName, Working>) {
    this.#working = working;
    this.#station = station === undefined ? undefined : streams.chargingStation(station);
  }

  get station(): StationState {
    if (this.#station === undefined) throw new Error("the execution is about no station");
    return this.of<StationState>(this.#station);
  }

  of<State>(stream: StreamName): State {
    const known = this.#working.get(stream);
    if (known === undefined) throw new Error(`${stream} was not declared in the execution`);
    return known.state as State;
  }
}

/** The stream, if it needs no reading: met already, in memory, or new by construction. */
export function workingNow(
  { states }: Parts,
  working: Map<StreamName, Working>,
  { stream, fresh }: { readonly stream: StreamName; readonly fresh?: true },
): Working | undefined {
  const met = working.get(stream);
  if (met !== undefined) return met;
  const before = states.now(stream) ?? (fresh ? states.empty(stream) : undefined);
  return before === undefined ? undefined : start(working, stream, before);
}

/** The stream, read from the store where it must be. */
export async function workingOf(
  { states }: Parts,
  working: Map<StreamName, Working>,
  { stream }: { readonly stream: StreamName },
): Promise<Working> {
  return start(working, stream, await states.load(stream));
}

function start(
  working: Map<StreamName, Working>,
  stream: StreamName,
  before: StreamState,
): Working {
  const decider = deciderOf(categoryOf(stream));
  const entry: Working = { decider, before, state: before.state, turn: 0, decided: [] };
  working.set(stream, entry);
  return entry;
}

/** Decides one command on the stream as the commands before it have left it. */
export function decideOne(
  stream: Working,
  given: {
    readonly command: Command;
    readonly execution: Execution;
    readonly recordedAt: string;
  },
): Refusal | undefined {
  const { command, execution } = given;
  const { decider } = stream;
  const decision = decide(decider, {
    actor: execution.actor,
    state: stream.state,
    type: command.type,
    data: command.data,
  });
  if (isRejection(decision)) return { rejection: decision, command };
  if (decision.length === 0) return undefined;
  const meta = metaOf(given);
  for (const event of decision) stream.decided.push({ event, meta });
  stream.state = fold(decider, stream.state, decision);
  return undefined;
}

function metaOf(given: {
  readonly command: Command;
  readonly execution: Execution;
  readonly recordedAt: string;
}): EventMeta {
  const { command, execution, recordedAt } = given;
  const { actor, causationId, stationTime, protocol } = execution;
  const correlationId = command.correlationId ?? execution.correlationId;
  const who = { kind: actor.kind, id: actor.id };
  // Most messages of stations are caused by nothing else: no members to leave out.
  if ((correlationId ?? causationId ?? stationTime) === undefined && protocol !== undefined) {
    return { recordedAt, actor: who, protocol };
  }
  return present({ recordedAt, actor: who, correlationId, causationId, stationTime, protocol });
}

/** An event before the store has given it a place. */
export function envelopeWithoutPlace({
  event,
  meta,
}: {
  readonly event: DecidedEvent;
  readonly meta: EventMeta;
}): EventEnvelope {
  return { stream: "", version: 0, cursor: "", schema: 1, ...event, meta };
}
