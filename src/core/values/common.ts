import { type Static, Type } from "@sinclair/typebox";

/** Instant, ISO 8601 in UTC with milliseconds; its order as text is its order in time. */
export const Instant = Type.String({
  format: "date-time",
  description: "ISO 8601 instant",
  examples: ["2026-05-04T10:15:00.000Z"],
});

/** What a thing is about: the station as a whole or one EVSE. */
export const Target = Type.Union([
  Type.Object({ of: Type.Literal("station") }, { additionalProperties: false }),
  Type.Object(
    { of: Type.Literal("evse"), evseId: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
]);
export type Target = Static<typeof Target>;

/** The station as a whole (connector 0 on a 1.x wire). */
export const wholeStation: Target = { of: "station" };

/** One EVSE of it. */
export function oneEvse(evseId: number): Target {
  return { of: "evse", evseId };
}

/** The station where no EVSE is named, else that EVSE. */
export function targetOf(evseId: number | undefined): Target {
  return evseId === undefined ? wholeStation : oneEvse(evseId);
}

/** Text of a target, to compare and to key by: `station` or `evse 2`. */
export function targetName(target: Target): string {
  return target.of === "station" ? "station" : `evse ${target.evseId}`;
}

/** An object whose unknown members are refused, named in the error. */
export function closed<T extends Parameters<typeof Type.Object>[0]>(properties: T) {
  return Type.Object(properties, { additionalProperties: false });
}

/** A choice of words. The pattern says it again, for checkers that TypeBox compiles. */
export function oneOf<const T extends readonly string[]>(...words: T) {
  const literally = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = `^(?:${literally.join("|")})$`;
  return Type.Unsafe<T[number]>(Type.String({ enum: [...words], pattern }));
}

/** Random reference of a token; the token's value is in the vault alone. */
export const TokenRef = Type.String({
  minLength: 1,
  maxLength: 64,
  description: "token reference",
});

/** EVSE number, from 1. */
export const EvseId = Type.Integer({ minimum: 1 });

/** Text of the outside world, cut to a length that a log can bear. */
export function shortText(maxLength = 500) {
  return Type.String({ maxLength });
}
