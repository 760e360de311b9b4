// Every page, by axe (WCAG 2.2 AA): reachable, named, and of enough contrast, light and dark, at a
// desk and on a phone.
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";

import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";
import { barriers, barriersInColours } from "./barriers.ts";
import { soon } from "./desk.ts";
import { shownPages, urlOf } from "./pages.ts";

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let house: TestMotown;
let browser: Profiles;
let storageState: Exclude<BrowserContextOptions["storageState"], string | undefined>;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  for (const accepted of [true, false]) {
    const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }];
    const station = { stationId: `SHOWN-${accepted}`, ...(accepted ? { accepted, evses } : {}) };
    await house.api("POST", "/api/v1/charging-stations", station);
  }
  browser = await openProfiles();
  const { page } = await openPage(browser);
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await beSignedIn(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
  storageState = await page.context().storageState();
  await page.context().close();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it.each([
  ["at a desk, light and dark", { viewport: desk, look: barriersInColours }],
  ["on a phone", { viewport: phone, look: barriers }],
] as const)("no page keeps anybody out: %s", { timeout: 150_000 }, async (_title, given) => {
  const { viewport, look } = given;
  const { page, errors } = await openPage(browser, { viewport, storageState });
  await page.goto(house.apiUrl);
  await page.locator('[data-liveness="live"]').waitFor();
  for (const shown of shownPages) {
    await goTo(page, await urlOf(shown, house));
    expect(await look(page), shown.name).toEqual([]);
  }
  expect(errors).toEqual([]);
  await page.context().close();
});

/** Goes on inside the page: what is loaded is not loaded again. */
async function goTo(page: Page, url: string): Promise<void> {
  // Pages of one kind by way of another one, so that nothing of the last stays as it was.
  const kindOf = (address: string) => new URL(address).pathname.split("/", 2).join("/");
  const via = kindOf(page.url()) === kindOf(url) ? [new URL("/limits", url).href] : [];
  for (const next of [...via, url]) {
    await page.evaluate(push(next));
    await page.locator("h1:not([data-left])").first().waitFor();
  }
  await page.locator('[data-liveness="live"]').waitFor();
  await expect.poll(() => page.locator(".mantine-Skeleton-root").count(), soon).toBe(0);
}

/** Runs in the page. The title of the page that is left is no sign that the next one is there. */
const push = (url: string) => `
  document.querySelector("h1")?.setAttribute("data-left", "");
  history.pushState({}, "", ${JSON.stringify(url)});
  dispatchEvent(new PopStateEvent("popstate"));`;

it("nor does the door", async () => {
  const { page } = await openPage(browser);
  await page.goto(house.apiUrl);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await barriers(page)).toEqual([]);
});
