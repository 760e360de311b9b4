import { instantAfter, instantFrom } from "#bus";
import type { ApiParts } from "../parts.ts";

/** What every request to a station carries and no client says. */
export interface Minted {
  readonly requestId: string;
  readonly correlationId: string;
  readonly requestedAt: string;
  readonly deadline: string;
}

/** Mints them. A request that may wait for its station has its time from then on. */
export function mintedFields(
  { ids, clock, limits }: Pick<ApiParts, "ids" | "clock" | "limits">,
  asked: { readonly deadlineSeconds?: unknown; readonly validUntil?: unknown },
): Minted {
  const { deadlineSeconds, validUntil } = asked;
  const requestedAt = clock.now();
  const time =
    typeof deadlineSeconds === "number" ? deadlineSeconds * 1000 : limits.requestDeadlineMs;
  const waits = typeof validUntil === "string" ? instantFrom(validUntil) : undefined;
  const from = waits !== undefined && waits > requestedAt ? waits : requestedAt;
  return {
    requestId: ids.next(),
    correlationId: ids.next(),
    requestedAt,
    deadline: instantAfter(from, time),
  };
}
