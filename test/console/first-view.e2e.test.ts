// Goal: somebody with a slow phone sees the console soon. Method: what a first view costs there is
// what it loads and how often one thing waits for another; both are the same on a busy machine.
// What it comes to in seconds is measured by `npm run bench -- console`.
import type { BrowserContextOptions, Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";
import { barriers } from "./barriers.ts";

const kilobyte = 1000;
const figures = '[data-figure="connected"]';
const plot = ".uplot";
const user = 'input[name="user"]';
const password = 'input[name="password"]';
const chosen = "a good password";

/** A busy machine needs longer for all that a page does. */
const slow = { timeout: 40_000 };

let house: TestMotown;
let browser: Profiles;
let kept: BrowserContextOptions;

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  await house.admit("SEEN-1");
  browser = await openProfiles();
  const { page } = await openPage(browser);
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await beSignedIn(page, { url: house.apiUrl, oneTimePassword, password: chosen });
  kept = { storageState: await page.context().storageState() };
  await page.context().close();
}, 90_000);
afterAll(async () => {
  await browser?.close();
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

/** Scripts and styles come only when they are let go; what is seen until then is the page's own. */
async function held(page: Page, files = /\/assets\//) {
  const waiting: Route[] = [];
  let isLetGo = false;
  await page.route(files, async (route) => {
    if (isLetGo) await route.continue();
    else waiting.push(route);
  });
  return async () => {
    isLetGo = true;
    await Promise.all(waiting.map((route) => route.continue()));
  };
}

/** The console's code has come: what it is drawn in says its colours at the root. */
const alive = "html[data-mantine-color-scheme]";

/**
 * Where things are, and how they look once no colour is on its way to another: the same before and
 * after the code has come.
 */
function looks(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    const shown = document.querySelectorAll("#root :is(h1, p, label, input, button, svg)");
    return [...shown].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const { color, backgroundColor, borderColor, fontFamily, fontSize } = getComputedStyle(one);
      return [one.localName, x, y, width, height, color, backgroundColor, borderColor, fontFamily,
        fontSize].join(" ");
    });
  })()`);
}

const bytesOf = (requests: readonly Request[]) =>
  requests.reduce((sum, { bytes }) => sum + bytes, 0);
const named = (requests: readonly Request[], part: RegExp) => {
  const found = requests.find(({ name }) => part.test(name));
  if (found === undefined) throw new Error(`${part} is not among ${JSON.stringify(requests)}`);
  return found;
};

const schemes = ["light", "dark"] as const;

it.each(schemes)("shows the form with the page alone: %s", slow, async (colorScheme) => {
  const { page, errors } = await openPage(browser, { colorScheme });
  const letGo = await held(page);
  await page.goto(`${house.apiUrl}/sign-in`, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  expect(await page.locator(password).isEditable()).toBe(true);
  const before = await looks(page);
  const bytes = await page.evaluate<number>(
    `performance.getEntriesByType("navigation")[0].transferSize`,
  );
  expect(bytes).toBeLessThan(12 * kilobyte);
  await letGo();
  await page.locator(alive).waitFor();
  expect(await looks(page)).toEqual(before);
  // One of each: nothing is read out twice.
  expect(await page.getByRole("textbox").count()).toBe(2);
  expect(await barriers(page)).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
});

it("keeps what was typed, and where, when the code of the form comes", slow, async () => {
  const { page, errors } = await openPage(browser);
  const letGo = await held(page);
  await page.goto(`${house.apiUrl}/sign-in`, { waitUntil: "commit" });
  await page.locator(user).pressSequentially("adm");
  await page.evaluate(`globalThis.fieldBefore = document.querySelector('${user}')`);
  await letGo();
  await page.locator(alive).waitFor();
  await page.keyboard.type("in");
  expect(await page.locator(user).inputValue()).toBe("admin");
  // The very field: a reader is not told of it again, and nobody is thrown out of it.
  const isSame = `fieldBefore === document.querySelector('${user}:focus')`;
  expect(await page.evaluate(isSame)).toBe(true);
  await page.keyboard.press("Tab");
  await page.keyboard.type(chosen);
  await page.keyboard.press("Enter");
  await page.locator(figures).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

it("sends what was sent before the code of the form was there", slow, async () => {
  const { page, errors } = await openPage(browser);
  // The first kilobytes have come, and no more.
  const letGo = await held(page, /\/assets\/door-.*\.js$/);
  await page.goto(`${house.apiUrl}/sign-in?user=admin`, { waitUntil: "commit" });
  await page.locator(`${password}:focus`).waitFor();
  await page.keyboard.type(chosen);
  await page.keyboard.press("Enter");
  await page.locator("form[aria-busy]").waitFor();
  expect(new URL(page.url()).search).toBe("?user=admin");
  await letGo();
  await page.locator(figures).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

it(
  "asks for the first page's figures when somebody is let in, not when it is drawn",
  slow,
  async () => {
    const { page, errors } = await openPage(browser);
    // What draws it is held until it was asked for: asked by that code, it would never come.
    const letGo = await held(page, /\/assets\/(inside|overview-page)-.*\.js$/);
    // Once it listens it asks for what may have changed before; that is not what is counted here.
    await page.route(/\/api\/v1\/changes/, (route) => route.abort());
    await page.goto(`${house.apiUrl}/sign-in?user=admin`, { waitUntil: "commit" });
    // Before, the name may not stand there yet, and a browser sends no form that lacks one.
    await page.locator(alive).waitFor();
    await page.locator(password).fill(chosen);
    const asked: string[] = [];
    page.on("request", (one) => asked.push(new URL(one.url()).pathname));
    const question = page.waitForRequest((one) => one.url().includes("/api/v1/overview"));
    await page.keyboard.press("Enter");
    await question;
    await letGo();
    await page.locator(figures).waitFor();
    expect(asked.filter((path) => path.endsWith("/overview"))).toHaveLength(1);
    expect(errors).toEqual([]);
    await page.context().close();
  },
);

it("speaks the language of the browser from the first, and one that was chosen", slow, async () => {
  const { page, errors } = await openPage(browser, { locale: "de-DE" });
  const letGo = await held(page);
  await page.goto(house.apiUrl, { waitUntil: "commit" });
  await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
  await letGo();
  await page.locator(alive).waitFor();
  await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
  await page.evaluate(`localStorage.setItem("motown.language", "nl")`);
  await page.unrouteAll();
  const letGoAgain = await held(page);
  await page.goto(house.apiUrl, { waitUntil: "commit" });
  await page.locator(user).pressSequentially("adm");
  await letGoAgain();
  await page.getByRole("heading", { level: 1, name: "Aanmelden" }).waitFor();
  await page.keyboard.type("in");
  expect(await page.locator(user).inputValue()).toBe("admin");
  expect(errors).toEqual([]);
  await page.context().close();
});

it("shows the frame with the page alone to who has a session", slow, async () => {
  const { page, errors } = await openPage(browser, kept);
  const letGo = await held(page);
  await page.goto(house.apiUrl, { waitUntil: "commit" });
  const brand = page.getByText("Motown", { exact: true });
  await brand.waitFor();
  const before = await brand.boundingBox();
  expect(await page.locator("form").count()).toBe(0);
  await letGo();
  await page.locator(figures).waitFor();
  expect(await brand.boundingBox()).toEqual(before);
  expect(errors).toEqual([]);
  await page.context().close();
});

it("says without scripts why there is nothing more", slow, async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(house.apiUrl);
  const said = page.locator("noscript p");
  await said.waitFor();
  expect(await said.textContent()).toContain("works only with JavaScript");
  await page.context().close();
});

it("opens the door with little, all of it named by the page itself", slow, async () => {
  const { page } = await openPage(browser);
  const requests = await loadedUntil(page, "/sign-in", alive);
  const early = requests.filter(({ name }) => !/inside|overview|icon/.test(name));
  expect(bytesOf(early), JSON.stringify(early)).toBeLessThan(140 * kilobyte);
  expect(early.length).toBeLessThanOrEqual(10);
  const scripts = early.filter(({ name }) => /\.(js|css)$/.test(name));
  // None of them waits for another one to ask for it.
  const entry = named(requests, /\/index-.*\.js$/);
  for (const { name, startMs } of scripts) expect(startMs, name).toBeLessThan(entry.endMs);
  await page.context().close();
});

it("asks for what will be shown before the code that shows it is there", slow, async () => {
  const { page } = await openPage(browser, kept);
  // The code is held until all of it was asked for: what waits for the code would never come.
  const parts = [/\/session$/, /\/overview$/, /\/inside-.*\.css$/];
  const asked = Promise.all(
    parts.map((part) => page.waitForRequest((one) => part.test(new URL(one.url()).pathname))),
  );
  await page.route(/\/inside-.*\.js$/, async (route) => {
    await asked;
    await route.continue();
  });
  // Once it listens it asks for what may have changed before; that is not what is counted here.
  await page.route(/\/api\/v1\/changes/, (route) => route.abort());
  const requests = await loadedUntil(page, "/", plot);
  const inside = named(requests, /\/inside-.*\.js$/);
  // What is asked for by that code comes after what is shown first, however long a machine takes.
  const first = requests.filter(({ startMs }) => startMs < inside.endMs);
  expect(bytesOf(first), JSON.stringify(first)).toBeLessThan(220 * kilobyte);
  const scripts = requests.filter(({ name }) => name.endsWith(".js"));
  expect(bytesOf(scripts), JSON.stringify(scripts)).toBeLessThan(250 * kilobyte);
  // It is named by the page, as all that it needs.
  expect(inside.startMs).toBeLessThan(named(requests, /\/index-.*\.js$/).endMs);
  // Asked once: who needs the answer takes the one that was asked for early.
  expect(requests.filter(({ name }) => name.endsWith("/session"))).toHaveLength(1);
  expect(requests.filter(({ name }) => name.endsWith("/overview"))).toHaveLength(1);
  await page.context().close();
});

it("loads nothing again that has not changed", slow, async () => {
  const { page } = await openPage(browser, kept);
  await loadedUntil(page, "/", figures);
  const requests = await loadedUntil(page, "/", figures);
  expect(bytesOf(requests), JSON.stringify(requests)).toBeLessThan(8 * kilobyte);
  await page.context().close();
});
