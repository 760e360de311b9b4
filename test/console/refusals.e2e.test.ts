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
    limits: {
      ...{ loginFailuresMax: triesMax, loginFailuresMs: lockedMs, callTimeoutMs: 2_500 },
      liveHeartbeatMs: 300,
    },
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

const needs = (permission: string) =>
  `Your account may not do this: it needs the permission ${permission}. (NotPermitted)`;

/** What can be done on pages of no station, and what it takes. */
const doings: readonly (readonly [path: string, name: string, why: string])[] = [
  ["/tokens", "New token", needs("SetToken")],
  ["/tokens", "Add many tokens", needs("SetToken")],
  ["/tokens/import", "Add 0 tokens", needs("SetToken")],
  ["/types", "New type", needs("DefineStationType")],
  ["/types/new", "Add the type", needs("DefineStationType")],
  ["/types/Acme/One", "Change", needs("DefineStationType")],
  ["/types/Acme/One", "Remove", needs("RemoveStationType")],
  ["/health", "Rebuild views", "This is for administrators. (NotAdministrator)"],
];

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

  it("finds it among what was refused, whole beside the list", async () => {
    const { page } = desk;
    await look(page, "/refusals", "Refusals");
    await page.getByRole("searchbox").fill("stoptrans");
    const row = page.locator('[role="row"][data-linked]');
    await row.filter({ hasText: "TransactionNotOpen" }).click();
    const whole = dialogOf(page);
    await whole.getByText("RequestStopTransaction", { exact: true }).waitFor();
    await whole.getByText("No running session of the station has this id.").waitFor();
    await whole.getByText("TransactionNotOpen", { exact: true }).waitFor();
    expect(await whole.textContent()).toContain("admin");
    await page.keyboard.press("Escape");
    await expect.poll(() => whole.count(), soon).toBe(0);
    await row.click();
    await whole.getByRole("link", { name: "OURS" }).click();
    await page.getByRole("heading", { level: 1, name: "OURS" }).waitFor();
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

  it("need not close what went well, unless he is at it; what failed stays", async () => {
    const storageState = await desk.page.context().storageState();
    const { page, errors } = await openPage(desk.browser, { storageState });
    await page.clock.install();
    await look(page, "/stations/OURS", "OURS");
    await page.locator('[data-evse="1"]').getByRole("button", { name: "Unlock" }).click();
    const failed = page.locator('[data-toast="request"]:has([data-outcome="rejected"])');
    await failed.waitFor();
    const well = page.locator('[data-toast="request"]:has([data-outcome="accepted"])');
    const [awhile, enough] = [60_000, 8_000];
    const holds = [
      [() => well.hover(), () => page.mouse.move(1, 1)],
      [
        () => well.getByRole("button", { name: "Close" }).focus(),
        () => page.getByRole("link", { name: "Skip to the content" }).focus(),
      ],
    ] as const;
    for (const [take, leave] of holds) {
      await ask(page, "Clear cache");
      await dialogOf(page).getByRole("button", { name: "Send" }).click();
      await well.waitFor();
      await take();
      await page.clock.fastForward(awhile);
      expect(await well.count()).toBe(1);
      await leave();
      // Its time begins when it is let go.
      await expect.poll(() => page.clock.fastForward(enough).then(() => well.count())).toBe(0);
    }
    expect(await failed.count()).toBe(1);
    expect(errors).toEqual([]);
    await page.context().close();
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
      .toBe(needs("RequestStopTransaction"));
    expect(await stop.getAttribute("aria-disabled")).toBe("true");
    await stop.hover();
    await ada.getByRole("tooltip").getByText(needs("RequestStopTransaction")).waitFor();
    await stop.click({ force: true });
    expect(await dialogOf(ada).count()).toBe(0);
    await ada.getByRole("button", { name: "Ask the station" }).click();
    const item = (name: string) => ada.getByRole("menuitem", { name, exact: true });
    expect(await item("Clear cache").getAttribute("aria-disabled")).toBe("true");
    expect(await item("Reset").getAttribute("aria-disabled")).not.toBe("true");
    await ada.keyboard.press("Escape");
  });

  it("reads on every page which permission it takes, where others can go on", async () => {
    const { house, page } = desk;
    const evse = { evseId: 1, connectors: [{ connectorId: 1, type: "T2" }] };
    await house.api("PUT", "/api/v1/station-types/Acme/One", { evses: [evse] });
    let shown = "";
    for (const [path, name, why] of doings) {
      for (const who of path === shown ? [] : [ada, page]) await who.goto(house.apiUrl + path);
      shown = path;
      const button = ada.getByRole("button", { name, exact: true });
      await expect.poll(() => button.getAttribute("aria-description"), soon).toBe(why);
      expect(await button.getAttribute("aria-disabled"), name).toBe("true");
      await button.click({ force: true, noWaitAfter: true });
      expect(await dialogOf(ada).count()).toBe(0);
      expect(ada.url()).toBe(house.apiUrl + path);
      const role = ["Add many tokens", "New type"].includes(name) ? "link" : "button";
      const own = page.getByRole(role, { name, exact: true });
      await own.waitFor();
      expect(await own.getAttribute("aria-disabled"), name).not.toBe("true");
    }
  });

  it("is held back in the menu of a token, item by item", async () => {
    const { house, page } = desk;
    const { body } = await house.api<{ tokenRef: string }>("GET", "/api/v1/tokens/CARD-1");
    const items = { Change: "SetToken", Take: "RemoveToken", Erase: "EraseToken" };
    for (const who of [ada, page]) {
      await who.goto(`${house.apiUrl}/tokens/${body.tokenRef}`);
      await who.getByRole("button", { name: "Change", exact: true }).click();
      for (const [name, permission] of Object.entries(items)) {
        const item = who.getByRole("menuitem", { name: new RegExp(`^${name}`) });
        const isHeld = who === ada;
        const why = isHeld ? needs(permission) : null;
        await expect.poll(() => item.getAttribute("aria-description"), soon).toBe(why);
        expect((await item.getAttribute("aria-disabled")) === "true").toBe(isHeld);
      }
      await who.keyboard.press("Escape");
    }
  });

  it("finds no way to what is for administrators, and behind its address the reason", async () => {
    const menu = ada.getByRole("navigation");
    await menu.getByRole("link", { name: "Stations", exact: true }).waitFor();
    expect(await menu.getByRole("link", { name: "Users" }).count()).toBe(0);
    await ada.goto(`${desk.house.apiUrl}/users`);
    await problem(ada, "NotAdministrator").getByText("This is for administrators.").waitFor();
  });
});

