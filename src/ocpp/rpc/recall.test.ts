// What a state has forgotten is found in the log: in a bounded part of it, and only once.
import { describe, expect, it } from "vitest";
import { encode, type StoredEvent } from "#bus";
import { type Forgotten, streams } from "#core";
import { createRecall } from "./recall.ts";

const station = "cp01";
const at = "2026-05-04T10:00:00.000Z";

function opened(n: number): Omit<StoredEvent, "position"> {
  const data = { transactionId: `tx${n}`, transactionNumber: n, evseId: 1, startedAt: at, at };
  const event = encode({ type: "TransactionOpened", data }, "{}");
  return { ...event, stream: streams.chargingStation(station), version: n };
}

function sampled(n: number): Omit<StoredEvent, "position"> {
  const event = encode({ type: "MeterValuesSampled", data: { samples: [], at } }, "{}");
  return { ...event, stream: streams.transaction("tx1"), version: n };
}

/** A log of these events, which counts how often it was read. */
function logOf(events: readonly Omit<StoredEvent, "position">[]) {
  const stored = events.map((event, n): StoredEvent => ({ ...event, position: n + 1 }));
  const newestFirst = stored.toReversed();
  const log = {
    reads: 0,
    readStation: async (query: {
      readonly before?: number | undefined;
      readonly limit: number;
    }) => {
      log.reads += 1;
      const { before = stored.length + 1, limit } = query;
      return newestFirst.filter(({ position }) => position < before).slice(0, limit);
    },
  };
  return log;
}

function number(n: number, more: Partial<Forgotten> = {}): Forgotten {
  const is: Forgotten["is"] = ({ transactionNumber }) => transactionNumber === n;
  return { key: `number ${n}`, isFinal: true, is, ...more };
}

const limits = { recallEventsMax: 1_000, recalledTransactionsMax: 10 };
const noise = (count: number) => Array.from({ length: count }, (_none, n) => sampled(n + 1));

describe("recall", () => {
  it("finds it behind many other events, and reads no more once it is known", async () => {
    const store = logOf([opened(1), ...noise(900)]);
    const recall = createRecall({ store, limits });
    expect(await recall.find(station, number(1))).toMatchObject({ transactionId: "tx1" });
    const { reads } = store;
    expect(await recall.find(station, number(1))).toMatchObject({ transactionId: "tx1" });
    expect(store.reads).toBe(reads);
  });
  it("looks at a bounded part of the log", async () => {
    const store = logOf([opened(1), ...noise(3_000)]);
    expect(await createRecall({ store, limits }).find(station, number(1))).toBeUndefined();
    expect(store.reads).toBe(2);
  });
  it("looks again for what may still come, and not for what never will", async () => {
    const store = logOf(noise(3));
    const recall = createRecall({ store, limits });
    for (let time = 0; time < 3; time++) await recall.find(station, number(1));
    expect(store.reads).toBe(1);
    for (let time = 0; time < 3; time++) await recall.find(station, number(2, { isFinal: false }));
    expect(store.reads).toBe(4);
  });
});
