// Looks into the log for a transaction that its station's state has forgotten: newest first, a
// bounded part of it, and once for each that is asked for.
import { createLru, decode, type EventStore, type Lru } from "#bus";
import {
  type EventDataOf,
  type Forgotten,
  type KnownTransaction,
  recalled,
  type StationKey,
} from "#core";
import type { Limits } from "#limits";

/** What the log remembers of forgotten transactions. */
export interface Recall {
  find(station: StationKey, wanted: Forgotten): Promise<KnownTransaction | undefined>;
}

const pageSize = 500;
const nothing = "nothing";

export function createRecall(parts: {
  readonly store: Pick<EventStore, "readStation">;
  readonly limits: Pick<Limits, "recallEventsMax" | "recalledTransactionsMax">;
}): Recall {
  const { store, limits } = parts;
  const found: Lru<string, KnownTransaction | typeof nothing> = createLru(
    limits.recalledTransactionsMax,
  );

  async function search(station: StationKey, wanted: Forgotten) {
    const closed = new Map<string, EventDataOf<"TransactionClosed">>();
    let before: number | undefined;
    for (let seen = 0; seen < limits.recallEventsMax; seen += pageSize) {
      const page = await store.readStation({ station, before, limit: pageSize });
      for (const stored of page) {
        if (stored.type === "TransactionClosed") {
          const data = decode(stored).data as EventDataOf<"TransactionClosed">;
          closed.set(data.transactionId, data);
        } else if (stored.type === "TransactionOpened") {
          const opened = decode(stored).data as EventDataOf<"TransactionOpened">;
          if (wanted.is(opened)) return recalled(opened, closed.get(opened.transactionId));
        }
      }
      if (page.length < pageSize) return undefined;
      before = page.at(-1)?.position;
    }
    return undefined;
  }

  return {
    find: async (station, wanted) => {
      const key = `${station} ${wanted.key}`;
      const known = found.get(key);
      if (known !== undefined) return known === nothing ? undefined : known;
      const transaction = await search(station, wanted);
      if (transaction !== undefined || wanted.isFinal) found.set(key, transaction ?? nothing);
      return transaction;
    },
  };
}
