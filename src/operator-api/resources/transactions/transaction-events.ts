import type { StoredEvent } from "#bus";
import { streams } from "#core";
import type { Item } from "#views";
import type { Api } from "../../api.ts";

/** Requests that asked for a session's end, and events of each, that are looked at. */
const requestsMax = 20;
const eventsOfRequestMax = 100;

/** Events of a transaction, and where to read on. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly next?: string | undefined;
}

/**
 * The transaction's own stream, page by page, with the events of the requests about it at their
 * place in the log. `next` names the version and the position that a page ended with.
 */
export async function eventsOf(
  api: Api,
  transaction: Item,
  asked: { readonly after: string | undefined; readonly limit: number },
): Promise<EventPage> {
  const [version = 0, position = 0] = (asked.after ?? "").split("-").map(Number);
  const stream = streamOf(transaction);
  const limit = asked.limit + 1;
  const own = await api.store.readStream({ stream, afterVersion: version, limit });
  const page = own.slice(0, asked.limit);
  const last = own.length > page.length ? page.at(-1) : undefined;
  const until = last?.position ?? Number.POSITIVE_INFINITY;
  const others = await eventsOfRequests(api, transaction);
  const between = others.filter((one) => one.position > position && one.position <= until);
  const events = [...page, ...between].sort((one, other) => one.position - other.position);
  return last === undefined ? { events } : { events, next: `${last.version}-${last.position}` };
}

/** Name of the transaction's own stream. */
export function streamOf({ transactionId }: Item): string {
  return streams.transaction(String(transactionId));
}

/** What the requests that began a transaction, or asked for its end, share with what followed. */
export async function correlationsOf({ queries }: Api, transaction: Item): Promise<Set<string>> {
  const { transactionId, startCorrelationId, stopCorrelationId } = transaction;
  const filter = { transactionId: String(transactionId) };
  const found = await queries.list("requests", { filter, limit: requestsMax });
  const requests = "items" in found ? found.items : [];
  const all = [startCorrelationId, stopCorrelationId, ...requests.map((one) => one.correlationId)];
  return new Set(all.filter((one) => typeof one === "string"));
}

/** The events of those requests that are not the transaction's own. */
export async function eventsOfRequests(api: Api, transaction: Item): Promise<StoredEvent[]> {
  const stream = streamOf(transaction);
  const correlations = [...(await correlationsOf(api, transaction))];
  const found = await Promise.all(
    correlations.map((correlationId) =>
      api.store.readCorrelation({ correlationId, after: 0, limit: eventsOfRequestMax }),
    ),
  );
  return found.flat().filter((one) => one.stream !== stream);
}
