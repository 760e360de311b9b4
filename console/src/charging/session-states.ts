import type { Item } from "../api/call.ts";
import type { TextKey } from "../strings/translate.ts";

/** How a session stands, in the API's word. */
export type SessionState = Item<"getTransactions">["state"];

/** Our words for it. */
export const sessionStates = {
  active: "sessions.active",
  ended: "sessions.ended",
  estimated: "sessions.estimated",
} as const satisfies Record<SessionState, TextKey>;
