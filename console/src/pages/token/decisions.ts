import type { Item } from "../../api/call.ts";

type Event = Item<"getTokensByUidEvents">;

/** What was decided about a token at a time; nothing set: it was taken off the list. */
export interface Decision {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly set?: Terms;
}

type Terms = Pick<Item<"getTokens">, "status" | "groupToken" | "expiresAt" | "concurrency">;

/** The decisions in a token's events, the latest first. */
export function decisionsIn(events: readonly Event[]): readonly Decision[] {
  return events
    .filter(({ type }) => type === "TokenSet" || type === "TokenRemoved")
    .map(({ version, type, data, meta }) => ({
      version,
      at: meta.recordedAt,
      by: meta.actor.id,
      ...(type === "TokenSet" ? { set: data as Terms } : {}),
    }))
    .reverse();
}
