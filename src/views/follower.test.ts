import { expect, it } from "vitest";
import { streams } from "#core";
import { limitsWith } from "#limits";
import { testClock, testLog } from "#support/environment";
import { memoryViews, writtenLog } from "#support/view-story";
import { views } from "./all.ts";
import { createProjector } from "./projector.ts";

/** Views whose batches take as long as they are told to. */
async function slowViews(batchMs: number) {
  const clock = testClock();
  const log = writtenLog();
  const store = memoryViews();
  const checkpoints: number[] = [];
  const slow: typeof store = {
    ...store,
    commit: async (batch) => {
      clock.advance(batchMs);
      checkpoints.push(batch.checkpoint);
      return store.commit(batch);
    },
  };
  const limits = limitsWith({ viewRestMs: 500 });
  const parts = { source: log, views: Object.values(views), limits, clock, log: testLog() };
  const projector = createProjector({ ...parts, store: slow });
  await projector.start();
  const write = () => log.write(streams.token("t"), "TokenSet", { status: "accepted" });
  /** What a batch is, and nothing waits for. */
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
  };
  await settled();
  checkpoints.length = 0;
  return { projector, clock, checkpoints, write, settled };
}

it.each([
  [10, 40],
  [100, 400],
  [1_000, 500],
])(
  "rests after a batch of %d ms for %d ms, and then takes all that has come",
  async (took, rest) => {
    const { projector, clock, checkpoints, write, settled } = await slowViews(took);
    projector.wake(write());
    await settled();
    expect(checkpoints).toEqual([1]);
    for (const position of [write(), write()]) projector.wake(position);
    clock.advance(rest - 1);
    await settled();
    expect(checkpoints).toEqual([1]);
    clock.advance(1);
    await settled();
    expect(checkpoints).toEqual([1, 3]);
  },
);

it("does not rest while somebody waits", async () => {
  const { projector, checkpoints, write, settled } = await slowViews(100);
  projector.wake(write());
  await settled();
  projector.wake(write());
  expect(await projector.passed(2)).toBe(true);
  expect(checkpoints).toEqual([1, 2]);
});

it("ends its rest when it is stopped", async () => {
  const { projector, clock, write, settled } = await slowViews(100);
  projector.wake(write());
  await settled();
  projector.wake(write());
  await projector.stop();
  expect(clock.waiting).toBe(0);
});
