import { describe, expect, it } from "vitest";
import { testEnvironment } from "#support/environment";
import { createMemoryEventStore, createMemoryFrameLog } from "#support/stores";
import { createHousekeeping } from "./housekeeping.ts";

function house() {
  const environment = testEnvironment({ frameDays: 2 });
  const store = createMemoryEventStore(environment);
  const frames = createMemoryFrameLog(environment.limits);
  return {
    environment,
    store,
    frames,
    keeping: createHousekeeping({ store, frames, environment }),
  };
}

const frame = (at: string) =>
  ({ station: "cp01", at, direction: "fromStation", protocol: "ocpp1.6", call: "[]" }) as const;

describe("housekeeping", () => {
  it("drops days of frames that are older than they are kept", async () => {
    const { frames, keeping } = house();
    frames.add(frame("2026-05-01T10:00:00.000Z"));
    frames.add(frame("2026-05-02T10:00:00.000Z"));
    await keeping.tidyUp();
    const kept = await frames.list({ station: "cp01", limit: 10 });
    expect(kept.map((one) => one.at)).toEqual(["2026-05-02T10:00:00.000Z"]);
  });

  it("drops receipts that have expired, and keeps the others", async () => {
    const { environment, store, keeping } = house();
    const unit = (id: string, expiresAt: string) => ({
      appends: [
        {
          stream: `token/${id}`,
          expectedVersion: 0,
          events: [{ type: "TokenRemoved", schema: 1, data: "{}", meta: "{}" }],
        },
      ],
      receipt: { id, answer: id, expiresAt },
    });
    await store.append(unit("old", "2026-05-04T09:00:00.000Z"));
    await store.append(unit("new", "2026-05-05T09:00:00.000Z"));
    expect(environment.clock.now()).toBe("2026-05-04T10:00:00.000Z");
    await keeping.tidyUp();
    expect(await store.append(unit("new", "x"))).toMatchObject({ status: "repeated" });
    expect(await store.append(unit("old", "x"))).toMatchObject({ status: "conflict" });
  });

  it("goes round until it is stopped, and outlives a failure", async () => {
    const { environment } = house();
    let rounds = 0;
    const keeping = createHousekeeping({
      environment,
      store: { dropExpiredReceipts: async () => 0 },
      frames: {
        dropBefore: async () => {
          rounds++;
          throw new Error("no folder");
        },
      },
    });
    keeping.start();
    for (let round = 0; round < 4; round++) {
      environment.clock.advance(environment.limits.housekeepingMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await keeping.stop();
    expect(rounds).toBeGreaterThan(1);
    expect(environment.clock.waiting).toBe(0);
    expect(environment.log.lines.map((line) => line.level)).toContain("error");
  });
});
