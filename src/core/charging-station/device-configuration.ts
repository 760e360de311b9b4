import { Type } from "@sinclair/typebox";
import { appendBounded, bounds } from "../bounds.ts";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { closed, Instant, shortText } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { fromStation, type StationState, toStation } from "./state.ts";

const Key = Type.String({ minLength: 1, maxLength: 100 });
/** An empty or absent value is legal. */
const Value = Type.String({ maxLength: 10_000 });

const ItemsAsked = requestOf({ keys: Type.Array(Key, { maxItems: 1000 }) });
const ChangeAsked = requestOf({ key: Key, value: Value });

const Item = closed({
  key: Key,
  value: Type.Optional(Value),
  readonly: Type.Boolean(),
});

const event = eventRows<StationState>();

const events = {
  ConfigurationItemsRequested: requested(ItemsAsked, {
    type: "ConfigurationItemsRequested",
    target: (data) => [...data.keys].sort().join(","),
  }),
  ConfigurationItemsReceived: event(
    closed({
      items: Type.Array(Item),
      unknownKeys: Type.Array(shortText(100)),
      /** What was asked for; empty: everything, so that what is missing is gone. */
      requestedKeys: Type.Array(Key),
      /** What one call may carry, where the items say so. */
      limits: Type.Optional(
        closed({
          authorizationListEntries: Type.Optional(Type.Integer({ minimum: 1 })),
          configurationKeys: Type.Optional(Type.Integer({ minimum: 1 })),
        }),
      ),
      at: Instant,
    }),
    (state, { limits }) =>
      limits === undefined ? state : { ...state, callLimits: { ...state.callLimits, ...limits } },
  ),
  ChangeConfigurationItemRequested: requested(ChangeAsked, {
    type: "ChangeConfigurationItemRequested",
    target: (data) => data.key,
  }),
  ConfigurationItemChanged: event(
    closed({ key: Key, value: Value, rebootRequired: Type.Boolean(), at: Instant }),
    (state, { key, rebootRequired }) =>
      rebootRequired && !state.rebootRequiredBy.includes(key)
        ? {
            ...state,
            rebootRequiredBy: appendBounded(state.rebootRequiredBy, key, bounds.rebootKeys),
          }
        : state,
  ),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  /** No keys: all of them. */
  RequestConfigurationItems: asking({
    data: ItemsAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "ConfigurationItemsRequested", data }, [...data.keys].sort().join(",")),
  }),
  RecordConfigurationItems: command({
    data: events.ConfigurationItemsReceived.data,
    guards: fromStation,
    decide: (data) => [{ type: "ConfigurationItemsReceived", data }],
  }),
  RequestChangeConfigurationItem: asking({
    data: ChangeAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "ChangeConfigurationItemRequested", data }, data.key),
  }),
  RecordConfigurationItemChanged: command({
    data: events.ConfigurationItemChanged.data,
    guards: fromStation,
    decide: (data) => [{ type: "ConfigurationItemChanged", data }],
  }),
};

/** The station's own settings: read, changed, and which of them wait for a boot. */
export const deviceConfiguration = { commands, events };
