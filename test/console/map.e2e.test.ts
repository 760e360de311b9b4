// The map of stations: by keyboard, on tiles of a server that was set up, and in a network that is
// larger than what can be drawn.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "#support/engines/free-port";
import { type Desk, openDesk, soon, tabTo } from "./desk.ts";

/** The smallest picture there is. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4" +
    "2mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let desk: Desk;
let tiles: Server;
const askedTiles: string[] = [];

beforeAll(async () => {
  tiles = createServer((request, response) => {
    askedTiles.push(String(request.url));
    response.setHeader("content-type", "image/png");
    response.end(picture);
  });
  await new Promise<void>((resolve) => tiles.listen(0, "127.0.0.1", resolve));
  const { port } = tiles.address() as AddressInfo;
  desk = await openDesk({
    port: await freePort(),
    consoleTileUrl: `http://127.0.0.1:${port}/tiles/{z}/{x}/{y}.png`,
    consoleTileAttribution: "© Nobody & <b>Sons</b>",
    // Ten pages of four are drawn at most.
    limits: { apiPageMax: 4 },
  });
  await placed("UTRECHT", 52.09, 5.12);
  await placed("BERLIN", 52.52, 13.4);
  for (const name of ["HUB-1", "HUB-2", "HUB-3"]) await placed(name, 48.85, 2.35);
  await desk.house.admit("NOWHERE");
  await desk.signIn();
}, 90_000);
afterAll(async () => {
  await desk?.close();
  tiles?.closeAllConnections();
  await new Promise((resolve) => tiles?.close(resolve));
});

async function placed(stationId: string, latitude: number, longitude: number): Promise<void> {
  const { house } = desk;
  await house.admit(stationId, 1);
  const place = { type: "PlaceChargingStation", accessibility: "public" };
  const path = `/api/v1/charging-stations/${stationId}/commands`;
  const { status } = await house.api("POST", path, {
    ...place,
    coordinates: { latitude, longitude },
  });
  expect(status).toBe(200);
}

const mark = (name: string | RegExp) => desk.page.getByRole("button", { name });

describe("the map", { timeout: 40_000 }, () => {
  it("is drawn on the tiles that were set up, whose they are in plain text", async () => {
    const { page, house } = desk;
    await page.goto(`${house.apiUrl}/stations`);
    await page.getByRole("radiogroup", { name: "View" }).getByText("Map").click();
    await page.getByText("5 stations on the map").waitFor();
    await page.getByText("© Nobody & <b>Sons</b>").waitFor();
    await expect.poll(() => askedTiles.length, soon).toBeGreaterThan(0);
    expect(askedTiles[0]).toMatch(/^\/tiles\/\d+\/\d+\/\d+\.png$/);
    expect(desk.errors).toEqual([]);
  });

  it("names the station of each mark, and leads to it without a mouse", async () => {
    const { page } = desk;
    const utrecht = mark("UTRECHT: operational, not connected, unknown");
    await tabTo(page, utrecht);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "UTRECHT" }).waitFor();
    await page.goBack();
    await mark(/^BERLIN:/).waitFor();
  });

  it("names all that stand on one spot, and leads back from there", async () => {
    const { page } = desk;
    const hub = mark("3 stations: HUB-1 and others; 0 faulted");
    await tabTo(page, hub);
    await page.keyboard.press("Enter");
    const second = page.getByRole("button", { name: "HUB-2", exact: true });
    await tabTo(page, second);
    await page.keyboard.press("Escape");
    await expect.poll(() => second.count(), soon).toBe(0);
    expect(await hub.evaluate((element) => element.matches(":focus"))).toBe(true);
    await page.keyboard.press("Enter");
    await tabTo(page, second);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "HUB-2" }).waitFor();
    await page.goBack();
  });

  it("keeps the focus where it was while stations come and change", async () => {
    const { page } = desk;
    const berlin = mark(/^BERLIN:/);
    await tabTo(page, berlin);
    await placed("HAMBURG", 53.55, 9.99);
    await mark(/^HAMBURG:/).waitFor();
    desk.station("BERLIN").powerOn();
    await mark("BERLIN: operational, connected, available").waitFor({ timeout: 20_000 });
    expect(await berlin.evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  it("leads to those that it cannot show", async () => {
    const { page } = desk;
    await page.getByRole("link", { name: "Stations without coordinates" }).click();
    await page.getByRole("cell", { name: "NOWHERE" }).waitFor();
    await page.getByText("1 row loaded").waitFor();
  });

  it("says that there are more than it draws, and draws them from nearby", async () => {
    const { page, house } = desk;
    // In the order of the list before it: the one far away is not among those that are drawn.
    for (let n = 0; n < 45; n += 1) await placed(`A-${n}`, 50 + n / 100, 8);
    await placed("ZZ-SYDNEY", -33.87, 151.21);
    await page.goto(`${house.apiUrl}/stations?view=map`);
    await page
      .getByText(/^40 stations in this part of the map, more are here than can be drawn/)
      .waitFor();
    // Those behind the first page are not asked for at each change, and are seen to be older.
    await page.getByText(/^further ones as of/).waitFor();
    expect(await mark(/SYDNEY/).count()).toBe(0);
    await page.goto(`${house.apiUrl}/stations?view=map&search=sydney`);
    await mark(/^ZZ-SYDNEY:/).waitFor();
    await page.getByRole("searchbox").fill("");
    await page.getByText(/^1 station in this part of the map$/).waitFor();
    await mark(/^ZZ-SYDNEY:/).waitFor();
  });
});
