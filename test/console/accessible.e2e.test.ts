// Every page, by axe (WCAG 2.2 AA): reachable, named, and of enough contrast, light and dark, at a
// desk and on a phone.
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, openPage, signInFirst } from "#support/engines/browser";

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
  browser = await openBrowser();
  const { page } = await openPage(browser);
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await signInFirst(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
  storageState = await page.context().storageState();
  await page.context().close();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it.each([
  ["light, at a desk", { colorScheme: "light", viewport: desk }],
  ["dark, at a desk", { colorScheme: "dark", viewport: desk }],
  ["light, on a phone", { colorScheme: "light", viewport: phone }],
] as const)("no page keeps anybody out: %s", { timeout: 150_000 }, async (_title, options) => {
  const { page, errors } = await openPage(browser, {
    ...{ ...options, storageState, reducedMotion: "reduce" },
  });
  for (const shown of shownPages) {
    await page.goto(await urlOf(shown, house));
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.locator('[data-liveness="live"]').waitFor();
    expect(await barriers(page), shown.name).toEqual([]);
  }
  expect(errors).toEqual([]);
  await page.context().close();
});

it("nor does the door", async () => {
  const { page } = await openPage(browser);
  await page.goto(house.apiUrl);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await barriers(page)).toEqual([]);
});
