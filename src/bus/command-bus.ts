import {
  type Actor,
  type Command,
  categoryOf,
  type DecidedEvent,
  decide,
  deciderOf,
  type EventEnvelope,
  type EventMeta,
  eventRowOf,
  fold,
  isRejection,
  present,
  type Rejection,
  type StationKey,
  type StationState,
  type StreamName,
  streams,
} from "#core";
import type { Limits } from "#limits";
import { encode } from "./codec.ts";
import { cursorOf } from "./cursor.ts";
import type { LocalEventBus } from "./event-bus.ts";
import type { CommandBus, Execution, ExecutionResult, States } from "./execution.ts";
import { createMailboxes } from "./mailboxes.ts";
import type { Clock } from "./ports/environment.ts";
import type { CommitUnit, EventStore } from "./ports/event-store.ts";
import type { StreamState, StreamStates } from "./stream-states.ts";
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

/** A stream as this execution sees it while it decides. */
interface Working {
  readonly before: StreamState;
  state: unknown;
  /** Which of the execution's commands was the first to change it. */
  turn: number;
  readonly decided: { readonly event: DecidedEvent; readonly meta: EventMeta }[];
}

type Refusal = { readonly rejection: Rejection; readonly command: Command };

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
        const refusal = refusalOf(parts, execution, result);
        if (refusal !== undefined) await mailboxes.run(mailboxOf(refusal), () => execute(refusal));
      }
      return result;
    },
    station: async (key) => {
      const { state } = await states.load(streams.chargingStation(key));
      return state as StationState;
    },
    stationNow: (key) =>
      states.now(streams.chargingStation(key))?.state as StationState | undefined,
    pin: (key) => states.pin(streams.chargingStation(key)),
  };
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

function mailboxOf(execution: Execution): string {
  if (execution.station !== undefined) return execution.station;
  const [first] = typeof execution.commands === "function" ? [] : execution.commands;
  return first?.stream ?? execution.streams?.[0] ?? "office";
}

async function tryOnce(parts: Parts, execution: Execution): Promise<ExecutionResult | "conflict"> {
  const working = new Map<StreamName, Working>();
  const view = await viewOf(parts, execution, working);
  const commands =
    typeof execution.commands === "function" ? execution.commands(view) : execution.commands;
  const recordedAt = parts.clock.now();
  for (const [turn, command] of commands.entries()) {
    const stream =
      workingNow(parts, working, command) ?? (await workingOf(parts, working, command));
    if (stream.decided.length === 0) stream.turn = turn;
    const refused = decideOne(stream, { command, execution, recordedAt });
    if (refused !== undefined) {
      return { status: "rejected", rejection: refused.rejection, command: command.type };
    }
  }
  const provisional = [...working.values()].flatMap((stream) => stream.decided);
  const answer = execution.answer?.(view, provisional.map(envelopeWithoutPlace));
  if (isEmpty(execution, provisional.length)) {
    return { status: "committed", cursor: cursorOf(await parts.store.head()), events: [], answer };
  }
  const changed = changedOf(working);
  const unit = unitOf(execution, changed, answer);
  return settle(parts, { working, changed, unit, answer });
}

/** An execution that changes nothing needs no commit; a receipt of nothing is not worth a row. */
function isEmpty(execution: Execution, events: number): boolean {
  const { credentials = [], forgetCredentials = [], vault = [] } = execution;
  return events + credentials.length + forgetCredentials.length + vault.length === 0;
}

