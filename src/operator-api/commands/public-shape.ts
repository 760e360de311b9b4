import { type TObject, type TSchema, Type } from "@sinclair/typebox";
import { chargingStation, oneOf } from "#core";
import type { PublicCommand, PublicRequest } from "./publicity.ts";

/** Text of a token as a person knows it; the log holds a reference in its place. */
const TokenText = Type.String({
  minLength: 1,
  maxLength: 255,
  description: "the token's value, for example the number that a card shows to the reader",
});

/** What the outside calls a member that holds a token's reference. */
export const tokenMembers: Readonly<Record<string, string>> = {
  tokenRef: "identifyingToken",
  groupTokenRef: "groupToken",
};

/** What the API mints for every request, and the client does not say. */
const minted: readonly string[] = ["requestId", "correlationId", "requestedAt", "deadline"];

interface Exception {
  /** Minted too, for this one. */
  readonly minted?: readonly string[];
  /** What stands where the client says nothing. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly needsOneOf?: readonly string[];
  /** Members that take a word of a list which only the running program knows. */
  readonly words?: Readonly<Record<string, "protocols">>;
}

/** Words that only the running program knows. */
export interface KnownWords {
  /** Versions of OCPP that the gateway speaks. */
  readonly protocols?: readonly string[];
  /** Shapes of members that another room reads. */
  readonly shapes?: Readonly<Record<string, TSchema>>;
}

/** Where a public shape is not simply the row's shape without what is minted. */
export const exceptions: { readonly [K in PublicCommand | PublicRequest]?: Exception } = {
  RequestReserveNow: { minted: ["reservationId"] },
  RequestConfigurationItems: { defaults: { keys: [] } },
  RequestCancelReservation: { needsOneOf: ["reservationId", "reservationNumber"] },
  SetDefaultProtocol: { words: { protocol: "protocols" } },
  RequestStopTransaction: { needsOneOf: ["transactionId", "transactionNumber"] },
};

const deadlineSeconds = Type.Integer({
  minimum: 1,
  maximum: 86_400,
  description: "seconds from sending to the end of waiting for the answer and what follows from it",
});

/** Shape of a command as the API takes it: `type`, and the row's members under outside names. */
export function publicShape(type: PublicCommand | PublicRequest, known: KnownWords = {}): TObject {
  const row: TSchema = chargingStation.commands[type].data;
  const exception = exceptions[type];
  const isRequest = type.startsWith("Request");
  const left = [...(isRequest ? minted : []), ...(exception?.minted ?? [])];
  const { properties, required } = membersOf(row);
  const members: Record<string, TSchema> = { type: Type.Literal(type) };
  for (const [name, schema] of Object.entries(properties)) {
    if (left.includes(name)) continue;
    const defaults = exception?.defaults ?? {};
    const needed = required.includes(name) && !Object.hasOwn(defaults, name);
    const words = exception?.words?.[name];
    const choices = words === undefined ? undefined : known[words];
    const shape = known.shapes?.[name] ?? schema;
    const outside = choices === undefined ? outsideSchema(name, shape) : oneOf(...choices);
    members[tokenMembers[name] ?? name] = needed ? outside : Type.Optional(outside);
  }
  if (isRequest) members.deadlineSeconds = Type.Optional(deadlineSeconds);
  const { needsOneOf } = exception ?? {};
  return Type.Object(members, {
    additionalProperties: false,
    title: type,
    ...(needsOneOf === undefined
      ? {}
      : {
          "x-needs-one-of": needsOneOf,
          description: `Needs one of ${needsOneOf.join(", ")}.`,
        }),
  });
}

/** Members of an object, or of a union of objects: those of all, needed where all need them. */
function membersOf(schema: TSchema): {
  readonly properties: Record<string, TSchema>;
  readonly required: readonly string[];
} {
  const variants: readonly TSchema[] = schema.anyOf ?? [schema];
  const properties = Object.assign({}, ...variants.map((variant) => variant.properties ?? {}));
  const required = Object.keys(properties).filter((name) =>
    variants.every((variant) => ((variant.required ?? []) as string[]).includes(name)),
  );
  return { properties, required };
}

/** The same shape with token references replaced by values, at any depth. */
export function outsideSchema(name: string, schema: TSchema): TSchema {
  if (Object.hasOwn(tokenMembers, name)) return TokenText;
  if (schema.type === "array") {
    const { items, ...rest } = schema;
    return { ...rest, items: outsideSchema("", items) } as unknown as TSchema;
  }
  const properties: Record<string, TSchema> | undefined = schema.properties;
  if (schema.type !== "object" || properties === undefined) return schema;
  if (!Object.keys(properties).some((member) => Object.hasOwn(tokenMembers, member))) return schema;
  const required: readonly string[] = schema.required ?? [];
  const renamed = Object.entries(properties).map(([member, part]) => {
    const outside = outsideSchema(member, part);
    return [
      tokenMembers[member] ?? member,
      required.includes(member) ? outside : Type.Optional(outside),
    ];
  });
  return Type.Object(Object.fromEntries(renamed), { additionalProperties: false });
}

/** A choice of shapes that `type` tells apart. */
export function choiceOf(shapes: readonly TObject[]): TSchema {
  return Type.Unsafe<{ readonly type: string } & Record<string, unknown>>({
    oneOf: shapes,
    discriminator: { propertyName: "type" },
  });
}
