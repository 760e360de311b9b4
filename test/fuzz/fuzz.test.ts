// A bounded number of wrong frames, from seeds that never change; `npm run fuzz` takes others.
import { describe, expect, it } from "vitest";
import { parseFrame } from "../../src/ocpp/rpc/frame.ts";
import { growthOf } from "./growth.ts";
import { runTarget } from "./run.ts";
import type { Target } from "./target.ts";
import { frameTarget } from "./targets/frame.ts";
import { payloadTarget } from "./targets/payload.ts";
import { rpcTarget } from "./targets/rpc.ts";

const seconds = 1000;

async function runs(target: Target, frames: number, seed: number) {
  const report = await runTarget({ target, frames, seed });
  expect(report.faults).toEqual([]);
  expect(report.frames).toBeGreaterThanOrEqual(frames);
  expect(report.growth.beyond, JSON.stringify(report.growth)).toBe(false);
}

describe("wrong frames", () => {
  it.each([101, 102])("are all read as what they are: seed %d", { timeout: 60 * seconds }, (seed) =>
    runs(frameTarget(), 50_000, seed),
  );

  it.each([201, 202])(
    "have payloads that are mended or refused: seed %d",
    { timeout: 60 * seconds },
    (seed) => runs(payloadTarget(), 25_000, seed),
  );

  it.each([301, 302, 303])(
    "are answered once, and change nothing else: seed %d",
    { timeout: 60 * seconds },
    (seed) => runs(rpcTarget(), 5_000, seed),
  );
});

describe("what fuzzing finds", () => {
  it("is a parser that throws now and then, with the command that shows it again", async () => {
    const target = frameTarget((text) => {
      if (text.includes("Charging")) throw new RangeError("planted");
      return parseFrame(text);
    });
    const { faults } = await runTarget({ target, frames: 2_000, seed: 1 });
    expect(faults[0]).toMatchObject({
      what: expect.stringContaining("RangeError: planted"),
      reproduce: "npm run fuzz -- --target frame --seed 1 --frames 50000",
    });
  });

  it("is memory that is kept, frame by frame", { timeout: 60 * seconds }, async () => {
    const kept: number[][] = [];
    const target = frameTarget((text) => {
      kept.push(Array.from({ length: 900 }, (_none, at) => at));
      return parseFrame(text);
    });
    const small = { ...target, frames: 500 };
    const { growth, faults } = await runTarget({ target: small, frames: 8_000, seed: 1 });
    expect(faults).toEqual([]);
    expect(growth.beyond).toBe(true);
    expect(growth.bytesPerFrame).toBeGreaterThan(1_000);
    expect(kept).toHaveLength(8_000);
  });

  it("is a rejection that nobody handles", async () => {
    const target: Target = {
      name: "planted",
      frames: 1,
      round: async () => {
        void Promise.reject(new Error("planted"));
        return { frames: 1, faults: [] };
      },
    };
    const { faults } = await runTarget({ target, frames: 1, seed: 1 });
    expect(faults).toMatchObject([{ what: expect.stringContaining("unhandled rejection") }]);
  });

  it("is no growth where the heap only breathes", () => {
    const heap = [9, 5, 7, 5, 8, 5, 9, 5].map((mb, at) => ({
      frames: at,
      heapBytes: mb * 2 ** 20,
    }));
    expect(growthOf(heap, { bytes: 1, bytesPerFrame: 0 }).beyond).toBe(false);
  });
});
