import { describe, expect, it } from "vitest";
import { gateReport, type SuiteRun } from "./gate-report.ts";

const unit: SuiteRun = { suite: "unit", seconds: 1, passed: 3, failures: [], skipped: [] };

describe("the gate's report", () => {
  it("ends with what passed and what failed", () => {
    const report = gateReport([unit, { ...unit, suite: "int", passed: 1, failures: ["a > b"] }]);
    expect(report.lines.at(-1)).toBe("4 passed, 1 failed");
    expect(report.lines).toContain("  a > b");
    expect(report.exitCode).toBe(1);
  });

  it("is green when all passed", () => {
    expect(gateReport([unit])).toMatchObject({ exitCode: 0 });
    expect(gateReport([unit]).lines.at(-1)).toBe("3 passed, 0 failed");
  });

  it("is red when nothing ran", () => {
    expect(gateReport([]).exitCode).toBe(1);
    expect(gateReport([]).lines.at(-1)).toBe("0 passed, 0 failed");
  });

  it("counts a suite over its budget as a failure", () => {
    const report = gateReport([{ ...unit, seconds: 1000 }]);
    expect(report.lines.at(-1)).toBe("3 passed, 1 failed");
    expect(report.lines.join("\n")).toMatch(/unit took 1000\.0 s; test\/budget\.ts allows \d+ s/);
    expect(report.exitCode).toBe(1);
  });

  it("counts an error outside every test as a failure", () => {
    expect(gateReport([unit], ["boom"]).lines.at(-1)).toBe("3 passed, 1 failed");
  });

  it("lists what was skipped", () => {
    const report = gateReport([{ ...unit, skipped: ["needs a tmpfs"] }]);
    expect(report.lines).toContain("  needs a tmpfs");
    expect(report.exitCode).toBe(0);
  });
});
