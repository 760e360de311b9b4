import {
  type Command,
  type EventEnvelope,
  eventRowOf,
  type StationState,
  type StreamName,
  streams,
} from "#core";
import type { Limits } from "#limits";
import { cursorOf, positionOf } from "../cursor.ts";
import type { LocalEventBus } from "../event-bus.ts";
import type { CommandBus, Execution, ExecutionResult, States } from "../execution.ts";
import type { Clock } from "../ports/environment.ts";
import { type CommitResult, type EventStore, isOfVault } from "../ports/event-store.ts";
import { TokenNamedTwice } from "../tokens.ts";
import { type Changed, changedOf, unitOf } from "./commit-unit.ts";
import {
  decideOne,
  envelopeWithoutPlace,
  unreadOf,
  type Working,
  WorkingStates,
  workingNow,
  workingOf,
} from "./deciding.ts";
import { createMailboxes } from "./mailboxes.ts";
import { mailboxOf, type Rejected, refusalOf } from "./refusals.ts";
import { settledAlready } from "./settled.ts";
import type { StreamStates } from "./stream-states.ts";
import { checked } from "./validation.ts";

/** Too many conflicts in a row: somebody else writes to the same streams all the time. */
export class TooManyConflicts extends Error {
  override readonly name = "TooManyConflicts";
}

interface Parts {
  readonly store: EventStore;
  readonly states: StreamStates;
  readonly events: LocalEventBus;
  readonly clock: Clock;
  readonly limits: Limits;
}

/** Decides and commits: one load-decide-append at a time per station, repeated on a conflict. */
export function createCommandBus(parts: Parts): CommandBus {
  const { states, limits } = parts;
  const mailboxes = createMailboxes();

  async function execute(execution: Execution): Promise<ExecutionResult> {
    for (let attempt = 0; attempt < limits.decideAttemptsMax; attempt++) {
      const result = await tryOnce(parts, execution);
      if (result === "conflict") continue;
      return result.status === "rejected" ? unlessSettled(parts, execution, result) : result;
    }
    throw new TooManyConflicts(`gave up after ${limits.decideAttemptsMax} conflicts`);
  }

  return {
    execute: async (given) => {
      const execution = withCheckedCommands(given);
      const result = await mailboxes.run(mailboxOf(execution), () => execute(execution));
      if (result.status === "rejected") {
        const refusal = refusalOf(parts.clock, execution, result);
        if (refusal !== undefined) await mailboxes.run(mailboxOf(refusal), () => execute(refusal));
      }
      const heard = heardOf(parts, execution, result);
      if (heard !== undefined) await heard;
      return result;
    },
    station: async (key) => {
      const { state } = await states.load(streams.chargingStation(key));
      return state as StationState;
    },
    stationNow: (key) =>
      states.now(streams.chargingStation(key))?.state as StationState | undefined,
    forget: (key) => states.forget(streams.chargingStation(key)),
    pin: (key) => states.pin(streams.chargingStation(key)),
  };
}

/** A person or an add-on that goes on from here finds no cache that has not heard of it. */
function heardOf(
  { events }: Parts,
  { actor }: Execution,
  result: ExecutionResult,
): Promise<void> | undefined {
  if (result.status !== "committed" || result.events.length === 0) return undefined;
  if (actor.kind !== "operator" && actor.kind !== "add-on") return undefined;
  return events.passed(positionOf(result.cursor) ?? 0);
}

/** What a person or an add-on sends is checked against its shape; rows and deadlines are typed. */
function withCheckedCommands(execution: Execution): Execution {
  const { kind } = execution.actor;
  if (kind !== "operator" && kind !== "add-on") return execution;
  const { commands } = execution;
  return {
    ...execution,
    commands:
      typeof commands === "function"
        ? (view: States) => commands(view).map(checked)
        : commands.map(checked),
  };
}

/**
 * Loads, decides, appends. What the commands need is in memory before the first is decided, so that
 * deciding itself waits for nothing.
 */
