import { expect, it } from "vitest";
import { StoreUnavailable, UnitRefused } from "#bus";
import { CommitQueue, type CommitQueueOptions } from "./commit-queue.ts";

interface Item {
  readonly name: string;
  readonly keys?: readonly string[];
  readonly weight?: number;
}

/** A queue that answers each item's name, and the batches that it sent. */
function queueWith(options: Partial<CommitQueueOptions<Item, string>> = {}) {
  const sent: string[][] = [];
  const queue = new CommitQueue<Item, string>({
    send: async (batch) => {
      sent.push(batch.map(({ name }) => name));
      if (batch.some(({ name }) => name === "poison")) throw new UnitRefused("poison");
      return batch.map(({ name }) => name);
    },
    keysOf: ({ keys }) => keys,
    batchMax: 4,
    queueMax: 20,
    ...options,
  });
  const addAll = (items: readonly Item[]) => Promise.allSettled(items.map((one) => queue.add(one)));
  return { queue, sent, addAll };
}

it("puts what shares a key into batches of their own, and lets nobody overtake", async () => {
  const { sent, addAll } = queueWith();
  await addAll([
    { name: "a", keys: ["1"] },
    { name: "b", keys: ["1", "2"] },
    { name: "c", keys: ["2", "3"] },
    { name: "d", keys: ["4"] },
    { name: "e", keys: ["3"] },
    { name: "f" },
  ]);
  expect(sent).toEqual([["a", "d", "f"], ["b"], ["c"], ["e"]]);
});

it("ends a batch before it weighs too much, and sends what is too heavy alone", async () => {
  const { sent, addAll } = queueWith({ weightOf: ({ weight = 1 }) => weight, weightMax: 3 });
  await addAll([
    { name: "a", weight: 2 },
    { name: "b" },
    { name: "c" },
    { name: "huge", weight: 9 },
    { name: "d" },
  ]);
  expect(sent).toEqual([["a", "b"], ["c"], ["huge"], ["d"]]);
});

it("finds the one that cannot be written, and commits the others", async () => {
  const { sent, addAll } = queueWith();
  const results = await addAll(["a", "b", "poison", "d", "e"].map((name) => ({ name })));
  expect(results.map(({ status }) => status)).toEqual([
    ...["fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled"],
  ]);
  expect(sent.at(-1)).toEqual(["e"]);
});

it("takes no more than it may hold", async () => {
  const { queue } = queueWith({ queueMax: 1 });
  const first = queue.add({ name: "a" });
  await expect(queue.add({ name: "b" })).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(first).resolves.toBe("a");
});

it("begins a batch no sooner than its time after one of several", async () => {
  const begun: number[] = [];
  const send = async (batch: readonly Item[]) => {
    begun.push(performance.now());
    return batch.map(({ name }) => name);
  };
  const { queue, addAll } = queueWith({ send, spacingMs: 40 });
  await addAll(["a", "b"].map((name) => ({ name })));
  await queue.add({ name: "c" });
  const [first = 0, second = 0] = begun;
  expect(second - first).toBeGreaterThanOrEqual(30);
});

it("lets nobody wait who adds one item after the other", async () => {
  const { queue, sent } = queueWith({ spacingMs: 3_600_000 });
  for (const name of ["a", "b", "c"]) await queue.add({ name });
  expect(sent).toEqual([["a"], ["b"], ["c"]]);
});
