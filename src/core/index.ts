// The core: decides and evolves, knows nobody. No I/O, no clock, no dice; ids and instants are
// handed in with the commands. Start reading at kernel/decider.ts, then charging-station/index.ts.
import { addOn } from "./add-on/index.ts";
import { apiKey } from "./api-key/index.ts";
import { audit } from "./audit/index.ts";
import { chargingStation } from "./charging-station/index.ts";
import type { AnyEventRow, DataOf, Decider, EventsOf } from "./kernel/decider.ts";
import type { EventEnvelope } from "./kernel/message.ts";
import { meter } from "./meter/index.ts";
import { stationType } from "./station-type/index.ts";
import { token } from "./token/index.ts";
import { transaction } from "./transaction/index.ts";
import { user } from "./user/index.ts";

/** Every decider, by the category of its streams. */
export const deciders = {
  "charging-station": chargingStation,
  transaction,
  meter,
  token,
  "station-type": stationType,
  user,
  "api-key": apiKey,
  audit,
  "add-on": addOn,
} as const;

type AllEvents = typeof chargingStation.events &
  typeof transaction.events &
  typeof meter.events &
  typeof token.events &
  typeof stationType.events &
  typeof user.events &
  typeof apiKey.events &
  typeof audit.events &
  typeof addOn.events;

/** Name of every event there is. */
export type EventType = keyof AllEvents & string;

/** Data of an event by its name. */
export type EventDataOf<T extends EventType> = DataOf<AllEvents, T>;

/** An event with its place and its meta, by name. */
export type EventOf<T extends EventType> = EventEnvelope<T, EventDataOf<T>>;

/** Any event as a decider emits it. */
export type AnyDecidedEvent = EventsOf<AllEvents>;

/** The decider of a stream's category. An unknown category is a bug. */
export function deciderOf(category: string): Decider<unknown> {
  if (!Object.hasOwn(deciders, category)) throw new Error(`no decider for ${category}`);
  return deciders[category as keyof typeof deciders] as unknown as Decider<unknown>;
}

/** The row of an event, if this release knows it. */
export function eventRowOf(type: string): AnyEventRow<unknown> | undefined {
  return allEventRows[type];
}

const allEventRows: Readonly<Record<string, AnyEventRow<unknown>>> = Object.assign(
  Object.create(null),
  ...Object.values(deciders).map((decider) => decider.events),
);

export { bounds } from "./bounds.ts";
export {
  capabilities,
  type StationCommands,
  type StationEvents,
} from "./charging-station/index.ts";
export { triggerAwaited } from "./charging-station/requests.ts";
export * from "./charging-station/state.ts";
export {
  nextTransactionNumber,
  startAwaited,
  stopAwaited,
} from "./charging-station/transactions.ts";
export * from "./commands.ts";
export {
  type Forgotten,
  forgottenNumber,
  forgottenStart,
  recalled,
  withRecalled,
} from "./facts/forgotten.ts";
export { startedAlready } from "./facts/known-starts.ts";
export { type MeterFact, meterValues, transactionOfSamples } from "./facts/meter-values.ts";
export { type StartFact, transactionStarted } from "./facts/transaction-started.ts";
export {
  type StopFact,
  transactionOfStop,
  transactionStopped,
} from "./facts/transaction-stopped.ts";
export * from "./kernel/actor.ts";
export * from "./kernel/decider.ts";
export * from "./kernel/message.ts";
export { type Present, present } from "./kernel/present.ts";
export * from "./kernel/rejection.ts";
export { permissionNames, permissionTable } from "./permission-names.ts";
export { stationTypeKey } from "./station-type/index.ts";
export * from "./streams.ts";
export { isPlausibleRegister } from "./transaction/energy.ts";
export { ReviewReason, reviewReasons } from "./transaction/reviews.ts";
export type { TransactionEnd, TransactionState } from "./transaction/state.ts";
export * from "./values/authorization.ts";
export * from "./values/charging-profile.ts";
export * from "./values/common.ts";
export * from "./values/evse.ts";
export * from "./values/meter-sample.ts";
export * from "./values/outcome.ts";
export * from "./values/place.ts";
export { addOn, apiKey, audit, chargingStation, meter, stationType, token, transaction, user };
