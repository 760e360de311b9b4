import { describe, expect, it } from "vitest";
import {
  asHtml,
  clustered,
  degrees,
  edgesOf,
  graticuleStep,
  isOneSpot,
  linesBetween,
  markOf,
  type Place,
} from "./places.ts";

const place: Place = {
  ...{ stationId: "S", latitude: 52, longitude: 5, sessions: 0 },
  ...{ state: "operational", status: "available", connected: true },
};
/** At so many pixels, ten to a degree. */
const pointOf = ({ latitude, longitude }: Place) => ({ x: longitude * 10, y: latitude * 10 });
const at = (stationId: string, latitude: number, longitude: number): Place => ({
  ...place,
  ...{ stationId, latitude, longitude },
});

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
    expect(linesBetween(-0.3, 0.45, 0.2)).toEqual([-0.2, 0, 0.2, 0.4]);
    expect(linesBetween(51.21, 51.29, 0.1)).toEqual([]);
  });

  it("has lines that say on which side of the world they are", () => {
    expect(degrees(52.5, "N", "S")).toBe("52.5° N");
    expect(degrees(-33.9, "N", "S")).toBe("33.9° S");
    expect(degrees(-0, "E", "W")).toBe("0°");
  });
});

describe("stations that would lie over each other", () => {
  it("share a mark, and none is left out", () => {
    const places = [at("A", 0, 0), at("B", 0, 1), at("C", 0, 2.9), at("D", 5, 0)];
    const found = clustered(places, pointOf, 28);
    expect(found.map((one) => one.places.map(({ stationId }) => stationId))).toEqual([
      ["A", "B"],
      ["C"],
      ["D"],
    ]);
  });

  it("have marks that are apart, however many there are", () => {
    const many = Array.from({ length: 400 }, (_none, n) => at(`S${n}`, n % 20, Math.floor(n / 20)));
    const marks = clustered(many, pointOf, 28).map(({ places: [first] }) => pointOf(first));
    expect(marks.length).toBeGreaterThan(20);
    for (const [index, one] of marks.entries()) {
      for (const other of marks.slice(index + 1)) {
        const apart = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
        expect(apart).toBeGreaterThanOrEqual(28);
      }
    }
  });

  it("are marked by the one that needs somebody most", () => {
    const faulted: Place = { ...at("B", 0, 0), status: "faulted" };
    const [both] = clustered([at("A", 0, 0), faulted], pointOf, 28);
    expect(both?.mark).toBe("faulted");
  });

  it("are told apart by a zoom, unless they stand on one spot", () => {
    expect(isOneSpot([at("A", 52, 5), at("B", 52.00001, 5)])).toBe(true);
    expect(isOneSpot([at("A", 52, 5), at("B", 52.01, 5)])).toBe(false);
  });
});

describe("the part of the world that is seen", () => {
  it("is asked for in round degrees, never less than what is seen", () => {
    const seen = { south: 51.23, west: 4.56, north: 52.34, east: 6.78 };
    expect(edgesOf(seen)).toEqual({
      ...{ latitudeFrom: 51.2, latitudeUntil: 52.4, longitudeFrom: 4.4, longitudeUntil: 6.8 },
    });
    expect(edgesOf({ ...seen, south: 51.25 })).toEqual(edgesOf(seen));
  });

  it("ends where the world does", () => {
    expect(edgesOf({ south: -100, west: -400, north: 100, east: 400 })).toEqual({
      ...{ latitudeFrom: -90, latitudeUntil: 90, longitudeFrom: -180, longitudeUntil: 180 },
    });
  });
});

it("whose tiles they are is text, whatever it holds", () => {
  expect(asHtml("© <b onclick='x'>A & B</b>")).toBe(
    "© &lt;b onclick=&#39;x&#39;&gt;A &amp; B&lt;/b&gt;",
  );
});
