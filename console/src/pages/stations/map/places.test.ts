import { describe, expect, it } from "vitest";
import { graticuleStep, markOf, type Place } from "./places.ts";

const place: Place = {
  ...{ stationId: "S", latitude: 52, longitude: 5, sessions: 0 },
  ...{ state: "operational", status: "available", connected: true },
};

describe("a station on the map", () => {
  it("is marked by what is most urgent of it", () => {
    expect(markOf(place)).toBe("serves");
    expect(markOf({ ...place, sessions: 1 })).toBe("charging");
    expect(markOf({ ...place, sessions: 1, connected: false })).toBe("away");
    expect(markOf({ ...place, connected: false, status: "faulted" })).toBe("faulted");
    expect(markOf({ ...place, state: "waiting", status: "faulted" })).toBe("waiting");
  });

  it("has lines of latitude and longitude around it, at any zoom", () => {
    expect(graticuleStep(100)).toBe(30);
    expect(graticuleStep(0.05)).toBe(0.01);
    expect(graticuleStep(0.0001)).toBe(0.002);
  });
});
