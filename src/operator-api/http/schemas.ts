import { type TSchema, Type } from "@sinclair/typebox";
import { closed } from "#core";

/** Who acted, why and when. */
const Meta = Type.Object({
  recordedAt: Type.String({ format: "date-time" }),
  actor: Type.Object({ kind: Type.String(), id: Type.String() }),
  correlationId: Type.Optional(Type.String()),
  causationId: Type.Optional(Type.String()),
  stationTime: Type.Optional(Type.String()),
  protocol: Type.Optional(Type.String()),
});

/** An event as the API shows it. */
export const EventDocument = Type.Object({
  cursor: Type.String({ description: "opaque; read on after it" }),
  type: Type.String(),
  schema: Type.Integer(),
  stream: Type.String(),
  version: Type.Integer(),
  stationId: Type.Optional(Type.String()),
  data: Type.Unknown(),
  meta: Meta,
});

/** What a command answers. */
export const Committed = Type.Object({
  cursor: Type.String({ description: "the log's place after this command" }),
  events: Type.Array(EventDocument),
});

/** A page of a list. */
export function pageOf(item: TSchema): TSchema {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: "hand it back as `after` for the next page" })),
  });
}

/** Part of the address that names a station. */
export const stationParams = closed({
  stationId: Type.String({ minLength: 1, maxLength: 255 }),
});

/** Answer of nothing but the status. */
export const Nothing = Type.Null({ description: "no body" });
