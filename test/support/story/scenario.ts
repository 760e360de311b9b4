// A story that goes on: commands of one moment run over all deciders in order, as one unit that
// stands or falls together, the way the bus commits them.
import { expect } from "vitest";
import {
  type Actor,
  type Command,
  categoryOf,
  type DecidedEvent,
  deciderOf,
  fold,
  isRejection,
  meterValues,
  type RejectionCode,
  type StationState,
  stationKey,
  streams,
  type TransactionState,
  transactionStarted,
  transactionStopped,
} from "#core";
import { at } from "../station-history.ts";
import { decideChecked } from "../story.ts";
import { administrator, stationId, theStation } from "./actors.ts";

/** Key of the station that scenarios are about. */
export const key = stationKey(stationId);

/** An event with its stream's category, and the correlation id that its command had. */
export interface Noted extends DecidedEvent {
  readonly stream: string;
  readonly correlationId?: string | undefined;
}

/** What a unit led to. */
export interface Unit {
  readonly events: readonly Noted[];
  readonly refused?: RejectionCode;
}

type Fact<T extends (...args: never) => unknown> = Parameters<T>[2];

/** A station and all that belongs to it, from its stream's history. */
export function scenario(...history: readonly (DecidedEvent | readonly DecidedEvent[])[]) {
  const logs = new Map<string, readonly DecidedEvent[]>([
    [streams.chargingStation(key), history.flat()],
  ]);

  const stateOf = (stream: string): unknown => {
    const decider = deciderOf(categoryOf(stream));
    return fold(decider, decider.initialState, logs.get(stream) ?? []);
  };
  const station = () => stateOf(streams.chargingStation(key)) as StationState;

  function run(commands: readonly Command[], actor: Actor): Unit {
    const before = new Map(logs);
    const events: Noted[] = [];
    for (const { stream, type, data, correlationId } of commands) {
      const past = logs.get(stream) ?? [];
      const decision = decideChecked(deciderOf(categoryOf(stream)), past, { type, data, actor });
      if (isRejection(decision)) {
        for (const [name, log] of before) logs.set(name, log);
        return { events: [], refused: decision.rejected };
      }
      logs.set(stream, [...past, ...decision]);
      events.push(...decision.map((event) => ({ ...event, stream, correlationId })));
    }
    return { events };
  }

  return {
    station,
    transaction: (id: string) => stateOf(streams.transaction(id)) as TransactionState,
    run,
    /** One command to the station's stream. */
    tell: (type: string, data: unknown, actor: Actor = administrator): Unit =>
      run([{ stream: streams.chargingStation(key), type, data }], actor),
    starts: (fact: Fact<typeof transactionStarted>): Unit =>
      run(transactionStarted(station(), key, fact), theStation),
    stops: (fact: Fact<typeof transactionStopped>): Unit =>
      run(transactionStopped(station(), key, fact), theStation),
    meters: (fact: Fact<typeof meterValues>): Unit =>
      run(meterValues(station(), key, fact), theStation),
  };
}

/** The events' types, in order. */
export function typesOf(unit: Unit): string[] {
  expect(unit.refused).toBeUndefined();
  return unit.events.map((event) => event.type);
}

/** Why a person should look at the sessions of a unit. */
export function reviewsOf(unit: Unit): string[] {
  return unit.events
    .filter((event) => event.type === "TransactionFlagged")
    .map((event) => (event.data as { reason: string }).reason);
}

/** Data of the one event of a type. */
export function dataOf(unit: Unit, type: string): unknown {
  const found = unit.events.filter((event) => event.type === type);
  expect(found, `one ${type}`).toHaveLength(1);
  return found[0]?.data;
}

/** A start on EVSE 1 by token 1 at 1 kWh, ten seconds past ten. */
export function startFact(more: Partial<Fact<typeof transactionStarted>> = {}) {
  return {
    at: at(10),
    transactionId: "tx1",
    evseId: 1,
    tokenRef: "token-1",
    authorization: { status: "accepted" as const, provider: "local" },
    startedAt: at(10),
    meterStartMilliWh: 1_000_000,
    ...more,
  };
}

/** Its stop at 3.456 kWh, a minute and a half later. */
export function stopFact(
  transactionNumber: number,
  more: Partial<Fact<typeof transactionStopped>> = {},
) {
  return {
    at: at(100),
    transactionId: "late1",
    transactionNumber,
    tokenRef: "token-1",
    stoppedAt: at(100),
    meterStopMilliWh: 3_456_000,
    reason: "Local",
    samples: [],
    ...more,
  };
}
