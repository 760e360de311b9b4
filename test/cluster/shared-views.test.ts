// Views that two nodes share: who leads them, who waits for them, and what a frozen node can do.
import { expect, it } from "vitest";
import { CheckpointMoved, type ViewStore } from "#bus";
import { createMemoryNetwork } from "#cluster";
import { streams } from "#core";
import { testEnvironment } from "#support/environment";
import { allRows, memoryViews, type WrittenLog, writtenLog } from "#support/view-story";
import { createSharedViews, type SharedViews, views } from "#views";

const token = streams.token("t");
const setToken = (log: WrittenLog, concurrency: number) =>
  log.write(token, "TokenSet", { status: "accepted", concurrency });

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}

/** A node's part of the views of one store and one log. */
function nodeOn(log: WrittenLog, store: ViewStore) {
  const environment = testEnvironment();
  const parts = { ...environment, source: log, store, views: Object.values(views) };
  return { ...environment, shared: createSharedViews(parts) };
}

/** A store whose commits wait: its node stands still. */
function stalling(store: ViewStore) {
  let goOn: (() => void) | undefined;
  let isStalled = false;
  return {
    stall: () => {
      isStalled = true;
    },
    goOn: () => {
      isStalled = false;
      goOn?.();
    },
    store: {
      ...store,
      commit: async (batch: Parameters<ViewStore["commit"]>[0]) => {
        if (isStalled) {
          await new Promise<void>((resolve) => {
            goOn = resolve;
          });
        }
        return store.commit(batch);
      },
    } satisfies ViewStore,
  };
}

it("are led by the node that holds their lease, and shown by all", async () => {
  const log = writtenLog();
  const store = memoryViews();
  const [one, two] = [nodeOn(log, store), nodeOn(log, store)];
  await one.shared.work.start(1);
  setToken(log, 1);
  one.shared.wake(1);
  two.shared.wake(1);
  const shown = two.shared.passed(1);
  await settle();
  two.clock.advance(50);
  expect(await shown).toBe(true);
  expect(await store.get("tokens", ["t"])).toMatchObject({ concurrency: 1 });
  expect(two.shared.health()).toBeUndefined();
  expect(one.shared.health()).toMatchObject({ ok: true, position: 1 });
});

it("hurry where somebody on another node waits for them, who is told at once", async () => {
  const log = writtenLog();
  const store = memoryViews();
  const environment = testEnvironment();
  const network = createMemoryNetwork(environment);
  const nodes = ["one", "two"].map((name) => {
    const cluster = network.node(name, environment);
    const parts = { ...environment, source: log, store, views: Object.values(views) };
    return createSharedViews({ ...parts, told: { cluster, views: "v" } });
  });
  const [one, two] = nodes as [SharedViews, SharedViews];
  await one.work.start(1);
  setToken(log, 1);
  // Nobody has woken the one that leads, and no time passes.
  const shown = two.passed(1);
  await settle();
  expect(await shown).toBe(true);
  expect(await store.get("tokens", ["t"])).toMatchObject({ concurrency: 1 });
});

it("keep no wait for what others ask again and again while they stand still", async () => {
  const log = writtenLog();
  const frozen = stalling(memoryViews());
  const environment = testEnvironment();
  const network = createMemoryNetwork(environment);
  const [one, two] = ["one", "two"].map((name) => {
    const own = testEnvironment();
    const cluster = network.node(name, environment);
    const parts = { ...own, source: log, store: frozen.store, views: Object.values(views) };
    const shared = createSharedViews({ ...parts, told: { cluster, views: "v" } });
    return { ...own, shared };
  }) as [ReturnType<typeof nodeOn>, ReturnType<typeof nodeOn>];
  await one.shared.work.start(1);
  frozen.stall();
  const asked = 40;
  const shown: Promise<boolean>[] = [];
  const before = one.clock.waiting;
  for (let position = 1; position <= asked; position++) {
    setToken(log, position);
    shown.push(two.shared.passed(position));
    await settle();
    two.clock.advance(two.limits.wakeUpMs);
  }
  expect(one.clock.waiting - before).toBeLessThanOrEqual(1);
  frozen.goOn();
  await settle();
  expect(await Promise.all(shown)).toEqual(shown.map(() => true));
});

