// What somebody reads who may not, who is wrong, or whom a station refuses: in plain words, with
// the code that whoever helps will ask for.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Station } from "#simulator";
import { openPage, signInFirst } from "#support/engines/browser";
import { car, type Desk, openDesk, password, plugOf, soon } from "./desk.ts";

const triesMax = 3;
/** Counted from the first guess: the other ones have to fit in, on a slow machine, too. */
const lockedMs = 6_000;

let desk: Desk;
let station: Station;
let ada: Page;
let adasErrors: readonly string[];

beforeAll(async () => {
  desk = await openDesk({
    limits: { loginFailuresMax: triesMax, loginFailuresMs: lockedMs, callTimeoutMs: 2_500 },
  });
  const { house, browser } = desk;
  await house.admit("OURS", 1);
  await house.token("CARD-1");
  station = desk.station("OURS");
  station.powerOn();
  await desk.signIn();
  const user = { user: "ada", permissions: ["RequestReset.soft"] };
  const { body } = await house.api<{ oneTimePassword: string }>("POST", "/api/v1/users", user);
  const opened = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  ada = opened.page;
  adasErrors = opened.errors;
  const { oneTimePassword } = body;
  await signInFirst(ada, { url: house.apiUrl, user: "ada", oneTimePassword, password });
  await station.whenServed();
}, 90_000);
afterAll(() => desk?.close());

const dialogOf = (page: Page) => page.getByRole("dialog");