describe("whoever's session ends in the middle", { timeout: 30_000 }, () => {
  const ended = "Your session has ended. Sign in to go on where you were:";
  const kind = () => dialogOf(ada).getByLabel("Kind");
  const reset = async () => {
    const path = "/api/v1/users/ada/password-resets";
    return (await desk.house.api<{ oneTimePassword: string }>("POST", path)).body.oneTimePassword;
  };
  const comeBack = async (given: string, chosen: string) => {
    await fillIn(ada, "ada", given);
    await ada.getByRole("textbox", { name: "New password" }).fill(chosen);
    await ada.getByRole("textbox", { name: "The same again" }).fill(chosen);
    await ada.getByRole("button", { name: "Set password and start" }).click();
    await ada.getByRole("heading", { level: 1, name: "OURS" }).waitFor();
    expect(ada.url()).toBe(`${desk.house.apiUrl}/stations/OURS?tab=requests`);
  };

  it("is told so without a click, and finds what he had written", async () => {
    await look(ada, "/stations/OURS?tab=requests", "OURS");
    await ada.locator('button[data-request="RequestReset"]').click();
    await kind().selectOption("soft");
    const given = await reset();
    await ada.getByText(ended).waitFor();
    expect(await ada.getByRole("textbox", { name: "Name" }).inputValue()).toBe("ada");
    expect(await ada.getByRole("dialog").count()).toBe(0);
    await comeBack(given, "another long one");
    expect(await kind().inputValue()).toBe("soft");
  });

  it("is told of what he sent that it was not done", async () => {
    let given = "";
    // While his request is on its way: the page learns of it at once, and may no more be asked.
    await ada.route(/\/OURS\/requests$/, async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      given = await reset();
      await route.continue();
    });
    await dialogOf(ada).getByRole("button", { name: "Send" }).click();
    await ada.getByText(ended).waitFor();
    await ada.unroute(/\/OURS\/requests$/);
    await comeBack(given, "yet another long one");
    const said = dialogOf(ada).locator('[data-problem="SessionEnded"]');
    await said.getByText("Your session had ended: nothing was done.").waitFor();
    expect(await kind().inputValue()).toBe("soft");
    expect(plugOf(station).transaction).toBeDefined();
  });

  it("leaves nothing of it to somebody else", async () => {
    await reset();
    await ada.getByText(ended).waitFor();
    await fillIn(ada, "admin", password);
    await ada.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    await ada.getByRole("button", { name: "Signed in as admin" }).waitFor();
    expect(await dialogOf(ada).count()).toBe(0);
  });
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
