// What one execution looks at and decides, before anything is committed.
import {
  type Command,
  categoryOf,
  type DecidedEvent,
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
  readonly before: StreamState;
  state: unknown;
  /** Which of the execution's commands was the first to change it. */
  turn: number;
  readonly decided: { readonly event: DecidedEvent; readonly meta: EventMeta }[];
}

type Refusal = { readonly rejection: Rejection; readonly command: Command };

/** States for the execution's own functions: its station's and the streams that it declared. */
export async function viewOf(
  parts: Parts,
  execution: Execution,
  working: Map<StreamName, Working>,
): Promise<States> {
  const { station } = execution;
  const stationStream = station === undefined ? undefined : streams.chargingStation(station);
  const declared = [stationStream, ...(execution.streams ?? [])];
  for (const stream of declared) {
    if (stream === undefined || workingNow(parts, working, { stream })) continue;
    await workingOf(parts, working, { stream });
  }
  const stateOf = (stream: StreamName): unknown => {
    const known = working.get(stream);
    if (known === undefined) throw new Error(`${stream} was not declared in the execution`);
    return known.state;
  };
  return {
    of: <State>(stream: StreamName) => stateOf(stream) as State,
    get station() {
      if (stationStream === undefined) throw new Error("the execution is about no station");
      return stateOf(stationStream) as StationState;
    },
  };
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
  const entry: Working = { before, state: before.state, turn: 0, decided: [] };
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
  const decider = deciderOf(categoryOf(command.stream));
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
  return present({
    recordedAt,
    actor: { kind: actor.kind, id: actor.id },
    correlationId,
    causationId,
    stationTime,
    protocol,
  });
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
