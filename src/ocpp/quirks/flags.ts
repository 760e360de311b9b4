// Every quirk that a profile can say, each as data with a limit: the names of docs/quirks.md. Where
// one acts is written there and beside the code that reads it.
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { closed, oneOf } from "#core";

/** A part of JSON that a station breaks always in the same way. */
export const jsonRepairs = ["leadingComma", "missingValue"] as const;
export type JsonRepair = (typeof jsonRepairs)[number];

const seconds = (most: number, least = 1) => Type.Integer({ minimum: least, maximum: most });
const name = (maxLength = 50) => Type.String({ minLength: 1, maxLength });
const names = Type.Array(name(), { maxItems: 50 });
const hour = 3_600;
const mark = Type.String({ minLength: 1, maxLength: 40 });

/** How a reader's text becomes a token: each member is one step, in this order. */
const TokenCleaning = closed({
  keepAfter: Type.Optional(mark),
  cutAt: Type.Optional(mark),
  dropPrefix: Type.Optional(mark),
  dropSuffix: Type.Optional(mark),
  dropLeadingZeros: Type.Optional(Type.Boolean()),
  reverseBytes: Type.Optional(Type.Boolean()),
  lengthMax: Type.Optional(Type.Integer({ minimum: 4, maximum: 255 })),
});
export type TokenCleaning = Static<typeof TokenCleaning>;

/** Shapes of the quirks; each may be absent. */
export const quirkShapes = {
  defaultProtocol: name(20),
  idSegments: Type.Integer({ minimum: 1, maximum: 8 }),
  passwordAs: oneOf("hex"),
  pingIntervalSeconds: seconds(hour, 0),
  silenceSeconds: seconds(30 * 24 * hour, 10),
  receivedFrameBytesMax: Type.Integer({ minimum: 1_024, maximum: 16_777_216 }),
  sentFrameBytesMax: Type.Integer({ minimum: 256, maximum: 16_777_216 }),
  repairJson: Type.Array(oneOf(...jsonRepairs), { minItems: 1, maxItems: 10 }),
  callTimeoutSeconds: Type.Record(name(), seconds(hour)),
  neverSend: names,
  connectorIdFor: names,
  triggerBootAfterSeconds: seconds(hour),
  pollMeterValuesSeconds: seconds(24 * hour, 10),
  bootIntervalSeconds: seconds(24 * hour),
  neverPending: Type.Boolean(),
  tokenCleaning: TokenCleaning,
  ignoreStopZero: Type.Boolean(),
  connectorZeroIs: Type.Integer({ minimum: 1, maximum: 200 }),
  totalFromPhases: names,
  registerPerSession: Type.Boolean(),
  meterContexts: Type.Record(name(), Type.Union([name(), Type.Null()])),
  meterToleranceWh: Type.Integer({ minimum: 0, maximum: 10_000 }),
  meterUnits: Type.Record(name(), name(20)),
  registerUnit: oneOf("Wh", "kWh"),
  advice: Type.Array(name(300), { maxItems: 10 }),
} as const satisfies Readonly<Record<string, TSchema>>;

/** Name of a quirk. */
export type QuirkName = keyof typeof quirkShapes;

/** What is different about a station; nothing at all for most. */
export type Quirks = {
  readonly [K in QuirkName]?: Static<(typeof quirkShapes)[K]> | undefined;
};

/** A station without any. */
export const noQuirks: Quirks = Object.freeze({});

/** As a profile or an operator writes them: `null` takes back what a profile before says. */
export const QuirksSchema = closed(
  Object.fromEntries(
    Object.entries(quirkShapes).map(([flag, shape]) => [
      flag,
      Type.Optional(Type.Union([shape, Type.Null()])),
    ]),
  ),
);
export type WrittenQuirks = { readonly [K in QuirkName]?: Quirks[K] | null };
