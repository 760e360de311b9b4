import { present, toChargingStation } from "#core";
import type { AnswerContext, RequestEnd } from "../message.ts";

/** What a station must do beyond its answer. */
interface FollowUp {
  readonly kind: "start" | "stop" | "trigger";
  readonly tokenRef?: string;
  readonly evseId?: number;
  readonly transactionId?: string;
  readonly message?: string;
}

/**
 * A named request awaits its follow-up from its own event on; one sent by `RequestOcppCall` does so
 * from the station's consent on.
 */
export function awaitFollowUp(
  end: RequestEnd,
  context: AnswerContext,
  followUp: FollowUp,
): RequestEnd {
  const { state, key, requestId, asked } = context;
  const request = state.requests.find((entry) => entry.requestId === requestId);
  if (asked !== undefined || end.outcome !== "accepted" || request === undefined) return end;
  const { correlationId, deadline } = request;
  const data = present({ requestId, correlationId, deadline, ...followUp });
  return { ...end, commands: [toChargingStation(key, "RecordFollowUpAwaited", data)] };
}
