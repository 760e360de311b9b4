import { expect, it } from "vitest";
import { createAudit } from "./appenders/audit.ts";
import { runAppenders } from "./appenders/run.ts";

it("32 appenders of 3 processes lose, double and invert nothing", { timeout: 90_000 }, async () => {
  const findings = await runAppenders(4);
  expect(findings).toMatchObject({ gaps: 0, inversions: 0, missing: 0, untold: 0 });
  expect(findings.events).toBeGreaterThan(100);
  expect(findings.conflicts).toBeGreaterThan(10);
});

it("the audit sees what is missing, doubled or out of order", () => {
  const event = (position: number, version: number, unit: number) => ({
    ...{ position, version, stream: "own/a", type: "Happened", schema: 1, meta: "{}" },
    data: JSON.stringify({ appender: "a", unit }),
  });
  const told = [{ appender: "a", units: 2, positions: "", conflicts: 0 }];
  const judge = (...events: Parameters<typeof event>[]) => {
    const audit = createAudit();
    audit.take(events.map((one) => event(...one)));
    return audit.findings(told);
  };
  expect(judge([1, 1, 0])).toMatchObject({ gaps: 0, inversions: 0, missing: 1, untold: 0 });
  expect(judge([1, 1, 0], [3, 2, 1])).toMatchObject({ gaps: 1, missing: 0, untold: 1 });
  expect(judge([1, 1, 0], [2, 2, 1], [3, 3, 2])).toMatchObject({ untold: 1 });
  expect(judge([1, 2, 0], [2, 1, 1])).toMatchObject({ inversions: 2 });
  expect(judge([2, 1, 1], [1, 2, 0])).toMatchObject({ gaps: 2, inversions: 3 });
});
