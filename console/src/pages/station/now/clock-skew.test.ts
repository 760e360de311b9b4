import { describe, expect, it } from "vitest";
import { skewIn } from "./clock-skew.ts";

const actor = { kind: "station", id: "S" };
const told = (stationTime: string | undefined, recordedAt: string) => ({
  meta: { actor, recordedAt, ...(stationTime === undefined ? {} : { stationTime }) },
});

describe("the skew of a station's clock", () => {
  it("is not known of a station that told no time", () => {
    expect(skewIn([told(undefined, "2026-01-01T00:00:00Z")])).toBeUndefined();
    expect(skewIn([told("yesterday", "2026-01-01T00:00:00Z")])).toBeUndefined();
  });

  it("is not taken from what was kept while the station was offline", () => {
    const events = [
      told("2025-12-31T23:00:00Z", "2026-01-01T00:00:00Z"),
      told("2026-01-01T00:01:07Z", "2026-01-01T00:01:00Z"),
    ];
    expect(skewIn(events)).toEqual({ seconds: 7, at: "2026-01-01T00:01:00Z" });
  });
});
