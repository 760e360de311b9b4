import type { Static, TSchema } from "@sinclair/typebox";
import { appendBounded, bounds } from "../bounds.ts";
import { commandRows, type EventRow, type EventsOf } from "../kernel/decider.ts";
import type { DecidedEvent } from "../kernel/message.ts";
import { type Rejection, reject } from "../kernel/rejection.ts";
import { closed } from "../values/common.ts";
import { type Completion, requestFields } from "../values/outcome.ts";
import type { AwaitedFollowUp, StationState } from "./state.ts";

type FollowUp = Omit<AwaitedFollowUp, "requestId" | "correlationId" | "deadline">;

interface Asked {
  readonly requestId: string;
  readonly correlationId: string;
  readonly deadline: string;
  readonly validUntil?: string;
}

/** Shape of a request: what every request carries and what this one asks. */
export function requestOf<P extends Record<string, TSchema>>(properties: P) {
  return closed({ ...requestFields, ...properties });
}

/** Event row of a request: from now on it is outstanding, under the target that `about` names. */
export function requested<S extends TSchema>(
  data: S,
  about: {
    readonly type: string;
    readonly target: (data: Static<S>) => string;
    /** What the station must do beyond answering, if it accepts. */
    readonly awaits?: (data: Static<S>) => FollowUp;
  },
): EventRow<StationState, S> {
  return {
    data,
    schema: 1,
    request: true,
    evolve: (state, data) => {
      const { requestId, correlationId, deadline, validUntil } = data as Asked;
      const target = about.target(data);
      const request = { requestId, type: about.type, target, correlationId, deadline, validUntil };
      const requests = [...state.requests, request];
      if (about.awaits === undefined) return { ...state, requests };
      const awaited = { requestId, correlationId, deadline, ...about.awaits(data) };
      return {
        ...state,
        requests,
        awaited: appendBounded<AwaitedFollowUp>(state.awaited, awaited, bounds.awaitedFollowUps),
      };
    },
  };
}

type Superseded = EventsOf<{ readonly RequestCompleted: { readonly data: typeof Completion } }>;

/** Writes command rows that ask the station; they may also end older requests. */
export function askingRows<Events extends Readonly<Record<string, { data: TSchema }>>>() {
  return commandRows<StationState, Events & { RequestCompleted: { data: typeof Completion } }>();
}

/**
 * Asks the station: the request's event, preceded by the end of those of the same type and target
 * that are still waiting to be sent.
 */
export function ask<E extends DecidedEvent>(
  station: StationState,
  event: E,
  target: string,
): readonly (E | Superseded)[] | Rejection {
  const { requestId } = event.data as Asked;
  if (station.requests.some((request) => request.requestId === requestId)) return [];
  const older = station.requests.filter(
    (request) =>
      request.type === event.type && request.target === target && request.epoch === undefined,
  );
  if (station.requests.length - older.length >= bounds.outstandingRequests) {
    return reject("TooManyRequests");
  }
  if (hasFollowUp.has(event.type) && awaitsTooMuch(station, older)) {
    return reject("TooManyRequests", "of those whose consequence is awaited");
  }
  return [...older.map((request) => superseded(request.requestId, event)), event];
}

/** Requests that the station must follow up; see `awaits` of their event rows. */
const hasFollowUp: ReadonlySet<string> = new Set([
  "StartTransactionRequested",
  "StopTransactionRequested",
  "TriggerMessageRequested",
]);

function awaitsTooMuch(station: StationState, older: readonly Pick<Asked, "requestId">[]) {
  const ending = new Set(older.map((request) => request.requestId));
  const staying = station.awaited.filter((entry) => !ending.has(entry.requestId));
  return staying.length >= bounds.awaitedFollowUps;
}

function superseded(requestId: string, by: DecidedEvent): Superseded {
  const { requestedAt } = by.data as { requestedAt: string };
  return { type: "RequestCompleted", data: { requestId, outcome: "superseded", at: requestedAt } };
}
