// The operator's console in a real browser, before a real server: he signs in, what happens is on
// his screen at once, and a server that was away is no reason to load the page again.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  openPage,
  openProfiles,
  type Profiles,
  signInFirst,
  type WatchedPage,
} from "#support/engines/browser";
import { freePort } from "#support/engines/free-port";
import { startTestMotown, type TestMotown } from "#support/motown";
import { strainOf } from "../../bench/console/in-page.ts";
import { ensureConsole } from "../../tools/console.mjs";
import { soon } from "./desk.ts";

const password = "correct horse battery";
let house: TestMotown;
let browser: Profiles;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  // The browser must find the same address after a restart.
  house = await startTestMotown({ database: "sqlite", port: await freePort() });
  browser = await openProfiles();
  watched = await openPage(browser);
  page = watched.page;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const register = (stationId: string) =>
  house.api("POST", "/api/v1/charging-stations", { stationId });
const waiting = () => page.locator('[data-attention="waiting"]');
const liveness = (state: string) => page.locator(`[data-liveness="${state}"]`);

describe("the console", { timeout: 60_000 }, () => {
  it("leads from the first start to the overview", async () => {
    const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
    await signInFirst(page, { url: house.apiUrl, oneTimePassword, password });
    expect(new URL(page.url()).pathname).toBe("/");
    await page.getByRole("heading", { name: "Connect the first station" }).waitFor();
  });

  it("shows what happens within a second", async () => {
    await liveness("live").waitFor();
    const took: number[] = [];
    for (let count = 1; count <= 3; count += 1) {
      await register(`LIVE-${count}`);
      const since = performance.now();
      await waiting().getByText(String(count), { exact: true }).waitFor();
      took.push(performance.now() - since);
    }
    // The middle one: what another program on this machine takes now and then is not ours.
    const [, middle] = took.sort((one, other) => one - other);
    const strain = await strainOf(page);
    expect(middle, `${took.join(", ")}; strain ${strain}`).toBeLessThan(1_000 * strain);
  });

  it("says since when it is stale, and catches up without being loaded again", async () => {
    await page.evaluate(() => {
      (globalThis as { loadedOnce?: boolean }).loadedOnce = true;
    });
    await house.restart(async () => {
      await liveness("stale").waitFor();
      const said = (await liveness("stale").textContent()) ?? "";
      const [, since = ""] = /^Stale since (\d\d:\d\d:\d\d)$/.exec(said) ?? [];
      const today = new Date().toISOString().slice(0, 11);
      const secondsAgo = (Date.now() - Date.parse(`${today}${since}Z`)) / 1_000;
      expect(secondsAgo, said).toBeLessThan(30);
      const banner = page.getByRole("alert");
      await banner.getByText(`there is no connection to the server since ${since}`).waitFor();
      // What was known stays to be read.
      await waiting().getByText("3", { exact: true }).waitFor();
    });
    await register("LIVE-4");
    await liveness("live").waitFor();
    await waiting().getByText("4", { exact: true }).waitFor();
    const isSame = await page.evaluate(() => (globalThis as { loadedOnce?: boolean }).loadedOnce);
    expect(isSame).toBe(true);
  });

  it("says of what is done meanwhile that nobody knows, and then it can be done", async () => {
    await page.goto(`${house.apiUrl}/stations/LIVE-1`);
    const accept = page.getByRole("button", { name: "Accept" });
    await expect.poll(() => accept.getAttribute("aria-disabled"), soon).toBe("false");
    await house.restart(async () => {
      await liveness("stale").waitFor();
      await accept.click();
      const refused = page.locator('section [data-problem="AnswerMissing"]').first();
      await refused.getByText("No answer came: perhaps it was done, perhaps not.").waitFor();
    });
    await liveness("live").waitFor();
    await expect.poll(() => accept.getAttribute("aria-disabled"), soon).toBe("false");
    await accept.click();
    await page.getByText("LIVE-1 is accepted.").waitFor();
    await expect.poll(() => accept.count(), soon).toBe(0);
    await page.goto(house.apiUrl);
    await waiting().getByText("3", { exact: true }).waitFor();
  });

  it("does nothing later that was pressed while there was no network", async () => {
    await page.goto(`${house.apiUrl}/stations/LIVE-2`);
    const accept = page.getByRole("button", { name: "Accept" });
    await expect.poll(() => accept.getAttribute("aria-disabled"), soon).toBe("false");
    await page.context().setOffline(true);
    await accept.click();
    await page.locator('section [data-problem="AnswerMissing"]').first().waitFor();
    await page.context().setOffline(false);
    await page.goto(`${house.apiUrl}/stations?state=waiting`);
    await page.getByRole("cell", { name: "LIVE-2" }).waitFor();
    const { body } = await house.api("GET", "/api/v1/charging-stations/LIVE-2");
    expect(body.state).toBe("waiting");
    await page.goto(house.apiUrl);
  });

  it("does once what is sent again because its answer was lost", async () => {
    await page.goto(`${house.apiUrl}/users`);
    await page.getByRole("button", { name: "New user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill("bea");
    let lost = 0;
    await page.route(/\/api\/v1\/users$/, async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.fallback();
      lost += 1;
      // The server has done it, and was gone before it could say so.
      await route.fetch();
      await route.abort("connectionreset");
    });
    const add = dialog.getByRole("button", { name: "Add user" });
    await add.click();
    await dialog.locator('[data-problem="AnswerMissing"]').waitFor();
    await add.click();
    await page.getByText("It had arrived the first time: it was not done again.").waitFor();
    await dialog.getByText("One-time password of bea").waitFor();
    await page.unroute(/\/api\/v1\/users$/);
    await dialog.getByRole("button", { name: "I have it" }).click();
    await page.goto(house.apiUrl);
  });

  it("asks again by itself for what could not be asked", async () => {
    await page.goto(`${house.apiUrl}/stations`);
    await page.getByRole("cell", { name: "LIVE-4" }).waitFor();
    await house.restart(async () => {
      await liveness("stale").waitFor();
      await page.getByRole("searchbox").fill("ive-4");
      await page.locator('main [data-problem="Unreachable"]').waitFor();
    });
    await page.getByText("1 row loaded").waitFor();
    await expect.poll(() => page.locator("[data-problem]").count(), soon).toBe(0);
    await page.goto(house.apiUrl);
  });

  it("says of a page that did not come so, and shows it when the server is back", async () => {
    await house.restart(async () => {
      await liveness("stale").waitFor();
      await page.getByRole("link", { name: "Limits" }).click();
      await page.getByRole("heading", { name: "This page could not be loaded." }).waitFor();
      await page.locator('main [data-problem="Unreachable"]').waitFor();
    });
    await page.getByRole("heading", { level: 1, name: "Limits" }).waitFor();
    await page.goto(house.apiUrl);
    await waiting().getByText("3", { exact: true }).waitFor();
  });

  it("says of a form whose fields did not come why, and asks for them again", async () => {
    const document = /\/openapi\.json$/;
    await page.route(document, (route) => route.abort("connectionreset"));
    await page.goto(`${house.apiUrl}/types/new`);
    const problem = page.locator('main [data-problem="Unreachable"]');
    await problem.waitFor();
    await page.unroute(document);
    await problem.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("textbox", { name: "Vendor" }).waitFor();
    await page.goto(house.apiUrl);
  });

  it("narrows a list by its address, and finds a station by a part of its id", async () => {
    await waiting().getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Stations" }).waitFor();
    expect(page.url()).toContain("state=waiting");
    await page.getByRole("searchbox").fill("ive-2");
    await page.getByText("1 row loaded").waitFor();
    await page.getByRole("cell", { name: "LIVE-2" }).waitFor();
    await page.reload();
    await page.getByRole("cell", { name: "LIVE-2" }).waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("ive-2");
    expect(await page.getByRole("cell", { name: /^LIVE-/ }).count()).toBe(1);
  });

  it("begins another page with its content, and goes on where a dialog was opened", async () => {
    const focused = () =>
      page.evaluate("document.activeElement.id || document.activeElement.textContent");
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await expect.poll(focused, soon).toBe("content");
    // What was followed may be a part of the content that goes.
    await page.getByRole("link", { name: "Stations" }).click();
    await page.getByRole("cell", { name: "LIVE-2" }).getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "LIVE-2" }).waitFor();
    await expect.poll(focused, soon).toBe("content");
    await page.getByRole("link", { name: "Users" }).click();
    await page.getByRole("button", { name: "New user" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused, soon).toBe("New user");
  });

  it("keeps a phone's menu out of the way until it is opened", async () => {
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    const menu = page.getByRole("button", { name: "Menu" });
    await expect.poll(() => menu.getAttribute("aria-expanded"), soon).toBe("false");
    await page.getByRole("navigation").waitFor({ state: "hidden" });
    await menu.click();
    await page.getByRole("navigation").getByRole("link", { name: "Stations" }).click();
    await page.getByRole("heading", { level: 1, name: "Stations" }).waitFor();
    await page.getByRole("navigation").waitFor({ state: "hidden" });
    if (before !== null) await page.setViewportSize(before);
  });

  it("refuses in words, and lets nobody back in after signing out", async () => {
    await page.getByRole("button", { name: "Signed in as admin" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByRole("textbox", { name: "Name" }).fill("admin");
    await page.getByRole("textbox", { name: "Password" }).fill("a wrong one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator('[data-problem="NotAuthenticated"]').waitFor();
    await page.goto(`${house.apiUrl}/stations`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("has made no mistake in all this", () => {
    // React tells of what a page shows in place of one that did not come, and of nothing else.
    expect(watched.errors).toEqual([
      expect.stringMatching(/^Refused: Unreachable: The page's code/),
    ]);
  });
});
