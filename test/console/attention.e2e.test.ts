// What needs a person is a way to the list of exactly that; what an add-on could not handle is
// tried again or left out, and who leaves it out is told once what that means.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defineAddOn } from "#bus";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { OcppClient } from "#support/ocpp-client";
import { ensureConsole } from "../../tools/console.mjs";

const heard: string[] = [];
const billing = defineAddOn({
  name: "billing",
  grants: {
    events: ["ChargingStationConfigured", "ChargingStationMadeReservable"],
    commands: [],
    queries: [],
    questions: [],
  },
  on: {
    ChargingStationConfigured: async ({ stream }) => {
      if (stream.endsWith("away")) throw new Error("The tariff of this station is unknown");
    },
    ChargingStationMadeReservable: async ({ stream }) => {
      heard.push(stream);
    },
  },
});

let house: TestMotown;
let station: OcppClient;
let browser: Profiles;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown({
    addOns: [billing],
    limits: { addOnAttemptsMax: 1, addOnBackoffMs: 1 },
  });
  await house.admit("HERE");
  await house.admit("AWAY");
  station = await new OcppClient({ port: house.motown.port, stationId: "HERE" }).connect();
  const fault = { connectorId: 1, errorCode: "GroundFailure", status: "Faulted" };
  await station.call("StatusNotification", fault);
  await house.api("POST", "/api/v1/charging-stations/AWAY/requests", { type: "RequestClearCache" });
  await house.idle();
  browser = await openProfiles();
  const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  page = opened.page;
  errors = opened.errors;
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await beSignedIn(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await station?.terminate();
  await house?.stop();
});

const attention = (count: string) => page.locator(`[data-attention="${count}"]`);
const rows = () => page.locator('[role="row"][data-linked]');

async function follow(count: string): Promise<void> {
  await page.goto(house.apiUrl);
  await attention(count).getByRole("link").click();
}

it("leads from who should be there to the stations that are not", async () => {
  await follow("offline");
  await page.getByRole("heading", { level: 1, name: "Stations" }).waitFor();
  await expect.poll(() => rows().count()).toBe(1);
  await rows().filter({ hasText: "AWAY" }).waitFor();
  const connection = page.getByRole("combobox", { name: "Connection" });
  expect(await connection.inputValue()).toBe("false");
  await connection.selectOption("true");
  await rows().filter({ hasText: "HERE" }).waitFor();
  expect(await rows().count()).toBe(1);
});

it("leads from a fault to the stations that have one", async () => {
  await follow("faulted");
  await rows().filter({ hasText: "HERE" }).waitFor();
  expect(await rows().count()).toBe(1);
  expect(await page.getByRole("combobox", { name: "EVSEs" }).inputValue()).toBe("faulted");
});

it("leads from what failed to the requests, which are searched on the server", async () => {
  await follow("failedRequests");
  await page.getByRole("heading", { level: 1, name: "Requests" }).waitFor();
  await rows().filter({ hasText: "AWAY" }).waitFor();
  expect(await page.getByRole("combobox", { name: "Success" }).inputValue()).toBe("false");
  const since = page.getByRole("button", { name: /^Remove filter Asked since/ });
  await since.click();
  await since.waitFor({ state: "detached" });
  expect(page.url()).not.toContain("requestedAtFrom");
  await page.getByRole("searchbox").fill("here");
  await page.getByText("Nothing fits.").waitFor();
  await page.getByRole("searchbox").fill("clearcac");
  await rows().filter({ hasText: "AWAY" }).waitFor();
});

it("leaves a parked event out once somebody has read what that means", async () => {
  const behind = { type: "UpdateChargingStationReservable", reservable: true };
  await house.api("POST", "/api/v1/charging-stations/AWAY/commands", behind);
  await follow("parked");
  const row = page.getByRole("row").filter({ hasText: "billing" }).filter({ hasText: "tariff" });
  await row.getByRole("button", { name: "Skip" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/billing will never react to this event/).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await row.count()).toBe(1);
  await row.getByRole("button", { name: "Skip" }).click();
  await dialog.getByRole("button", { name: "Skip" }).click();
  await page.getByText(/billing goes on behind it/).waitFor();
  await page.getByText("Nothing is parked.").waitFor();
  await expect.poll(() => heard).toEqual(["charging-station/away"]);
});

it("has made no mistake in all this", () => {
  expect(errors).toEqual([]);
});
