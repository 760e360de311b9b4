// Runs rows of OCPP 1.6 against the real deciders, as the runner does: what is said is checked by
// the schema, commands are decided, the answer is composed from the state after them.
import { expect } from "vitest";
import type { Answer, Question } from "#bus";
import {
  type Command,
  categoryOf,
  type DecidedEvent,
  deciderOf,
  type EventDataOf,
  type EventType,
  fold,
  isRejection,
  type StationState,
  stationKey,
  streams,
} from "#core";
import type {
  AnyFromStationRow,
  AnyToStationRow,
  RequestEnd,
  RowContext,
  RowSettings,
} from "../../src/ocpp/message.ts";
import { v1_6 } from "../../src/ocpp/v1_6/index.ts";
import { at, served } from "./station-history.ts";
import { stationId, theStation } from "./story/actors.ts";
import { decideChecked } from "./story.ts";

/** Key of the station that the tests are about. */
export const key = stationKey(stationId);

export const settings: RowSettings = {
  unknownStations: "reject",
  heartbeatInterval: 300,
  bootRetryInterval: 60,
  clockSkewSecondsMax: 300,
};

/** A station with a history, and what it is told. */
export interface Scene {
  readonly history?: readonly DecidedEvent[];
  /** Seconds after ten o'clock at which the message arrives. */
  readonly seconds?: number;
  readonly settings?: Partial<RowSettings>;
  /** The answer to the row's question. */
  readonly asked?: Answer;
}

interface Said {
  readonly type: string;
  readonly data: unknown;
}

/** What became of a message from the station. */
export interface Heard {
  readonly question: Question | undefined;
  readonly commands: readonly Said[];
  /** All events, in order, of whatever stream. */
  readonly events: readonly DecidedEvent[];
  readonly answer: unknown;
  readonly deviations: readonly string[];
  readonly state: StationState;
}

/** Reference of a token in these tests; its value is never anywhere else. */
export function ref(value: string): string {
  return `ref-${value.toLowerCase()}`;
}

function contextOf(scene: Scene, state: StationState, minted: { count: number }): RowContext {
  return {
    key,
    state,
    at: at(scene.seconds ?? 1000),
    settings: { ...settings, ...scene.settings },
    tokenRef: ref,
    tokenValue: (given) => given.replace(/^(ref|token)-/, ""),
    newId: () => {
      minted.count += 1;
      return `id-${minted.count}`;
    },
    spread: (seconds) => seconds,
    quirks: {},
  };
}

function stateOf(scene: Scene): StationState {
  const station = deciderOf("charging-station");
  return fold(station, station.initialState, scene.history ?? served) as StationState;
}

/** A CALL from the station. It must be valid, unless `mended` says that it went through there. */
export function hear(action: string, request: unknown, scene: Scene = {}): Heard {
  const row = fromRow(action);
  const mended = mendedOf(action, request);
  const context = contextOf(scene, stateOf(scene), { count: 0 });
  const question = row.ask?.(mended.payload, context);
  const asked = question === undefined ? undefined : (scene.asked ?? accepting);
  const commands = row.commands(mended.payload, context, asked);
  const { events, state } = decided(commands, scene);
  const after = { ...context, state };
  const answer = row.answer(mended.payload, after, asked);
  expect(v1_6.check(action, "response", answer), "our answer").toBeUndefined();
  const noticed = row.deviations?.(mended.payload, context) ?? [];
  return {
    question,
    commands: commands.map(({ type, data }) => ({ type, data })),
    events,
    answer,
    deviations: [...mended.deviations, ...noticed],
    state,
  };
}

const accepting: Answer = { status: "accepted", provider: "test" };

function mendedOf(action: string, request: unknown) {
  const fault = v1_6.check(action, "request", request);
  if (fault === undefined) return { payload: request, deviations: [] };
  const mended = v1_6.mend?.(request, { action, kind: "request" });
  const payload = mended?.payload ?? request;
  expect(v1_6.checkMended?.(action, "request", payload), "after mending").toBeUndefined();
  return { payload, deviations: mended?.deviations ?? [] };
}

function decided(commands: readonly Command[], scene: Scene) {
  const histories = new Map<string, DecidedEvent[]>();
  histories.set(streams.chargingStation(key), [...(scene.history ?? served)]);
  const events: DecidedEvent[] = [];
  for (const { stream, type, data } of commands) {
    const past = histories.get(stream) ?? [];
    const decider = deciderOf(categoryOf(stream));
    const decision = decideChecked(decider, past, { type, data, actor: theStation });
    if (isRejection(decision)) throw new Error(`${type} was refused: ${decision.rejected}`);
    events.push(...decision);
    histories.set(stream, [...past, ...decision]);
  }
  const history = histories.get(streams.chargingStation(key)) ?? [];
  return { events, state: stateOf({ history }) };
}

function fromRow(action: string): AnyFromStationRow {
  const row = v1_6.messages[action];
  if (row === undefined || row === "notSupported") throw new Error(`no row for ${action}`);
  if (row.direction === "both") return row.fromStation;
  if (row.direction === "fromStation") return row;
  throw new Error(`${action} is not from the station`);
}

function toRow(action: string): AnyToStationRow {
  const row = v1_6.messages[action];
  if (row === undefined || row === "notSupported") throw new Error(`no row for ${action}`);
  if (row.direction === "both") return row.toStation;
  if (row.direction === "toStation") return row;
  throw new Error(`${action} is not to the station`);
}

/** What we ask a station for an event: every call's payload, checked strictly. */
export function told<T extends EventType>(
  action: string,
  event: { readonly type: T; readonly data: EventDataOf<T> },
  scene: Scene = {},
): readonly unknown[] {
  const row = toRow(action);
  expect(row.on).toBe(event.type);
  const context = contextOf(scene, stateOf(scene), { count: 0 });
  const request = row.request(event.data, context);
  const calls = row.chunks?.(request, context) ?? [request];
  for (const call of calls) {
    expect(v1_6.check(action, "request", call), "our request").toBeUndefined();
  }
  return calls;
}

/** The end of a request, and the events that the station's answer leads to. */
export interface Ended extends Omit<RequestEnd, "commands"> {
  readonly events: readonly DecidedEvent[];
  readonly state: StationState;
}

/** A station's answer to what we asked. */
export function answered(
  action: string,
  exchange: {
    readonly request: unknown;
    readonly response: unknown;
    /** Data of our event; absent: the call was sent by its name. */
    readonly event?: unknown;
  },
  scene: Scene = {},
): Ended {
  const row = toRow(action);
  const about = { action, kind: "response" as const };
  const fault = v1_6.check(action, "response", exchange.response);
  const response = fault && v1_6.mend?.(exchange.response, about)?.payload;
  const payload = fault === undefined ? exchange.response : response;
  if (fault !== undefined) expect(v1_6.checkMended?.(action, "response", payload)).toBeUndefined();
  const context = contextOf(scene, stateOf(scene), { count: 0 });
  const end = row.outcome(payload, exchange.request, {
    ...context,
    requestId: "r1",
    asked: exchange.event,
  });
  const { commands = [], ...rest } = end;
  return { ...rest, ...decided(commands, scene) };
}
