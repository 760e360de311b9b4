// What the console's map needs of the API: the stations of a part of the world, those of which
// nobody knows where they stand, and whose tiles are drawn under them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";

const tiles = {
  consoleTileUrl: "https://tiles.example.org:8443/day/{z}/{x}/{y}.png",
  consoleTileAttribution: "© Example maps",
};
let house: TestMotown;

beforeAll(async () => {
  house = await startTestMotown(tiles);
  await placed("UTRECHT", { latitude: 52.09, longitude: 5.12 });
  await placed("BERLIN", { latitude: 52.52, longitude: 13.4 });
  await placed("SYDNEY", { latitude: -33.87, longitude: 151.21 });
  await placed("NULL-ISLAND", { latitude: 0, longitude: 0 });
  await house.admit("NOWHERE");
  await house.admit("ADDRESS-ONLY");
  const address = { addressLine1: "Street 1", city: "Utrecht", country: "NL" };
  await place("ADDRESS-ONLY", { address });
}, 20_000);
afterAll(() => house.stop());

async function placed(stationId: string, coordinates: object): Promise<void> {
  await house.admit(stationId);
  await place(stationId, { coordinates });
}

async function place(stationId: string, where: object): Promise<void> {
  const path = `/api/v1/charging-stations/${stationId}/commands`;
  const body = { type: "PlaceChargingStation", accessibility: "public", ...where };
  const { status, body: answer } = await house.api("POST", path, body);
  expect(status, JSON.stringify(answer)).toBe(200);
}

interface Page {
  readonly items: readonly {
    readonly stationId: string;
    readonly located: boolean;
    readonly latitude?: number;
    readonly longitude?: number;
  }[];
  readonly next?: string;
}

async function list(query: string): Promise<Page> {
  const { status, body } = await house.api<Page>("GET", `/api/v1/charging-stations?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

async function found(query: string): Promise<readonly string[]> {
  return (await list(query)).items.map(({ stationId }) => stationId);
}

const box = (south: number, west: number, north: number, east: number) =>
  `latitudeFrom=${south}&latitudeUntil=${north}&longitudeFrom=${west}&longitudeUntil=${east}`;

describe("stations of a part of the world", () => {
  it("are those between its edges, the edges with them", async () => {
    expect(await found(box(52, 5, 53, 14))).toEqual(["BERLIN", "UTRECHT"]);
    expect(await found(box(52.09, 5.12, 52.09, 5.12))).toEqual(["UTRECHT"]);
    expect(await found(box(-90, -180, 0, 180))).toEqual(["NULL-ISLAND", "SYDNEY"]);
    expect(await found(box(60, -180, 90, 180))).toEqual([]);
  });

  it("say where they stand, and come in pages, narrowed by the other filters, too", async () => {
    const [sydney] = (await list(`${box(-90, -180, 90, 180)}&search=syd`)).items;
    expect(sydney).toMatchObject({ located: true, latitude: -33.87, longitude: 151.21 });
    const world = box(-90, -180, 90, 180);
    const first = await list(`${world}&state=operational&limit=3`);
    const rest = await list(`${world}&state=operational&limit=3&after=${first.next}`);
    const both = [...first.items, ...rest.items].map(({ stationId }) => stationId);
    expect(both).toEqual(["BERLIN", "NULL-ISLAND", "SYDNEY", "UTRECHT"]);
    expect(await found(`${world}&state=waiting`)).toEqual([]);
  });

  it("are no others: of some nobody knows where they stand", async () => {
    expect(await found("located=false")).toEqual(["ADDRESS-ONLY", "NOWHERE"]);
    expect((await list("located=false")).items[0]).not.toHaveProperty("latitude");
  });

  it("need edges that are numbers", async () => {
    const path = "/api/v1/charging-stations?latitudeFrom=north";
    const { status, body } = await house.api("GET", path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "QueryInvalid", issues: [{ path: "/latitudeFrom" }] });
  });
});

describe("tiles", () => {
  it("are those that were set up, for whoever is known", async () => {
    const { body } = await house.api("GET", "/api/v1/console");
    expect(body).toEqual({
      tiles: { url: tiles.consoleTileUrl, attribution: tiles.consoleTileAttribution },
    });
    const stranger = await fetch(`${house.apiUrl}/api/v1/console`);
    expect(stranger.status).toBe(401);
  });

  it("are none where none were set up", async () => {
    const plain = await startTestMotown();
    try {
      expect((await plain.api("GET", "/api/v1/console")).body).toEqual({});
    } finally {
      await plain.stop();
    }
  });
});
