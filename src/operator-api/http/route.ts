import type { Static, TSchema } from "@sinclair/typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../access/principal.ts";
import type { Sending } from "../commands/sending.ts";
import type { Door } from "./doors.ts";

/** One request to the API after its parts were checked. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly principal: Principal;
  /** What the route has said that it sends. */
  readonly sends: readonly Sending[];
  /** The client's name for this request; the same again has no second effect. */
  readonly idempotencyKey?: string | undefined;
  /** Seconds that the client wants to wait for the outcome (`Prefer: wait=30`). */
  readonly waitSeconds?: number | undefined;
  readonly raw: { readonly request: FastifyRequest; readonly reply: FastifyReply };
}

/** What a route answers. A stream that a route writes itself is `taken`. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | "taken";

export interface Route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly door?: Door;
  /**
   * Every command that it sends, but for those to a station that is there and to its transactions:
   * these know what is permitted on it alone.
   */
  readonly sends?: readonly Sending[];
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Schema of the answer's body by status. */
  readonly answers: Readonly<Record<number, TSchema>>;
  /** Media type of the answer where it is not JSON. */
  readonly produces?: readonly string[];
  handle(call: Call<Static<P>, Static<Q>, Static<B>>): Promise<Answer>;
}

/** A route without the types of its parts, as the server mounts it. */
export interface AnyRoute extends Omit<Route, "handle"> {
  handle(call: Call<never, never, never>): Promise<Answer>;
}

/** Writes a route; the types of its parts come from their schemas. */
export function route<P extends TSchema, Q extends TSchema, B extends TSchema>(
  declared: Route<P, Q, B>,
): AnyRoute {
  return declared as unknown as AnyRoute;
}

/** A kind of thing that the API shows: its routes under one name. */
export interface Resource {
  readonly tag: string;
  readonly description: string;
  readonly routes: readonly AnyRoute[];
}

/** `getChargingStations`, `postChargingStationsRequests` … : stable names for generated clients. */
export function operationIdOf({ method, path }: Pick<AnyRoute, "method" | "path">): string {
  const words = path
    .replace(/^\/api\/v1/, "")
    .split(/[/.-]/)
    .filter((word) => word !== "")
    .map((word) => word.replace(/^\{(\w+)\}$/, "by-$1"))
    .flatMap((word) => word.split("-"));
  const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${method.toLowerCase()}${camel.join("")}`;
}
