// Every page, by axe (WCAG 2.2 AA): reachable, named, and of enough contrast, light and dark, at a
// desk and on a phone.
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeContexts, openPage, sharedBrowser, signInFirst } from "#support/engines/browser";

import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";
import { barriers } from "./barriers.ts";
import { shownPages, urlOf } from "./pages.ts";

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let house: TestMotown;
let browser: Browser;
let storageState: Exclude<BrowserContextOptions["storageState"], string | undefined>;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  for (const accepted of [true, false]) {
    const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }];
    const station = { stationId: `SHOWN-${accepted}`, ...(accepted ? { accepted, evses } : {}) };
    await house.api("POST", "/api/v1/charging-stations", station);
  }
  browser = await sharedBrowser();
  const { page } = await openPage(browser);
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await signInFirst(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
  storageState = await page.context().storageState();
  await page.context().close();
}, 90_000);
afterAll(async () => {
  if (browser !== undefined) await closeContexts(browser);
  await house?.stop();
});

/** How a page is looked at. In dark nothing but its colours is another. */
const looks = [
  { name: "light, at a desk", colorScheme: "light", viewport: desk, rules: "all" },
  { name: "dark, at a desk", colorScheme: "dark", viewport: desk, rules: "colours" },
  { name: "light, on a phone", colorScheme: "light", viewport: phone, rules: "all" },
] as const;

it("no page keeps anybody out", { timeout: 300_000 }, async () => {
  const { page, errors } = await openPage(browser, { storageState, viewport: desk });
  const found: string[] = [];
  for (const shown of shownPages) {
    await page.setViewportSize(desk);
    await page.goto(await urlOf(shown, house));
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.locator('[data-liveness="live"]').waitFor();
    for (const { name, colorScheme, viewport, rules } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      const barred = await barriers(page, { rules });
      found.push(...barred.map((barrier) => `${shown.name}, ${name}: ${barrier}`));
    }
  }
  expect(found).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
});

it("nor does the door", async () => {
  const { page } = await openPage(browser);
  await page.goto(house.apiUrl);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await barriers(page, {})).toEqual([]);
});
