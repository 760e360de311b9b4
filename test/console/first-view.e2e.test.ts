// Goal: somebody with a slow phone sees the console before he wonders whether it comes. Method: the
// page is slowed down by the browser's own debugger; the middle of some tries, judged by what the
// machine does besides.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, openPage, signInFirst } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { firstViews } from "../../bench/console/first-view.ts";
import { ensureConsole } from "../../tools/console.mjs";

const firstViewMs = 1_500;
const person = { user: "admin", password: "a good password" };

let house: TestMotown;
let browser: Browser;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  await house.admit("SEEN-1");
  await house.api("POST", "/api/v1/charging-stations", { stationId: "SEEN-2" });
  browser = await openBrowser();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it("shows the first view within 1.5 s on a slow phone", { timeout: 150_000 }, async () => {
  const { page } = await openPage(browser);
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  const url = house.apiUrl;
  await signInFirst(page, { url, oneTimePassword, password: person.password });
  const kept = await page.context().storageState();
  await page.context().close();
  const views = await firstViews({ browser, url, person, kept });
  for (const { calmMs } of views) expect(calmMs, JSON.stringify(views)).toBeLessThan(firstViewMs);
});
