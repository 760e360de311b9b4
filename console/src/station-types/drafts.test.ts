import { describe, expect, it } from "vitest";
import { bodyOf, draftOf, newType, withNextConnector, withNextEvse } from "./drafts.ts";

const connector = { connectorId: 1, type: "IEC_62196_T2_COMBO", current: "DC" } as const;
const type = {
  evses: [{ evseId: 1, connectors: [{ ...connector, maxPowerW: 150_500, voltageV: 920 }] }],
  configuration: { HeartbeatInterval: "300" },
};

describe("the draft of a type", () => {
  it("goes through the form unchanged", () => {
    expect(bodyOf(draftOf(type))).toEqual(type);
    expect(draftOf(type).evses[0]?.connectors[0]).toMatchObject({ maxPowerKw: 150.5, phases: "" });
  });

  it("says nothing of what is empty, and hands on what is no number", () => {
    const [evse] = newType.evses;
    const [one] = evse?.connectors ?? [];
    if (evse === undefined || one === undefined) throw new Error("a type begins with one EVSE");
    const written = { ...one, type: " CCS ", phases: "x", maxPowerKw: "much" };
    const draft = { evses: [{ ...evse, connectors: [written] }], settings: [] };
    expect(bodyOf(draft)).toEqual({
      evses: [
        {
          evseId: 1,
          connectors: [{ connectorId: 1, type: "CCS", phases: "x", maxPowerW: "much" }],
        },
      ],
    });
    const unnamed = [
      { key: " ", value: "1" },
      { key: " A ", value: "" },
    ];
    expect(bodyOf({ ...newType, settings: unnamed })).toMatchObject({ configuration: { A: "" } });
  });

  it("takes what is half written by hand as far as it goes", () => {
    expect(draftOf({})).toEqual({ evses: [], settings: [] });
    for (const evses of ["x", [null, 1], {}]) {
      expect(draftOf({ evses: evses as never })).toEqual({ evses: [], settings: [] });
    }
  });

  it("grows by one EVSE like the last, under the next number", () => {
    const { evses } = draftOf({ evses: [{ evseId: 3, connectors: [{ ...connector }] }] });
    const grown = withNextEvse(evses);
    expect(bodyOf({ evses: grown, settings: [] }).evses).toEqual([
      { evseId: 3, connectors: [connector] },
      { evseId: 4, connectors: [connector] },
    ]);
    expect(withNextEvse([])).toEqual(newType.evses);
  });

  it("grows by one connector under the next number", () => {
    const [evse] = newType.evses;
    if (evse === undefined) throw new Error("a type begins with one EVSE");
    const ids = withNextConnector(evse).connectors.map(({ connectorId }) => connectorId);
    expect(ids).toEqual([1, 2]);
  });
});