async function viewOf(
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
function workingNow(
  { states }: Parts,
  working: Map<StreamName, Working>,
  { stream, fresh }: { readonly stream: StreamName; readonly fresh?: true },
): Working | undefined {
  const met = working.get(stream);
  if (met !== undefined) return met;
  const before = states.now(stream) ?? (fresh ? states.empty(stream) : undefined);
  return before === undefined ? undefined : start(working, stream, before);
}

async function workingOf(
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

function decideOne(
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

function envelopeWithoutPlace({
  event,
  meta,
}: {
  readonly event: DecidedEvent;
  readonly meta: EventMeta;
}): EventEnvelope {
  return { stream: "", version: 0, cursor: "", schema: 1, ...event, meta };
}

type Changed = readonly (readonly [StreamName, Working])[];

/**
 * Streams with new events, in the order of their first: what caused stands before what followed.
 */
function changedOf(working: ReadonlyMap<StreamName, Working>): Changed {
  const changed = [...working].filter(([, entry]) => entry.decided.length > 0);
  return changed.length < 2 ? changed : changed.sort(([, a], [, b]) => a.turn - b.turn);
}

function unitOf(execution: Execution, changed: Changed, answer: string | undefined): CommitUnit {
  const { receipt, station, fence, vault, credentials, forgetCredentials } = execution;
  let correlationId = execution.correlationId;
  const requests: { requestId: string; append: number; event: number }[] = [];
  const requestsDone: string[] = [];
  const appends = changed.map(([stream, { before, decided }], append) => ({
    stream,
    expectedVersion: before.version,
    events: decided.map(({ event, meta }, index) => {
      correlationId ??= meta.correlationId;
      const { requestId } = event.data as { readonly requestId?: string };
      if (requestId !== undefined && eventRowOf(event.type)?.request === true) {
        requests.push({ requestId, append, event: index });
      }
      if (requestId !== undefined && endsWaiting.has(event.type)) requestsDone.push(requestId);
      return encode(event, metaText(meta));
    }),
  }));
  return {
    station,
    correlationId,
    appends,
    receipt: receipt === undefined ? undefined : { ...receipt, answer: answer ?? "" },
    fence,
    vault,
    credentials,
    forgetCredentials,
    ...(requests.length > 0 ? { requests } : {}),
    ...(requestsDone.length > 0 ? { requestsDone } : {}),
  };
}

/** Events after which a request waits in no table any more. */
const endsWaiting: ReadonlySet<string> = new Set(["RequestSent", "RequestCompleted"]);

let lastMeta: EventMeta | undefined;
let lastMetaText = "";

/** Events of one message share their meta: written once. */
function metaText(meta: EventMeta): string {
  if (meta !== lastMeta) {
    lastMeta = meta;
    lastMetaText = JSON.stringify(meta);
  }
  return lastMetaText;
}

async function settle(
  parts: Parts,
  given: {
    readonly working: ReadonlyMap<StreamName, Working>;
    readonly changed: Changed;
    readonly unit: CommitUnit;
    readonly answer: string | undefined;
  },
): Promise<ExecutionResult | "conflict"> {
  const { working, changed, unit, answer } = given;
  const { store, states } = parts;
  const result = await store.append(unit).catch((error: unknown) => {
    // It may have been written all the same.
    for (const stream of working.keys()) states.forget(stream);
    throw error;
  });
  if (result.status === "fenced") return { status: "fenced" };
  if (result.status === "repeated") {
    return {
      status: "repeated",
      cursor: cursorOf(result.lastPosition),
      answer: result.answer,
    };
  }
  if (result.status === "conflict") {
    for (const stream of working.keys()) states.forget(stream);
    return "conflict";
  }
  const events: EventEnvelope[] = [];
  let position = result.firstPosition;
  for (const [stream, { before, decided }] of changed) {
    let { version } = before;
    for (const { event, meta } of decided) {
      version++;
      const schema = eventRowOf(event.type)?.schema ?? 1;
      events.push({ ...event, stream, version, cursor: cursorOf(position++), schema, meta });
    }
    const folded = decided.map(({ event }) => event);
    states.advance(stream, before, folded);
  }
  parts.events.publish(events);
  return { status: "committed", cursor: cursorOf(result.lastPosition), events, answer };
}

type Rejected = Extract<ExecutionResult, { status: "rejected" }>;

/**
 * A repetition is often refused for what its first time did, and a stale owner for what the new one
 * did: both are told so instead. The unit expects what no stream has, so that it commits nothing.
 */
async function unlessSettled(
  { store }: Parts,
  { receipt, fence }: Execution,
  rejected: Rejected,
): Promise<ExecutionResult> {
  if (receipt === undefined && fence === undefined) return rejected;
  const result = await store.append({
    appends: [{ stream: "receipt/of-nothing", expectedVersion: 1, events: [] }],
    receipt: receipt && { ...receipt, answer: "" },
    fence,
  });
  if (result.status === "fenced") return { status: "fenced" };
  if (result.status !== "repeated") return rejected;
  return { status: "repeated", cursor: cursorOf(result.lastPosition), answer: result.answer };
}

/** A refused wish is never dropped in silence: it goes to the day's audit stream. */
function refusalOf(parts: Parts, execution: Execution, result: Rejected): Execution | undefined {
  const { actor, station } = execution;
  if (actor.kind !== "operator" && actor.kind !== "add-on") return undefined;
  const at = parts.clock.now();
  const stream = streams.audit(at.slice(0, 10));
  const about = station === undefined ? mailboxOf(execution) : streams.chargingStation(station);
  const data = present({
    stream: about,
    command: result.command,
    code: result.rejection.rejected,
    detail: result.rejection.detail,
    actor: { kind: actor.kind, id: actor.id },
    at,
  });
  return { actor: auditor, commands: [{ stream, type: "RecordWishRefused", data }] };
}

const auditor: Actor = {
  kind: "system",
  id: "audit",
  authority: { administrator: true, permissions: new Set(), grants: new Set() },
};

/** Key of the station that an event is about, if its stream is a station's own. */
export function stationOfStream(stream: StreamName): StationKey | undefined {
  const category = categoryOf(stream);
  const own = category === "charging-station" || category === "meter";
  return own ? stream.slice(category.length + 1) : undefined;
}
