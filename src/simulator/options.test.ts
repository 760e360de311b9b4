import { describe, expect, it } from "vitest";
import { type RunOptions, readOptions } from "./options.ts";

const read = (...args: string[]) => readOptions(args, { MOTOWN_API_KEY: "k" }) as RunOptions;

describe("the flags", () => {
  it("have lively defaults", () => {
    expect(read("--seed", "1")).toEqual({
      stationIds: ["SIM-0001", "SIM-0002", "SIM-0003", "SIM-0004", "SIM-0005"],
      ...{ url: "ws://127.0.0.1:8080/ocpp", api: "http://127.0.0.1:8080", apiKey: "k" },
      tags: Array.from({ length: 10 }, (_none, at) => `SIM-T${String(at + 1).padStart(2, "0")}`),
      ...{
        durationSeconds: undefined,
        speed: 20,
        prepares: true,
        seed: 1,
        faults: {},
        once: false,
        onCall: false,
      },
    });
  });

  it("say what a run is", () => {
    const args = ["--stations", "1", "--prefix", "X", "--tags", "A, B", "--duration", "30"];
    const more = ["--no-prepare", "--once", "--api-key", "own", "--speed", "2.5"];
    expect(read(...args, ...more)).toMatchObject({
      ...{ stationIds: ["X-0001"], tags: ["A", "B"], durationSeconds: 30, prepares: false },
      ...{ once: true, apiKey: "own", speed: 2.5 },
    });
    expect(readOptions(["--help"], {})).toBe("help");
  });

  it("find a server on another port of this machine", () => {
    const here = readOptions([], { MOTOWN_API_KEY: "k", MOTOWN_PORT: "9" });
    expect(here).toMatchObject({ api: "http://127.0.0.1:9", url: "ws://127.0.0.1:9/ocpp" });
  });

  it("choose faults, all or some, each at its rate", () => {
    expect(read("--faults", "drop:0.5,repeat").faults).toEqual({ drop: 0.5, repeat: 0.02 });
    expect(Object.keys(read("--faults", "all:0.1").faults)).toHaveLength(7);
  });

  it.each([
    [["--stations", "0"], "--stations 0: expected a whole number from 1 on"],
    [["--speed", "fast"], "--speed fast: expected a number"],
    [["--faults", "sloth"], "sloth is no fault; there are: all, drop"],
    [["--faults", "drop:7"], "a rate is a number from 0 to 1"],
    [["--tags", ","], "name at least one token"],
    [["--tags", "A".repeat(21)], "longer than OCPP's 20 characters"],
    [["--nonsense"], "--nonsense"],
  ])("%j is refused in words", (args, words) => {
    expect(() => read(...args)).toThrow(words);
  });
});