async function look(page: Page, path: string, title: string): Promise<void> {
  await page.goto(desk.house.apiUrl + path);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Opens the form of a request, by the menu of all. */
async function ask(page: Page, request: string): Promise<void> {
  await page.getByRole("button", { name: "Ask the station" }).click();
  await page.getByRole("menuitem", { name: request, exact: true }).click();
}

async function fillIn(page: Page, user: string, secret: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(user);
  await page.getByRole("textbox", { name: "Password" }).fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const problem = (page: Page, code: string) => page.locator(`[data-problem="${code}"]`);

describe("whoever asks a station", { timeout: 30_000 }, () => {
  it("is told by the server why a request makes no sense, beside what he wrote", async () => {
    const { page } = desk;
    await look(page, "/stations/OURS", "OURS");
    await ask(page, "Stop transaction");
    await dialogOf(page).getByRole("tab", { name: "JSON" }).click();
    const json = dialogOf(page).getByRole("textbox", { name: "JSON" });
    await json.fill('{ "type": "RequestStopTransaction" }');
    await dialogOf(page).getByRole("button", { name: "Send" }).click();
    await dialogOf(page).getByRole("alert").getByText("is needed").waitFor();
    // What cannot be read does not hold up the form that it is left for.
    await json.fill("{");
    await dialogOf(page).getByRole("tab", { name: "Form" }).click();
    await dialogOf(page).getByLabel("Transaction id").fill("no-such-session");
    await dialogOf(page).getByRole("button", { name: "Send" }).click();
    const said = dialogOf(page).locator('[data-problem="TransactionNotOpen"]');
    await said.getByText("No running session of the station has this id.").waitFor();
    await said.getByText("TransactionNotOpen", { exact: true }).waitFor();
    const kept = dialogOf(page).getByLabel("Transaction id");
    expect(await kept.inputValue()).toBe("no-such-session");
    await page.keyboard.press("Escape");
    await expect.poll(() => dialogOf(page).count(), soon).toBe(0);
  });

  it("is told by name when the station refuses, with the station's own word", async () => {
    const { page } = desk;
    plugOf(station).lock = "fails";
    await page.locator('[data-evse="1"]').getByRole("button", { name: "Unlock" }).click();
    const said = page.locator("[data-outcome]").filter({ hasText: "Unlock EVSE" });
    await said.getByText("the station says UnlockFailed").waitFor();
    expect(await said.getAttribute("data-outcome")).toBe("rejected");
    expect(await said.textContent()).toContain("rejected by the station");
  });

  it("is told when the station says nothing, and that nobody knows what it did", async () => {
    const { page } = desk;
    station.faults.arm("neverAnswer");
    await ask(page, "Clear cache");
    await dialogOf(page).getByRole("button", { name: "Send" }).click();
    const said = page.locator('[data-outcome="timedOut"]');
    await said.getByText("OURS: Clear cache timed out; it may have been carried out").waitFor();
  });

  it("is told what it would end, and ends nothing by turning back", async () => {
    const { page } = desk;
    plugOf(station).plugIn(car);
    expect(await plugOf(station).swipe("CARD-1")).toBe(true);
    const unlock = page.locator('[data-evse="1"]').getByRole("button", { name: "Unlock" });
    await page.getByRole("button", { name: "Stop charging" }).waitFor();
    const asked = async () => {
      const path = "/api/v1/charging-stations/OURS/requests";
      return (await desk.house.api<{ items: readonly unknown[] }>("GET", path)).body.items.length;
    };
    const before = await asked();
    await unlock.click();
    await dialogOf(page).getByText("1 session is running there and may end.").waitFor();
    await dialogOf(page).getByRole("button", { name: "Cancel" }).click();
    await expect.poll(() => dialogOf(page).count(), soon).toBe(0);
    await ask(page, "Reset");
    await dialogOf(page).getByText("1 session runs there and may end by this.").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialogOf(page).count(), soon).toBe(0);
    expect(await asked()).toBe(before);
    expect(plugOf(station).transaction).toBeDefined();
  });
});

describe("whoever has no permission", { timeout: 30_000 }, () => {
  it("sees what he cannot do, and why, and can do what he may", async () => {
    await look(ada, "/stations/OURS", "OURS");
    const stop = ada.getByRole("button", { name: "Stop charging" });
    await stop.waitFor();
    await expect
      .poll(() => stop.getAttribute("aria-description"), soon)
      .toMatch(/\(NotPermitted\)$/);
    expect(await stop.getAttribute("aria-description")).toBe(
      "You have no permission for this. (NotPermitted)",
    );
    expect(await stop.getAttribute("aria-disabled")).toBe("true");
    await stop.hover();
    await ada.getByRole("tooltip").getByText("You have no permission for this.").waitFor();
    await stop.click({ force: true });
    expect(await dialogOf(ada).count()).toBe(0);
    await ada.getByRole("button", { name: "Ask the station" }).click();
    const item = (name: string) => ada.getByRole("menuitem", { name, exact: true });
    expect(await item("Clear cache").getAttribute("aria-disabled")).toBe("true");
    expect(await item("Reset").getAttribute("aria-disabled")).not.toBe("true");
    await ada.keyboard.press("Escape");
  });

  it("finds no way to what is for administrators, and behind its address the reason", async () => {
    const menu = ada.getByRole("navigation");
    await menu.getByRole("link", { name: "Stations", exact: true }).waitFor();
    expect(await menu.getByRole("link", { name: "Users" }).count()).toBe(0);
    await ada.goto(`${desk.house.apiUrl}/users`);
    await problem(ada, "NotAdministrator").getByText("This is for administrators.").waitFor();
  });
});

it("whose session ends in the middle is told so, and comes back to where he was", {
  timeout: 30_000,
}, async () => {
  const { house } = desk;
  await look(ada, "/stations/OURS?tab=requests", "OURS");
  await ada.locator('button[data-request="RequestReset"]').click();
  await dialogOf(ada).getByLabel("Kind").selectOption("soft");
  const path = "/api/v1/users/ada/password-resets";
  let given = "";
  // While his request is on its way: the page learns of it at once, and may no more be asked.
  await ada.route(/\/OURS\/requests$/, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const { body } = await house.api<{ oneTimePassword: string }>("POST", path);
    given = body.oneTimePassword;
    await route.continue();
  });
  await dialogOf(ada).getByRole("button", { name: "Send" }).click();
  await ada.getByText("Your session has ended. Sign in to go on where you were.").waitFor();
  await fillIn(ada, "ada", given);
  await ada.unroute(/\/OURS\/requests$/);
  await ada.getByRole("textbox", { name: "New password" }).fill("another long one");
  await ada.getByRole("textbox", { name: "The same again" }).fill("another long one");
  await ada.getByRole("button", { name: "Set password and start" }).click();
  await ada.getByRole("heading", { level: 1, name: "OURS" }).waitFor();
  expect(ada.url()).toBe(`${house.apiUrl}/stations/OURS?tab=requests`);
  await ada.locator('button[data-request="RequestReset"]').waitFor();
  expect(plugOf(station).transaction).toBeDefined();
});

it("who guesses passwords has to wait, also with the right one", { timeout: 60_000 }, async () => {
  const { house, browser } = desk;
  const { page } = await openPage(browser);
  await page.goto(house.apiUrl);
  for (let tries = 0; tries < triesMax; tries += 1) {
    await fillIn(page, "admin", `a guess ${tries}`);
    await problem(page, "NotAuthenticated").waitFor();
  }
  await problem(page, "NotAuthenticated").getByText("The name or the password is wrong.").waitFor();
  await fillIn(page, "admin", password);
  const wait = problem(page, "TooManyAttempts");
  await wait.getByText("Too many failed attempts. Wait before the next.").waitFor();
  const inside = page.getByRole("heading", { level: 1, name: "Overview" });
  const again = async () => {
    if (await inside.isVisible()) return true;
    await page.getByRole("button", { name: "Sign in" }).click({ timeout: 1_000 });
    return inside.isVisible();
  };
  await expect.poll(again, { timeout: 20_000, interval: 300 }).toBe(true);
  await page.context().close();
});

it("none of this was a mistake of the page", () => {
  expect(desk.errors).toEqual([]);
  expect(adasErrors).toEqual([]);
});
