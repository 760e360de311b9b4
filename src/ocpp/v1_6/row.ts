// Rows of 1.6: message.ts's rows with the payloads of 1.6, so that a row names its action once.
import type { AuthorizationAnswer, EventDataOf, EventType } from "#core";
import type { Asked, FromStationRow, ToStationRow } from "../message.ts";
import type { Payloads16 } from "./payloads.gen.ts";

/** Name of an action of 1.6. */
export type Action = keyof Payloads16;
export type Request<A extends Action> = Payloads16[A]["request"];
export type Response<A extends Action> = Payloads16[A]["response"];

type From<A extends Action> = FromStationRow<Request<A>, Response<A>> & { readonly action: A };
type To<A extends Action, EventData> = ToStationRow<EventData, Request<A>, Response<A>> & {
  readonly action: A;
};

/** Writes a row for a CALL from the station. */
export function fromStation<A extends Action>(
  row: Omit<From<A>, "direction" | "action"> & { readonly action: A },
): From<A> {
  return { direction: "fromStation", ...row } as From<A>;
}

/** Writes a row for a CALL to the station that an event of ours asks for. */
export function toStation<A extends Action, T extends EventType>(
  row: Omit<To<A, EventDataOf<T>>, "direction" | "action" | "on"> & {
    readonly action: A;
    readonly on: T;
  },
): To<A, EventDataOf<T>> & { readonly on: T } {
  return { direction: "toStation", ...row } as To<A, EventDataOf<T>> & { readonly on: T };
}

/** Writes a row for a CALL that `RequestOcppCall` alone sends: its payload is the request. */
export function byCallOnly<A extends Action>(
  row: Pick<To<A, Request<A>>, "spec" | "priority" | "outcome"> & { readonly action: A },
): To<A, Request<A>> {
  return {
    direction: "toStation",
    ...row,
    request: (payload: Request<A>) => payload,
  } as unknown as To<A, Request<A>>;
}

/** The answer to "may this token charge?", where the row asked that. */
export function authorizationOf(asked: Asked): AuthorizationAnswer | undefined {
  return asked as AuthorizationAnswer | undefined;
}
