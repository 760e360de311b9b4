import { expect, it } from "vitest";
import { faultsFrom } from "#bus";
import { eventStoreContract, unitOf } from "#support/event-store-contract";
import { createMemoryEventStore } from "./event-store.ts";
import { emptyLog } from "./log-contents.ts";

eventStoreContract("memory", async () => {
  const contents = emptyLog();
  const store = createMemoryEventStore({ contents });
  const reopen = async () => createMemoryEventStore({ contents });
  return { store, reopen, dispose: () => store.close() };
});

it("loses a batch before its commit, keeps it after, and recovers", async () => {
  for (const [point, kept] of [
    ["beforeCommit", 0],
    ["afterCommitBeforeReply", 2],
  ] as const) {
    const contents = emptyLog();
    const faults = faultsFrom(`${point}:1:throw`);
    const store = createMemoryEventStore({ contents, faults });
    const units = ["a/1", "a/2"].map((stream) => unitOf({ stream, versionBefore: 0 }));
    const results = await Promise.allSettled(units.map((unit) => store.append(unit)));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(contents.events).toHaveLength(kept);
    expect(store.health()).toEqual({ ok: false, reason: `fault armed at ${point}` });
    const after = unitOf({ stream: "a/3", versionBefore: 0 });
    expect(await store.append(after)).toMatchObject({ firstPosition: kept + 1 });
    expect(store.health()).toEqual({ ok: true });
  }
});

it("gathers a batch for as long as its schedule says", async () => {
  const commits: (() => void)[] = [];
  const contents = emptyLog();
  const schedule = (commit: () => void) => commits.push(commit);
  const store = createMemoryEventStore({ contents, schedule });
  const both = ["a/1", "a/2"].map((stream) => store.append(unitOf({ stream, versionBefore: 0 })));
  expect([commits.length, contents.events.length]).toEqual([1, 0]);
  commits[0]?.();
  expect(await Promise.all(both)).toMatchObject([{ lastPosition: 1 }, { lastPosition: 2 }]);
});
