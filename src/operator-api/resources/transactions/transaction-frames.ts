import { instantAfter, type StoredEvent } from "#bus";
import { type EventMeta, stationKey } from "#core";
import type { Item } from "#views";
import type { Api } from "../../api.ts";
import type { MessageLook } from "../../live/message-page.ts";
import { correlationsOf, eventsOfRequests, streamOf } from "./transaction-events.ts";

const readAtOnce = 500;

/** A call may be answered that long after it was sent, and is in the frame log from then on. */
const marginMs = 300_000;

/**
 * Where the frames of a transaction are in the log, and which they are: those that name it, as
 * every version of OCPP does, and those of the requests about it.
 */
export async function framesOf(api: Api, transaction: Item): Promise<Omit<MessageLook, "limit">> {
  const [correlations, earliest, latest] = await Promise.all([
    correlationsOf(api, transaction),
    beganAt(api, transaction),
    endedAt(api, transaction),
  ]);
  const since = earliest === undefined ? "" : instantAfter(earliest, -marginMs);
  const isNamed = naming(transaction);
  return {
    station: stationKey(String(transaction.stationId)),
    // Ids begin with their day: nothing of it comes after this.
    before: latest && `${instantAfter(latest, marginMs).slice(0, 10)}-zzzzzzzz`,
    isPast: ({ at }) => at < since,
    isWanted: ({ call, answer, correlationId }) =>
      (correlationId !== undefined && correlations.has(correlationId)) ||
      isNamed(call) ||
      isNamed(answer),
  };
}

function naming(transaction: Item): (text: string | undefined) => boolean {
  const { transactionId, transactionNumber, wireTransactionNumber } = transaction;
  const numbers = [transactionNumber, wireTransactionNumber].filter((one) => one !== undefined);
  const names = new Set([JSON.stringify(transactionId), ...numbers.map(String)]);
  return (text = "") =>
    [...text.matchAll(/"transactionId"\s*:\s*("[^"]*"|-?\d+)/g)].some(([, name = ""]) =>
      names.has(name),
    );
}

/** When the first that we know of it was recorded: a station may tell of it long after. */
async function beganAt(api: Api, transaction: Item): Promise<string | undefined> {
  const stream = streamOf(transaction);
  const own = await api.store.readStream({ stream, afterVersion: 0, limit: 1 });
  const others = await eventsOfRequests(api, transaction);
  return [...own, ...others].map(recordedAt).sort()[0];
}

/** When the last of it was recorded; undefined: it goes on, or is so long that nobody looked. */
async function endedAt({ store, limits }: Api, transaction: Item): Promise<string | undefined> {
  if (transaction.state === "active") return undefined;
  const stream = streamOf(transaction);
  let last: StoredEvent | undefined;
  for (let read = 0; read < limits.eventScanMax; read += readAtOnce) {
    const page: readonly StoredEvent[] = await store.readStream({
      ...{ stream, afterVersion: last?.version ?? 0, limit: readAtOnce },
    });
    last = page.at(-1) ?? last;
    if (page.length < readAtOnce) return last && recordedAt(last);
  }
  return undefined;
}

function recordedAt({ meta }: StoredEvent): string {
  return (JSON.parse(meta) as EventMeta).recordedAt;
}
