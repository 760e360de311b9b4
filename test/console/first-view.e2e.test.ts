// Goal: somebody with a slow phone sees the console soon. Method: what a first view costs there is
// what it loads and how often one thing waits for another; both are the same on a busy machine.
// What it comes to in seconds is measured by `npm run bench -- console`.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeContexts, openPage, sharedBrowser, signInFirst } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";

const kilobyte = 1000;
const figures = '[data-figure="connected"]';

let house: TestMotown;
let browser: Browser;
let kept: BrowserContextOptions;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  await house.admit("SEEN-1");
  browser = await sharedBrowser();
  const { page } = await openPage(browser);
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await signInFirst(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
  kept = { storageState: await page.context().storageState() };
  await page.context().close();
}, 90_000);
afterAll(async () => {
  if (browser !== undefined) await closeContexts(browser);
  await house?.stop();
});

interface Request {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: number;
}

/** What was asked for until something is seen, by the page's own account. */
async function loadedUntil(page: Page, path: string, selector: string) {
  await page.goto(house.apiUrl + path);
  await page.locator(selector).waitFor();
  return page.evaluate<readonly Request[]>(`(() => {
    const seenMs = performance.now();
    const entries = [...performance.getEntriesByType("navigation"),
      ...performance.getEntriesByType("resource")];
    return entries.filter(({ responseEnd }) => responseEnd > 0 && responseEnd < seenMs)
      .map((one) => ({ name: new URL(one.name).pathname,
        startMs: one.startTime, endMs: one.responseEnd, bytes: one.transferSize }));
  })()`);
}

const bytesOf = (requests: readonly Request[]) =>
  requests.reduce((sum, { bytes }) => sum + bytes, 0);
const named = (requests: readonly Request[], part: RegExp) => {
  const found = requests.find(({ name }) => part.test(name));
  if (found === undefined) throw new Error(`${part} is not among ${JSON.stringify(requests)}`);
  return found;
};

it("opens the door with little, all of it named by the page itself", async () => {
  const { page } = await openPage(browser);
  const requests = await loadedUntil(page, "/sign-in", 'input[name="password"]');
  const early = requests.filter(({ name }) => !/inside|icon/.test(name));
  expect(bytesOf(early), JSON.stringify(early)).toBeLessThan(140 * kilobyte);
  expect(early.length).toBeLessThanOrEqual(10);
  const scripts = early.filter(({ name }) => /\.(js|css)$/.test(name));
  // None of them waits for another one to ask for it.
  const entry = named(requests, /\/index-.*\.js$/);
  for (const { name, startMs } of scripts) expect(startMs, name).toBeLessThan(entry.endMs);
  await page.context().close();
});

it("asks for what will be shown before the code that shows it is there", async () => {
  const { page } = await openPage(browser, kept);
  const requests = await loadedUntil(page, "/", figures);
  expect(bytesOf(requests), JSON.stringify(requests)).toBeLessThan(250 * kilobyte);
  const inside = named(requests, /\/inside-.*\.js$/);
  for (const part of [/\/session$/, /\/overview$/, /\/inside-.*\.css$/]) {
    expect(named(requests, part).startMs, String(part)).toBeLessThan(inside.endMs);
  }
  // Asked once: who needs the answer takes the one that was asked for early.
  expect(requests.filter(({ name }) => name.endsWith("/session"))).toHaveLength(1);
  expect(requests.filter(({ name }) => name.endsWith("/overview"))).toHaveLength(1);
  await page.context().close();
});

it("loads nothing again that has not changed", async () => {
  const { page } = await openPage(browser, kept);
  await loadedUntil(page, "/", figures);
  const requests = await loadedUntil(page, "/", figures);
  expect(bytesOf(requests), JSON.stringify(requests)).toBeLessThan(8 * kilobyte);
  await page.context().close();
});
