import { type Static, Type } from "@sinclair/typebox";
import { closed, Instant, oneOf, shortText } from "./common.ts";

/**
 * How a request to a station ended. `failed` is a CALLERROR; `timedOut` was sent and may have been
 * executed; `stationOffline` was never sent; `superseded` gave way to a newer one.
 */
export const Outcome = oneOf(
  "accepted",
  "rejected",
  "notSupported",
  "failed",
  "timedOut",
  "stationOffline",
  "superseded",
);
export type Outcome = Static<typeof Outcome>;

/** What every request to a station carries besides its own data; minted by who asks. */
export const requestFields = {
  requestId: Type.String({ minLength: 1, maxLength: 64 }),
  correlationId: Type.String({ minLength: 1, maxLength: 64 }),
  requestedAt: Instant,
  /** Until when an answer, and what must follow from it, is awaited. */
  deadline: Instant,
  /** Given: the request waits for the station's next connection until then. */
  validUntil: Type.Optional(Instant),
};

/** The one end of a request: data of `RequestCompleted`. */
export const Completion = closed({
  requestId: Type.String(),
  outcome: Outcome,
  /** The station's own word, for example `RebootRequired`. */
  status: Type.Optional(shortText(100)),
  /** What else the station said, in our terms. */
  result: Type.Optional(Type.Unknown()),
  at: Instant,
});
