// The newcomer's path, as issue and README promise it: from the first start to the energy of the
// first session, everything clicked as a person would. Only the station and the car are played.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Station } from "#simulator";
import { openPage } from "#support/engines/browser";
import { car, type Desk, openDesk, password, plugOf, soon, tabTo } from "./desk.ts";

let desk: Desk;
let station: Station;

beforeAll(async () => {
  // Who is not accepted knocks again each second.
  // With all that moves, as most people have it.
  const limits = { bootRetrySeconds: 1, retrySpreadPercent: 0 };
  desk = await openDesk({ limits }, { reducedMotion: "no-preference" });
  station = desk.station("NEW-1", {
    speed: 120,
    configuration: { MeterValueSampleInterval: "1" },
  });
}, 90_000);
afterAll(() => desk?.close());

/** What a canvas shows. */
interface Drawn {
  toDataURL(): string;
}

const banner = () => desk.page.locator('[data-newcomer="NEW-1"]');
const step = (name: string) => banner().locator(`[data-step="${name}"]`);
const dialog = () => desk.page.getByRole("dialog");
const menu = (name: string) => desk.page.getByRole("navigation").getByRole("link", { name });
const heading = (name: string) => desk.page.getByRole("heading", { level: 1, name });

describe("a newcomer", { timeout: 40_000 }, () => {
  it("sets up the first password with the one that the terminal shows", async () => {
    const { page, house, oneTimePassword } = desk;
    await page.goto(house.apiUrl);
    await page.getByText("the terminal in which Motown was started").waitFor();
    await page.getByRole("textbox", { name: "Name" }).fill("admin");
    await page.getByRole("textbox", { name: "Password" }).fill(oneTimePassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Choose your password" }).waitFor();
    // By the API's document: the console has no rule of its own.
    await page.getByText("At least 12 characters.").waitFor();
    await page.getByRole("textbox", { name: "New password" }).fill(password);
    await page.getByRole("textbox", { name: "The same again" }).fill(password);
    await page.getByRole("button", { name: "Set password and start" }).click();
    await page.getByRole("heading", { name: "Connect the first station" }).waitFor();
  });

  it("takes the address along, also where no TLS gives a page the clipboard", async () => {
    const { page, house } = desk;
    await page.evaluate(`
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      addEventListener("copy", () => { globalThis.copied = document.activeElement.value; });
    `);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.locator('button:focus[aria-label="Copied"]').waitFor();
    expect(await page.evaluate("copied")).toBe(`${house.apiUrl.replace("http", "ws")}/ocpp/`);
  });

  it("sees who knocks, on the overview and in a banner, and lets it in", async () => {
    const { page, house } = desk;
    // Registered ones that nobody ever heard of are none of those who want in.
    await house.api("POST", "/api/v1/charging-stations", { stationId: "ANNOUNCED" });
    station.powerOn();
    const waiting = page.locator('[data-attention="waiting"]');
    await waiting.getByText("2", { exact: true }).waitFor();
    await waiting.getByRole("link").click();
    await heading("Stations").waitFor();
    await banner().getByRole("heading", { name: "A new station wants in" }).waitFor();
    await page.locator("[data-announced]").getByRole("link", { name: "ANNOUNCED" }).waitFor();
    expect(await page.locator('[data-newcomer="ANNOUNCED"]').count()).toBe(0);
    await banner().getByRole("button", { name: "Accept" }).click();
    await page.getByText("NEW-1 is accepted.").waitFor();
    await step("accept").and(page.locator("[data-done]")).waitFor();
  });

  it("says what the station consists of, and sees it come in with its next boot", async () => {
    const { page } = desk;
    await step("type").and(page.locator('[aria-current="step"]')).waitFor();
    await banner().getByLabel("Connector type").fill("IEC_62196_T2");
    await banner().getByLabel("kW").fill("22");
    await banner().getByRole("button", { name: "Add the type" }).click();
    for (const name of ["type", "configured", "boot"]) {
      await step(name).and(page.locator("[data-done]")).waitFor();
    }
    await step("charge").and(page.locator('[aria-current="step"]')).waitFor();
    await banner()
      .getByText(/It is ready/)
      .waitFor();
  });

  it("allows a token", async () => {
    const { page } = desk;
    await menu("Tokens").click();
    await page.getByRole("button", { name: "New token" }).click();
    await dialog().getByLabel("Value").fill("CARD-1");
    await dialog().getByRole("button", { name: "Add token" }).click();
    await page.getByRole("row").filter({ hasText: "CARD-1" }).waitFor();
  });

  it("starts the first charge and sees its meter move", async () => {
    const { page } = desk;
    await menu("Stations").click();
    await page.getByRole("row").filter({ hasText: "NEW-1" }).getByRole("link").first().click();
    await heading("NEW-1").waitFor();
    plugOf(station).plugIn(car);
    await page.locator('[data-evse="1"]').getByText("preparing").waitFor();
    await page.getByRole("button", { name: "Start charging" }).click();
    await dialog().getByLabel("Identifying token").fill("CARD-1");
    await dialog().getByRole("button", { name: "Send" }).click();
    await page.locator('[data-outcome="accepted"]').getByText("NEW-1: Start transaction").waitFor();
    const session = page.locator("[data-session]");
    await session.getByText("CARD-1").waitFor();
    const plot = session.getByRole("img", { name: "Power of this session over time" });
    await plot.waitFor();
    const drawn = () =>
      plot.locator("canvas").evaluate((canvas) => (canvas as unknown as Drawn).toDataURL());
    const energy = () => session.getByText(/Wh$/).textContent();
    const before = { energy: await energy(), drawn: await drawn() };
    await expect.poll(energy, soon).not.toBe(before.energy);
    await expect.poll(drawn, soon).not.toBe(before.drawn);
  });

  it("stops it from afar, asked once what that ends", async () => {
    const { page } = desk;
    await page.getByRole("button", { name: "Stop charging" }).click();
    await dialog().getByRole("heading", { name: "Stop charging: are you sure?" }).waitFor();
    await dialog().getByText("1 session is running there and may end.").waitFor();
    await dialog().getByRole("button", { name: "Stop charging" }).click();
    await page.locator('[data-outcome="accepted"]').getByText("NEW-1: Stop transaction").waitFor();
    await expect.poll(() => page.locator("[data-session]").count(), soon).toBe(0);
    expect(await dialog().count()).toBe(0);
    expect(plugOf(station).transaction).toBeUndefined();
  });

  it("finds the session with the energy that the meter has counted", async () => {
    const { page } = desk;
    const [charged] = station.transactions;
    const meterWh = (charged?.meterStopWh ?? 0) - (charged?.meterStartWh ?? 0);
    expect(meterWh).toBeGreaterThan(0);
    await menu("Sessions").click();
    const over = page.getByRole("table", { name: "Over" });
    await over.getByRole("link", { name: "NEW-1" }).click();
    await heading("Session at NEW-1").waitFor();
    await page.getByRole("main").getByText("ended", { exact: true }).waitFor();
    const shown = (await page.locator('[data-figure="energy"]').textContent()) ?? "";
    const [, amount = "", unit] = /([\d.,]+)\s*(k?Wh)/.exec(shown) ?? [];
    const shownWh = Number(amount.replaceAll(",", "")) * (unit === "kWh" ? 1_000 : 1);
    // Three digits are shown.
    expect(Math.abs(shownWh - meterWh), `${shown}, ${meterWh} Wh`).toBeLessThan(meterWh / 100);
    await menu("Stations").click();
    await heading("Stations").waitFor();
    expect(await banner().count()).toBe(0);
  });

  it("has met no mistake of the page on the way", () => {
    expect(desk.errors).toEqual([]);
  });
});

it("goes the first steps without a mouse, too", { timeout: 40_000 }, async () => {
  const { page, errors } = await openPage(desk.browser);
  desk.station("NEW-2").powerOn();
  await page.goto(desk.house.apiUrl);
  const name = page.getByRole("textbox", { name: "Name" });
  await tabTo(page, name);
  await page.keyboard.type("admin");
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.keyboard.press("Tab");
  await tabTo(page, page.getByRole("link", { name: "Skip to the content" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator('[data-attention="waiting"]').getByRole("link"));
  await page.keyboard.press("Enter");
  const newcomer = page.locator('[data-newcomer="NEW-2"]');
  await tabTo(page, newcomer.getByRole("button", { name: "Accept" }));
  await page.keyboard.press("Enter");
  await page.getByText("NEW-2 is accepted.").waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});
