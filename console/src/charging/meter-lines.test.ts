import { describe, expect, it } from "vitest";
import { energyLine, meanPowerLine, powerLine, type Sample } from "./meter-lines.ts";

function sample(second: number, given: Partial<Sample>): Sample {
  const at = new Date(second * 1000).toISOString();
  const shared = { unit: "W", location: "Outlet", context: "Sample.Periodic" };
  return { at, measurand: "Power.Active.Import", ...shared, ...given };
}

describe("the lines of a session", () => {
  it("sums the phases where the whole is not measured", () => {
    const phases = ["L1", "L2-N", "L3"].map((phase) => sample(10, { phase, value: 100 }));
    expect(powerLine(phases)).toEqual({ at: [10], values: [300] });
  });

  it("takes the whole where both are measured", () => {
    const both = [sample(10, { phase: "L1", value: 100 }), sample(10, { value: 310 })];
    expect(powerLine(both)).toEqual({ at: [10], values: [310] });
  });

  it("is in time's order, whatever order the samples came in, and leaves other places out", () => {
    const samples = [
      sample(20, { value: 2 }),
      sample(10, { value: 1 }),
      sample(15, { value: 9, location: "Body" }),
    ];
    expect(powerLine(samples)).toEqual({ at: [10, 20], values: [1, 2] });
  });

  it("counts energy from the first sample", () => {
    const measurand = "Energy.Active.Import.Register";
    const samples = [
      sample(10, { measurand, value: 5_000 }),
      sample(20, { measurand, value: 5_250 }),
    ];
    expect(energyLine(samples)).toEqual({ at: [10, 20], values: [0, 250] });
    expect(energyLine(samples, 4_900)).toEqual({ at: [10, 20], values: [100, 350] });
  });

  it("tells the mean power between samples of energy, and never less than none", () => {
    const measurand = "Energy.Active.Import.Register";
    const samples = [
      sample(0, { measurand, value: 1_000 }),
      sample(10, { measurand, phase: "N", value: 7 }),
      sample(3600, { measurand, value: 8_000 }),
      sample(5400, { measurand, value: 7_999 }),
    ];
    expect(meanPowerLine(samples)).toEqual({ at: [3600, 5400], values: [7_000, 0] });
    expect(meanPowerLine([])).toEqual({ at: [], values: [] });
  });
});