async function tryOnce(parts: Parts, execution: Execution): Promise<ExecutionResult | "conflict"> {
  const working = new Map<StreamName, Working>();
  for (const stream of unreadOf(parts, execution, working)) {
    await workingOf(parts, working, { stream });
  }
  const view = new WorkingStates(execution, working);
  const { commands: given } = execution;
  const commands = typeof given === "function" ? given(view) : given;
  for (const command of commands) {
    if (workingNow(parts, working, command) === undefined) {
      await workingOf(parts, working, command);
    }
  }
  const refused = decideAll(working, { commands, execution, recordedAt: parts.clock.now() });
  if (refused !== undefined) return refused;
  const changed = changedOf(working);
  const answer = execution.answer?.(view, () => provisional(working));
  if (changed.length === 0 && isEmpty(execution)) {
    return { status: "committed", cursor: cursorOf(await parts.store.head()), events: [], answer };
  }
  try {
    const result = await parts.store.append(unitOf(execution, changed, answer));
    return settled(parts, { working, changed, answer, result });
  } catch (error) {
    // It may have been written all the same.
    for (const stream of working.keys()) parts.states.forget(stream);
    throw error;
  }
}

/** Decides the commands in their order; the first that is refused refuses all. */
function decideAll(
  working: ReadonlyMap<StreamName, Working>,
  given: {
    readonly commands: readonly Command[];
    readonly execution: Execution;
    readonly recordedAt: string;
  },
): Rejected | undefined {
  const { commands, execution, recordedAt } = given;
  let turn = 0;
  for (const command of commands) {
    const stream = working.get(command.stream) as Working;
    if (stream.decided.length === 0) stream.turn = turn;
    turn += 1;
    const refused = decideOne(stream, { command, execution, recordedAt });
    if (refused !== undefined) {
      return { status: "rejected", rejection: refused.rejection, command: command.type };
    }
  }
  return undefined;
}

/** An execution that changes nothing needs no commit; a receipt of nothing is not worth a row. */
function isEmpty({ credentials, forgetCredentials, vault, eraseTokens }: Execution): boolean {
  const rows = [credentials, forgetCredentials, vault, eraseTokens];
  return rows.every((list) => (list?.length ?? 0) === 0);
}

/** The events as they were decided, before the store has given them their places. */
function provisional(working: ReadonlyMap<StreamName, Working>): EventEnvelope[] {
  return [...working.values()].flatMap((stream) => stream.decided.map(envelopeWithoutPlace));
}

/** What the store's answer comes to; what was committed is taken into memory. */
function settled(
  parts: Parts,
  given: {
    readonly working: ReadonlyMap<StreamName, Working>;
    readonly changed: Changed;
    readonly answer: string | undefined;
    readonly result: CommitResult;
  },
): ExecutionResult | "conflict" {
  const { working, changed, answer, result } = given;
  if (result.status === "fenced") return { status: "fenced" };
  if (result.status === "repeated") {
    return {
      status: "repeated",
      cursor: cursorOf(result.lastPosition),
      answer: result.answer,
    };
  }
  if (result.status === "conflict") {
    if (isOfVault(result.stream)) throw new TokenNamedTwice(`${result.stream} is no new token`);
    for (const stream of working.keys()) parts.states.forget(stream);
    return "conflict";
  }
  const events = placed(parts, changed, result.firstPosition);
  parts.events.publish(result.firstPosition, events);
  return { status: "committed", cursor: cursorOf(result.lastPosition), events, answer };
}

/** The committed events in their places; the states move on by them. */
function placed({ states }: Parts, changed: Changed, firstPosition: number): EventEnvelope[] {
  const events: EventEnvelope[] = [];
  let position = firstPosition;
  for (const [stream, { decider, before, decided, state }] of changed) {
    let { version } = before;
    for (const { event, meta } of decided) {
      version++;
      const { type, data } = event;
      const schema = eventRowOf(type)?.schema ?? 1;
      events.push({ stream, version, cursor: cursorOf(position++), type, schema, data, meta });
    }
    const ended = decider.hasEnded?.(state) === true;
    states.advance(stream, before, { state, events: decided.length, ended });
  }
  return events;
}

/**
 * A repetition is often refused for what its first time did, and a stale owner for what the new one
 * did: both are told so instead.
 */
async function unlessSettled(
  { store }: Parts,
  execution: Execution,
  rejected: Rejected,
): Promise<ExecutionResult> {
  return (await settledAlready(store, execution)) ?? rejected;
}
