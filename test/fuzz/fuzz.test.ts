// A bounded number of wrong frames, from seeds that never change; `npm run fuzz` takes others.
import { describe, expect, it } from "vitest";
import { type OcppVersion, versions } from "#ocpp";
import { parseFrame } from "../../src/ocpp/rpc/frame.ts";
import { growthOf } from "./growth.ts";
import { patienceOf } from "./patience.ts";
import { runTarget } from "./run.ts";
import type { Target } from "./target.ts";
import { apiTarget } from "./targets/api.ts";
import { frameTarget } from "./targets/frame.ts";
import { payloadTarget } from "./targets/payload.ts";
import { rpcTarget } from "./targets/rpc.ts";
import { settingsTarget } from "./targets/settings.ts";
import { steadyTarget } from "./targets/steady.ts";
import { wireTarget } from "./targets/wire.ts";

async function runs(target: Target, frames: number, seed: number) {
  const report = await runTarget({ target, frames, seed });
  expect(report.faults).toEqual([]);
  expect(report.frames).toBeGreaterThanOrEqual(frames);
  expect(report.growth.beyond, JSON.stringify(report.growth)).toBe(false);
}

/** For machines that do much else; on a quiet one none takes ten seconds. */
const timeout = 120_000;

describe("what is wrong", { timeout }, () => {
  it.each([
    ["frames are read as what they are", frameTarget(), 40_000, 101],
    ["payloads are mended or refused", payloadTarget(), 30_000, 201],
    ["frames are answered once, and change nothing else", rpcTarget(), 5_000, 301],
    ["frames are answered once, by another seed", rpcTarget(), 5_000, 302],
    ["frames fill the log and nothing else", steadyTarget(), 1_500, 401],
    ["requests are refused as problems", apiTarget(), 1_000, 501],
    ["requests are refused, by another seed", apiTarget(), 500, 502],
    ["bytes end their own socket alone", wireTarget(), 200, 601],
    ["settings are refused in words", settingsTarget(), 500, 701],
  ])("%s", (_what, target, frames, seed) => runs(target, frames, seed));
});

function withThrowingRows(version: OcppVersion): OcppVersion {
  const rows = Object.entries(version.messages).map(([action, row]) => {
    if (row === "notSupported" || row.direction !== "fromStation") return [action, row];
    const commands: typeof row.commands = (request, ...rest) => {
      if (JSON.stringify(request).length % 5 === 0) throw new TypeError("planted");
      return row.commands(request, ...rest);
    };
    return [action, { ...row, commands }];
  });
  return { ...version, messages: Object.fromEntries(rows) };
}

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

  it("is memory that is kept, frame by frame", { timeout }, async () => {
    const kept: number[][] = [];
    const target = frameTarget((text) => {
      kept.push(Array.from({ length: 4_000 }, (_none, at) => at));
      return parseFrame(text);
    });
    const small = { ...target, frames: 250 };
    const { growth, faults } = await runTarget({ target: small, frames: 2_000, seed: 1 });
    expect(faults).toEqual([]);
    expect(growth.beyond).toBe(true);
    expect(growth.bytesPerFrame).toBeGreaterThan(1_000);
    expect(kept).toHaveLength(2_000);
  });

  it("is a row that throws", { timeout }, async () => {
    const target = rpcTarget({ versions: versions.map(withThrowingRows) });
    const { faults } = await runTarget({ target, frames: 500, seed: 1 });
    const all = faults.map(({ what }) => what).join("\n");
    expect(all).toContain("answered InternalError: a bug");
    expect(all).toContain("planted");
    expect(faults[0]?.reproduce).toBe("npm run fuzz -- --target rpc --seed 1 --frames 5000");
  });

  it("is a fault of a house that goes on, from its first round", async () => {
    const fault = { target: "planted", seed: 9, frame: 25, what: "planted", sample: "" };
    const round: Target["round"] = async ({ seed }) => ({
      frames: 10,
      faults: seed === 9 ? [fault] : [],
    });
    const target: Target = { name: "planted", frames: 10, goesOn: true, round };
    const { faults } = await runTarget({ target, frames: 20, seed: 8 });
    const reproduce = "npm run fuzz -- --target planted --seed 8 --frames 30";
    expect(faults).toMatchObject([{ seed: 9, reproduce }]);
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

  it("is a wait without an end, and not a process that stood still", () => {
    let nowMs = 0;
    const patience = patienceOf(20_000, () => nowMs);
    const looks = (count: number, eachMs: number) => {
      for (let look = 0; look < count; look++) {
        nowMs += eachMs;
        if (patience.isOver()) return true;
      }
      return false;
    };
    expect(looks(100, 100)).toBe(false);
    expect(looks(1, 600_000)).toBe(false);
    expect(looks(90, 100)).toBe(false);
    expect(looks(10, 100)).toBe(true);
  });
});