it("that nobody leads are waited for no longer than the limit", async () => {
  const log = writtenLog();
  const { shared, clock, limits } = nodeOn(log, memoryViews());
  setToken(log, 1);
  const shown = shared.passed(1);
  for (let passed = 0; passed <= limits.viewWaitMs; passed += limits.viewLookMs) {
    await settle();
    clock.advance(limits.viewLookMs);
  }
  expect(await shown).toBe(false);
});

it("are waited for on, while the node that leads them leaves the lead to another", async () => {
  const log = writtenLog();
  const store = memoryViews();
  const frozen = stalling(store);
  const [one, two] = [nodeOn(log, frozen.store), nodeOn(log, store)];
  await one.shared.work.start(1);
  setToken(log, 1);
  frozen.stall();
  const shown = one.shared.passed(1);
  await settle();
  const left = one.shared.work.stop();
  await two.shared.work.start(2);
  two.shared.wake(1);
  await settle();
  frozen.goOn();
  await left;
  await settle();
  one.clock.advance(50);
  expect(await shown).toBe(true);
});

it("are as good as built by one, after a frozen node went on with an old lease", async () => {
  const log = writtenLog();
  const store = memoryViews();
  const slow = stalling(store);
  const [one, two] = [nodeOn(log, slow.store), nodeOn(log, store)];
  await one.shared.work.start(1);
  setToken(log, 1);
  expect(await one.shared.passed(1)).toBe(true);
  slow.stall();
  setToken(log, 2);
  one.shared.wake(2);
  await settle();
  await two.shared.work.start(2);
  setToken(log, 3);
  expect(await two.shared.passed(3)).toBe(true);
  slow.goOn();
  await settle();
  expect(await store.checkpoint()).toBe(3);
  expect(one.shared.health()?.trouble).toContain("is over");
  await one.shared.work.stop();
  expect(await store.get("tokens", ["t"])).toMatchObject({ concurrency: 3 });
  const alone = memoryViews();
  const single = nodeOn(log, alone);
  await single.shared.work.start(undefined);
  expect(await single.shared.passed(3)).toBe(true);
  expect(await allRows(store)).toEqual(await allRows(alone));
});

it("come back to a node that has led them before", async () => {
  const log = writtenLog();
  const store = memoryViews();
  const [one, two] = [nodeOn(log, store), nodeOn(log, store)];
  for (const [at, node] of [one, two, one].entries()) {
    await node.shared.work.start(at + 1);
    setToken(log, at + 1);
    expect(await node.shared.passed(at + 1)).toBe(true);
    await node.shared.work.stop();
  }
  expect(await store.get("tokens", ["t"])).toMatchObject({ concurrency: 3 });
});

it("are begun anew by their leader, where a crash of the database took all that they were", async () => {
  const log = writtenLog();
  const store = memoryViews();
  let hasCrashed = false;
  const commit = async (batch: Parameters<ViewStore["commit"]>[0]) => {
    const isMoved = hasCrashed;
    hasCrashed = false;
    if (isMoved) throw new CheckpointMoved("it stands at 0");
    return store.commit(batch);
  };
  const { shared } = nodeOn(log, { ...store, commit });
  await shared.work.start(1);
  setToken(log, 1);
  expect(await shared.passed(1)).toBe(true);
  // Commits of views are not synced: the first ones go with the last.
  await store.clear();
  hasCrashed = true;
  setToken(log, 2);
  shared.wake(2);
  await settle();
  expect(await store.checkpoint()).toBe(2);
  await shared.work.stop();
  const alone = memoryViews();
  const single = nodeOn(log, alone);
  await single.shared.work.start(undefined);
  expect(await single.shared.passed(2)).toBe(true);
  expect(await allRows(store)).toEqual(await allRows(alone));
});
