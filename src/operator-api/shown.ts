import { type TSchema, Type } from "@sinclair/typebox";
import { type Bus, createLru, type EventStore, UnknownEvent } from "#bus";
import {
  categoryOf,
  type EventEnvelope,
  type EventMeta,
  keyOf,
  type StationKey,
  stationOfStream,
} from "#core";
import type { Limits } from "#limits";
import { tokenMembers } from "./commands/public-shape.ts";

/** An event as the API shows it: with its station's id, and token values beside references. */
export interface ShownEvent {
  readonly cursor: string;
  readonly type: string;
  readonly schema: number;
  readonly stream: string;
  readonly version: number;
  readonly stationId?: string;
  readonly data: unknown;
  readonly meta: EventMeta;
}

/** Joins what the log holds only by reference. */
export interface Showing {
  event(event: EventEnvelope): Promise<ShownEvent>;
  /** A value with `identifyingToken` beside `tokenRef`, `groupToken` beside `groupTokenRef`. */
  value<T>(value: T): Promise<T>;
  /** Key of the station that an event is about, if it is about one. */
  stationOf(event: EventEnvelope): Promise<StationKey | undefined>;
}

export function createShowing(parts: {
  readonly bus: Pick<Bus, "tokens" | "commands">;
  readonly store: Pick<EventStore, "readStream">;
  readonly limits: Limits;
}): Showing {
  const { bus, store, limits } = parts;
  const stationsOfTransactions = createLru<string, StationKey>(limits.transactionCacheMax);

  async function stationOf(event: EventEnvelope): Promise<StationKey | undefined> {
    const own = stationOfStream(event.stream);
    if (own !== undefined) return own;
    if (categoryOf(event.stream) !== "transaction") return undefined;
    const known = stationsOfTransactions.get(event.stream);
    if (known !== undefined) return known;
    const { stream } = event;
    const [first] = await store.readStream({ stream, afterVersion: 0, limit: 1 });
    if (first === undefined) return undefined;
    const { station } = JSON.parse(first.data) as { readonly station?: StationKey };
    if (station !== undefined) stationsOfTransactions.set(stream, station);
    return station;
  }

  async function stationIdOf(key: StationKey): Promise<string> {
    try {
      const state = bus.commands.stationNow(key) ?? (await bus.commands.station(key));
      return state.exists ? state.stationId : decodeURIComponent(key);
    } catch (error) {
      // Its state is a newer release's; what happened can be shown all the same.
      if (error instanceof UnknownEvent) return decodeURIComponent(key);
      throw error;
    }
  }

  /** Most values name no token: they need no walk. */
  const withTokens = (value: unknown): unknown =>
    JSON.stringify(value)?.includes(tokenReference) ? joined(value) : value;

  async function joined(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map(joined));
    if (typeof value !== "object" || value === null) return value;
    const shown: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      shown[name] = await joined(member);
      const outside = Object.hasOwn(tokenMembers, name) ? tokenMembers[name] : undefined;
      if (outside === undefined || typeof member !== "string") continue;
      const text = await bus.tokens.valueOf(member);
      if (text !== undefined) shown[outside] = text;
    }
    return shown;
  }

  return {
    stationOf,
    value: async (value) => (await withTokens(value)) as typeof value,
    event: async (event) => {
      const { cursor, type, schema, stream, version, meta } = event;
      const key = await stationOf(event);
      const data = await withTokens(
        categoryOf(stream) === "token" && !isErased(event)
          ? { tokenRef: keyOf(stream), ...(event.data as object) }
          : event.data,
      );
      const station = key === undefined ? {} : { stationId: await stationIdOf(key) };
      return { cursor, type, schema, stream, version, ...station, data, meta };
    },
  };
}

/** Part of the name of every member that holds a reference. */
const tokenReference = "okenRef";

/** What `Showing.value` makes of a shape: the documents say what is shown, at every depth. */
export function shownSchema(schema: TSchema): TSchema {
  if (schema.type === "array") return { ...schema, items: shownSchema(schema.items) } as TSchema;
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: schema.anyOf.map(shownSchema) };
  const given: Readonly<Record<string, TSchema>> | undefined = schema.properties;
  if (given === undefined) return schema;
  const properties: Record<string, TSchema> = {};
  for (const [name, member] of Object.entries(given)) properties[name] = shownSchema(member);
  for (const [ref, outside] of Object.entries(tokenMembers)) {
    if (Object.hasOwn(given, ref)) properties[outside] = Type.Optional(Type.String());
  }
  return { ...schema, properties };
}

function isErased(event: EventEnvelope): boolean {
  return event.type === "TokenRemoved";
}
