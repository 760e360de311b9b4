import type { Item } from "./house.ts";

/** An event as the API shows it. */
export interface StoredEvent {
  readonly type: string;
  readonly stream: string;
  readonly data: Item;
}

/** The story's name of each transaction: A is the first that the log learned of. */
export function namesOf(events: readonly StoredEvent[]): ReadonlyMap<string, string> {
  const begun = events.filter(({ type }) => type === "TransactionStarted");
  const ids = begun.map(({ stream }) => stream.replace(/^transaction\//, ""));
  return new Map(ids.map((id, n) => [id, String.fromCharCode(65 + n)]));
}
