// What the network consists of, and what engineers do to one station: tokens, station types, single
// permissions, calls that are written out, settings that are changed.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";
import type { ReceivedCall } from "#support/ocpp-client";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";
import { ensureConsole } from "../../tools/console.mjs";

// Each goes through many pages, and a busy machine is slow.
vi.setConfig({ testTimeout: 40_000 });

let house: HouseWithStations;
let browser: Profiles;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await houseWithStations();
  browser = await openProfiles();
  const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  page = opened.page;
  errors = opened.errors;
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await beSignedIn(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const dialog = () => page.getByRole("dialog");
const row = (text: string) => page.getByRole("row").filter({ hasText: text });

it("adds a token, finds it by its value and blocks it, and no address names it", async () => {
  await page.goto(`${house.apiUrl}/tokens`);
  await page.getByRole("button", { name: "New token" }).click();
  await dialog().getByLabel("Value").fill("Card-77");
  await dialog().getByLabel("Group").fill("FLEET");
  await dialog().getByLabel("Sessions at once").fill("0");
  await dialog().getByRole("button", { name: "Add token" }).click();
  await dialog().locator('[data-problem="BodyInvalid"]').waitFor();
  await dialog().getByLabel("Sessions at once").fill("2");
  await dialog().getByRole("button", { name: "Add token" }).click();
  await row("Card-77").waitFor();

  await page.getByRole("button", { name: "New token" }).click();
  await dialog().getByLabel("Value").fill("CARD-77");
  await dialog().getByRole("button", { name: "Add token" }).click();
  await dialog().getByText("This token is known already.").waitFor();
  await dialog().getByRole("button", { name: "Cancel" }).click();

  await house.token("Card-78");
  await row("Card-78").waitFor();
  await page.getByRole("searchbox", { name: "Token, whole value" }).fill("card-77");
  await expect.poll(() => row("Card-78").count()).toBe(0);
  await page.getByRole("link", { name: "Card-77" }).click();
  await page.getByRole("heading", { level: 1, name: "Card-77" }).waitFor();
  expect(page.url()).not.toMatch(/card/i);
  await page.getByRole("button", { name: "Block" }).click();
  await page.getByText(/It starts no session any more/).waitFor();
  await dialog().getByRole("button", { name: "Block" }).click();
  await page.getByRole("button", { name: "Let it charge again" }).waitFor();
  const { body } = await house.api("GET", "/api/v1/tokens/Card-77");
  expect(body).toMatchObject({ status: "blocked", groupToken: "FLEET", concurrency: 2 });
  const history = page.getByRole("table", { name: "What was decided about it" });
  await expect.poll(() => history.getByRole("row").count()).toBe(3);
});

it("takes a table of tokens row by row, and says which rows were refused", async () => {
  await page.goto(`${house.apiUrl}/tokens/import`);
  const table = "token;status\nMANY-1;accepted\nMANY-2;good\nMANY-1;blocked\nMANY-3;blocked";
  await page.getByLabel("Paste from a spreadsheet").fill(table);
  await page.getByText("1 line is left out").first().waitFor();
  await page.getByRole("button", { name: "Add 3 tokens" }).click();
  await page.locator('[data-import="done"]').getByText("2 of 3 · 1 refused").waitFor();
  await row("MANY-2")
    .getByText(/BodyInvalid/)
    .waitFor();
  expect((await house.get("/api/v1/tokens/MANY-3")).status).toBe("blocked");
});

it("adds the type that a station waits for, from the list of what is unknown", async () => {
  await house.api("POST", "/api/v1/charging-stations", { stationId: "TYPELESS", accepted: true });
  const station = await house.connect("TYPELESS");
  await station.boot({ chargePointVendor: "Volt/Works", chargePointModel: "Duo 22" });
  await page.goto(house.apiUrl);
  await page.getByRole("link", { name: "type in no catalogue" }).click();
  await page.getByRole("link", { name: "Add the type Volt/Works Duo 22" }).click();
  await page.getByText("1 station waits for this type").waitFor();
  expect(await page.getByRole("textbox", { name: "Vendor" }).inputValue()).toBe("Volt/Works");
  await page.getByRole("button", { name: "Add the type" }).click();
  await page.getByText("Something is missing or wrong").waitFor();
  await page.getByLabel("Connector type").fill("IEC_62196_T2");
  await page.getByLabel("kW").fill("22");
  await page.getByRole("button", { name: "Add an EVSE like the last one" }).click();
  await page.getByRole("button", { name: "Add the type" }).click();
  await page.getByRole("heading", { level: 1, name: "Volt/Works Duo 22" }).waitFor();
  await page.getByRole("link", { name: "1 station" }).waitFor();
  const connector = { connectorId: 1, type: "IEC_62196_T2", maxPowerW: 22_000 };
  const type = await house.get("/api/v1/station-types/Volt%2FWorks/Duo%2022");
  expect(type.evses).toEqual([1, 2].map((evseId) => ({ evseId, connectors: [connector] })));
  await house.eventually("the station's configuration", async () => {
    const { configured } = await house.get("/api/v1/charging-stations/TYPELESS");
    return configured === true || undefined;
  });

  await page.getByRole("button", { name: "Change" }).click();
  await page.getByText(/1 station is of this type/).waitFor();
  await page.getByRole("button", { name: "Remove EVSE 2" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Take the offer at TYPELESS" }).click();
  await house.eventually("the new form of the type", async () => {
    const { evseCount } = await house.get("/api/v1/charging-stations/TYPELESS");
    return evseCount === 1 || undefined;
  });
});

it("permits somebody something at one station, and takes it back", async () => {
  await house.admit("ALONE");
  await house.api("POST", "/api/v1/users", { user: "oscar" });
  await page.goto(`${house.apiUrl}/users`);
  await page.getByRole("button", { name: "Change oscar" }).click();
  await page.getByRole("menuitem", { name: "On single stations" }).click();
  await dialog().getByRole("combobox", { name: "Station" }).fill("ALONE");
  await dialog().getByRole("combobox", { name: "Permissions there" }).fill("RequestReset.soft");
  await page.getByRole("option", { name: "RequestReset.soft" }).click();
  await page.keyboard.press("Tab");
  await dialog().getByRole("button", { name: "Permit" }).click();
  const held = dialog().getByRole("row").filter({ hasText: "RequestReset.soft" });
  await held.waitFor();
  const { permissions } = await house.get("/api/v1/charging-stations/ALONE");
  expect(permissions).toMatchObject({ oscar: ["RequestReset.soft"] });
  await dialog().getByRole("button", { name: "Take back RequestReset.soft at ALONE" }).click();
  await expect.poll(() => held.count()).toBe(0);
});

it("sends any call of the station's OCPP by a form, with its JSON beside it", async () => {
  const station = await house.served("ENGINEER");
  await station.boot();
  station.answers("ChangeAvailability", { status: "Scheduled" });
  await page.goto(`${house.apiUrl}/stations/ENGINEER?tab=requests`);
  await page.locator('button[data-request="RequestOcppCall"]').click();
  await dialog().getByLabel("Action of ocpp1.6").selectOption("ChangeAvailability");
  const send = dialog().getByRole("button", { name: "Send ChangeAvailability" });
  await send.click();
  await dialog().getByText("is needed").first().waitFor();
  await dialog().getByLabel("Connector id").fill("2");
  await dialog().getByLabel("Type").selectOption("Inoperative");
  const json = dialog().getByLabel("JSON");
  expect(JSON.parse(await json.inputValue())).toEqual({ connectorId: 2, type: "Inoperative" });
  await json.fill('{ "connectorId": 1, "type": "Broken", "why": "so" }');
  expect(await dialog().getByLabel("Connector id").inputValue()).toBe("1");
  await send.click();
  await dialog().getByText("must be one of: Inoperative, Operative").waitFor();
  await dialog().getByRole("alert").getByText("why is not known here").waitFor();
  await json.fill('{ "connectorId": 1, "type": "Operative" }');
  await dialog().getByLabel("Type").selectOption("Inoperative");
  await send.click();
  await dialog().getByText("the station says Scheduled").waitFor();
  const received = await station.nextCall("ChangeAvailability");
  expect(received.payload).toEqual({ connectorId: 1, type: "Inoperative" });
  station.answers("ChangeAvailability", { callError: "InternalError", description: "no relay" });
  await send.click();
  const answer = dialog().locator('[data-call-answer="done"]');
  await answer.getByText("failed: the station answered with an error").waitFor();
  await answer.getByText("no relay", { exact: true }).waitFor();
  await page.getByText("ENGINEER: ChangeAvailability failed").waitFor();
});

it("sends changed settings in turn, and keeps what the station refuses with its word", async () => {
  const station = await house.served("SETTINGS");
  await station.boot();
  const keys = ["Alpha", "Beta", "Gamma"];
  const configurationKey = keys.map((key) => ({ key, readonly: false, value: "1" }));
  station.answers("GetConfiguration", { configurationKey });
  const words: Record<string, string> = { Beta: "Rejected", Gamma: "RebootRequired" };
  station.answers("ChangeConfiguration", ({ payload }: ReceivedCall) => ({
    status: words[String(payload.key)] ?? "Accepted",
  }));
  await house.request("SETTINGS", { type: "RequestConfigurationItems" });
  await page.goto(`${house.apiUrl}/stations/SETTINGS?tab=configuration`);
  for (const key of keys) await page.getByRole("textbox", { name: key }).fill("2");
  await page.getByRole("tab", { name: "Now" }).click();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await page.getByRole("button", { name: "Send 3 changes" }).click();
  const left = page.locator("[data-difference]");
  await expect.poll(() => left.count()).toBe(1);
  await left.filter({ hasText: "Beta" }).getByText("rejected by the station (Rejected)").waitFor();
  expect(await page.getByRole("textbox", { name: "Beta" }).inputValue()).toBe("2");
  expect(await page.getByRole("textbox", { name: "Alpha" }).inputValue()).toBe("2");
  await page.locator('[data-setting="Gamma"]').getByText("reboot needed").waitFor();
  const sent = station.received.filter(({ action }) => action === "ChangeConfiguration");
  expect(sent.map(({ payload }) => payload.key)).toEqual(keys);
});

it("has made no mistake in all this", () => {
  expect(errors.filter((error) => !/40[04]/.test(error))).toEqual([]);
});
