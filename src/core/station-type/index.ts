// The catalogue of station types: what a vendor's model consists of, written once for all of them.
import { Type } from "@sinclair/typebox";
import { bounds } from "../bounds.ts";
import { commandRows, type Decider, eventRows } from "../kernel/decider.ts";
import { atOffice } from "../kernel/office.ts";
import { reject } from "../kernel/rejection.ts";
import { same } from "../kernel/same.ts";
import { closed, shortText } from "../values/common.ts";
import { encoded } from "../values/encoded.ts";
import { Evse, listedTwice } from "../values/evse.ts";

const name = Type.String({ minLength: 1, maxLength: 100 });

const definition = {
  vendor: name,
  model: name,
  evses: Type.Array(Evse, { minItems: 1, maxItems: bounds.evses }),
  /** Configuration keys that a station of this type gets at its first acceptance. */
  configuration: Type.Optional(
    Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 10_000 })),
  ),
};

export interface StationTypeState {
  /** Counts the definitions; a configured station remembers which one it came from. */
  readonly revision: number;
  readonly defined: boolean;
  readonly definition?: unknown;
}

const event = eventRows<StationTypeState>();

const events = {
  StationTypeDefined: event(
    closed({ ...definition, revision: Type.Integer() }),
    (_state, { revision, ...definition }) => ({ revision, defined: true, definition }),
  ),
  StationTypeRemoved: event(closed({ vendor: shortText(), model: shortText() }), (state) => ({
    ...state,
    defined: false,
  })),
};

const command = commandRows<StationTypeState, typeof events>();

const commands = {
  DefineStationType: command({
    data: closed(definition),
    guards: atOffice,
    decide: (data, type) => {
      const twice = listedTwice(data.evses);
      if (twice !== undefined) return reject(twice);
      // The same again is no new revision: it must not offer every station a reconfiguration.
      if (type.defined && same(type.definition, data)) return [];
      const revision = type.revision + 1;
      return [{ type: "StationTypeDefined", data: { ...data, revision } }];
    },
  }),
  RemoveStationType: command({
    data: events.StationTypeRemoved.data,
    guards: atOffice,
    decide: (data, type) =>
      type.defined ? [{ type: "StationTypeRemoved", data }] : reject("TypeNotFound"),
  }),
};

/** Key of a type: vendor and model without regard to case and outer blanks. */
export function stationTypeKey(vendor: string, model: string): string {
  return `${folded(vendor)}|${folded(model)}`;
}

function folded(text: string): string {
  return encoded(text.normalize("NFC").trim().toLowerCase());
}

export type StationTypeCommands = typeof commands;
export type StationTypeEvents = typeof events;

/** Stream `station-type/{vendor|model}`. */
export const stationType = {
  category: "station-type",
  initialState: { revision: 0, defined: false },
  commands,
  events,
} satisfies Decider<StationTypeState>;
