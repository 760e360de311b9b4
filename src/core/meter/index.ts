// Samples outside any transaction: one stream per station, nothing to decide.
import { Type } from "@sinclair/typebox";
import { commandRows, type Decider, eventRows, type Guard } from "../kernel/decider.ts";
import { reject } from "../kernel/rejection.ts";
import { closed, Instant } from "../values/common.ts";
import { MeterSample } from "../values/meter-sample.ts";

/** Nothing is remembered of a meter but its events. */
export type MeterState = Readonly<Record<string, never>>;

const Samples = closed({
  /** 0: the station's main meter (connector 0 on a 1.x wire). */
  evseId: Type.Integer({ minimum: 0 }),
  samples: Type.Array(MeterSample, { maxItems: 100_000 }),
  at: Instant,
});

const fromStation: Guard<MeterState> = ({ actor, permission }) =>
  actor.kind === "station" ? undefined : reject("ReservedForStations", permission);

const events = { IdleMeterValuesSampled: eventRows<MeterState>()(Samples, null) };

const commands = {
  RecordIdleMeterValues: commandRows<MeterState, typeof events>()({
    data: Samples,
    guards: fromStation,
    decide: (data) => (data.samples.length > 0 ? [{ type: "IdleMeterValuesSampled", data }] : []),
  }),
};

export type MeterCommands = typeof commands;
export type MeterEvents = typeof events;

/** Stream `meter/{station key}`. */
export const meter = {
  category: "meter",
  initialState: {},
  commands,
  events,
} satisfies Decider<MeterState>;
