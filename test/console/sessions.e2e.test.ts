// A session as the person on duty sees it: it goes on, it ends on his word, it is taken away as a
// table; and an EVSE that he keeps for somebody. The station and the car are played.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diceOf, realTime, Station, Tally, twoOutlets, webSocketTo } from "#simulator";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";

type Item = Record<string, unknown>;

let house: TestMotown;
let browser: Profiles;
let page: Page;
let errors: readonly string[];
let station: Station;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  browser = await openProfiles();
  const opened = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  page = opened.page;
  errors = opened.errors;
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await beSignedIn(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
  await house.admit("LAB-1", 1);
  await house.token("CARD-1");
  station = new Station({
    ...{ stationId: "LAB-1", url: house.wireUrl, time: realTime(), dice: diceOf(1, "LAB-1") },
    ...{ tally: new Tally(), socketTo: webSocketTo, model: { ...twoOutlets, evses: 1 } },
    ...{ speed: 120, configuration: { MeterValueSampleInterval: "1" } },
  });
  station.powerOn();
  await station.whenServed();
}, 90_000);
afterAll(async () => {
  station?.powerOff();
  await browser?.close();
  await house?.stop();
});

const soon = { timeout: 10_000 };
const heading = (name: string) => page.getByRole("heading", { level: 1, name });
const goingOn = () => page.getByRole("table", { name: "Going on now" });
const over = () => page.getByRole("table", { name: "Over" });
const menu = (name: string) => page.getByRole("navigation").getByRole("link", { name });
const figure = (name: string) => page.locator(`[data-figure="${name}"]`);
const dialog = () => page.getByRole("dialog");
const newest = async (list: string) =>
  (await house.api<{ items: readonly Item[] }>("GET", `/api/v1/${list}?limit=1`)).body.items[0];

/** Waits until a text is another one than it was. */
async function moved(read: () => Promise<string | null>): Promise<void> {
  const before = await read();
  await expect.poll(read, soon).not.toBe(before);
}

