import { expect, it } from "vitest";
import { plateOf } from "./plate.ts";

it("says the connectors of a type in few words", () => {
  const t2 = { connectorId: 1, type: "IEC_62196_T2", maxPowerW: 22_000 };
  const evses = [
    { evseId: 1, connectors: [t2, { connectorId: 2, type: "CHADEMO" }] },
    { evseId: 2, connectors: [t2] },
  ];
  expect(plateOf(evses)).toBe("2 × IEC_62196_T2 22 kW, CHADEMO");
  expect(plateOf([])).toBe("");
});