describe("a session", { timeout: 60_000 }, () => {
  it("is first on the list while it goes on, and its energy moves", async () => {
    await menu("Sessions").click();
    await heading("Sessions").waitFor();
    await page.getByText("Nobody is charging now.").waitFor();
    const [evse] = station.evses;
    evse?.plugIn({ wantedWh: 60_000, powerWMax: 11_000, stateOfCharge: 20 });
    expect(await evse?.swipe("CARD-1")).toBe(true);
    const row = goingOn().getByRole("row").filter({ hasText: "LAB-1" });
    await row.waitFor();
    await row.getByText("CARD-1").waitFor();
    await moved(() => row.textContent());
    expect(await over().getByText("LAB-1").count()).toBe(0);
  });

  it("has a page of its own, live, with its meter, its events and its frames", async () => {
    await goingOn().getByRole("link", { name: "LAB-1" }).click();
    await heading("Session at LAB-1").waitFor();
    await page.getByRole("img", { name: "Power over time" }).locator("canvas").waitFor();
    const energy = page.getByRole("img", { name: "Energy over time" });
    await energy.locator("canvas").waitFor();
    await energy.locator(".u-over").hover();
    await expect
      .poll(() => energy.innerText())
      .toMatch(/^Time\s*\d.*Energy over time\s*[\d.,]+ k?Wh$/s);
    await moved(() => figure("energy").textContent());
    await page.locator('[data-entry="event"]').getByText("TransactionStarted").waitFor();
    await page.locator('[data-entry="frame"]').getByText("StartTransaction").waitFor();
    const samples = page.locator('[data-entry="event"]').filter({ hasText: "MeterValuesSampled" });
    await moved(async () => String(await samples.count()));
    await page.getByRole("link", { name: "CARD-1" }).waitFor();
  });

  it("ends on the word of an operator, who reads before what may follow", async () => {
    await page.getByRole("button", { name: "Stop charging" }).click();
    await dialog().getByText("1 session is running there and may end.").waitFor();
    await dialog().getByRole("button", { name: "Stop charging" }).click();
    await page.locator('[data-outcome="accepted"]').waitFor();
    await page.getByRole("main").getByText("ended", { exact: true }).waitFor();
    await page.getByText("remote stop").waitFor();
    await page.locator('[data-entry="frame"]').getByText("RemoteStopTransaction").waitFor();
    expect(await page.getByRole("button", { name: "Stop charging" }).count()).toBe(0);
  });

  it("is found among what is over, and taken away as a table with all its energy", async () => {
    await menu("Sessions").click();
    await over().getByRole("row").filter({ hasText: "LAB-1" }).waitFor();
    await page.getByText("Nobody is charging now.").waitFor();
    await page.getByRole("combobox", { name: "State" }).selectOption("ended");
    await page.getByRole("table", { name: "Sessions" }).getByText("LAB-1").waitFor();
    expect(page.url()).toContain("state=ended");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("transactions.csv");
    const [names, cells, ...rest] = (await readFile(await file.path(), "utf8")).split("\r\n");
    const row = new Map((names ?? "").split(",").map((name, at) => [name, cells?.split(",")[at]]));
    const session = await newest("transactions");
    expect(Object.fromEntries(row)).toMatchObject({
      transactionId: session?.transactionId,
      ...{ stationId: "LAB-1", identifyingToken: "CARD-1", stopReason: "Remote" },
      energyWh: String(session?.energyWh),
    });
    expect(rest).toEqual([""]);
    await page.getByRole("combobox", { name: "State" }).selectOption("estimated");
    await page.getByText("Nothing fits.").waitFor();
  });

  it("is narrowed by a moment that is typed part by part, and not taken back", async () => {
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("button", { name: "More filters" }).click();
    const field = page.getByLabel("Started until");
    await field.focus();
    // Day and month alike: which one is first is the browser's to say.
    await page.keyboard.type("11112020");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type("1030AM");
    await expect.poll(() => page.url(), soon).toContain("startedAtUntil=2020-11-11T10%3A30");
    expect(await field.inputValue()).toBe("2020-11-11T10:30");
    await page.getByText("Nothing fits.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await over().getByText("LAB-1").waitFor();
    expect(await field.inputValue()).toBe("");
  });
});

describe("a reservation", { timeout: 60_000 }, () => {
  it("is made through the station, and what the API refuses is said where it was asked", async () => {
    station.evses[0]?.unplug();
    await menu("Reservations").click();
    await heading("Reservations").waitFor();
    await page.getByRole("button", { name: "Reserve" }).click();
    await dialog().getByPlaceholder("Type a part of its name").fill("lab");
    await page.getByRole("option", { name: "LAB-1" }).click();
    await dialog().getByLabel("EVSE id").fill("1");
    await dialog().getByLabel("Identifying token").fill("CARD-1");
    const later = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
    await dialog().getByLabel("Expires at").fill(later);
    await dialog().getByRole("button", { name: "Send" }).click();
    await dialog().locator('[data-problem="StationNotReservable"]').waitFor();
    const reservable = { type: "UpdateChargingStationReservable", reservable: true };
    await house.api("POST", "/api/v1/charging-stations/LAB-1/commands", reservable);
    await dialog().getByRole("button", { name: "Send" }).click();
    const list = page.getByRole("table", { name: "Reservations" });
    await list.getByRole("row").filter({ hasText: "CARD-1" }).getByText("holds").waitFor();
  });

  it("is cancelled again where it is looked at", async () => {
    const list = page.getByRole("table", { name: "Reservations" });
    await list.getByRole("link", { name: "LAB-1" }).click();
    await dialog().getByRole("link", { name: "The request for it, and what followed" }).waitFor();
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await dialog().getByText("cancelled").waitFor();
    expect(await newest("reservations")).toMatchObject({ state: "cancelled" });
    await dialog().getByRole("link", { name: "The request for it, and what followed" }).click();
    await page.getByRole("cell", { name: "Reserve now" }).waitFor();
  });

  it("has met no mistake of the page on the way", () => {
    expect(errors).toEqual([]);
  });
});
