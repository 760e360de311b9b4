// A real browser for tests of the console: the machine's Chromium, driven over its own protocol.
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { engineFolder, engines, howToInstall } from "../../../tools/engines.ts";

/** It talks to nobody but the page's server, and leaves nothing behind. */
const flags = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a page may take for one step; a busy machine is slow. */
const stepMs = 15_000;

/** A page with what went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of its scripts, and of what its policy forbids; a good page has none. */
  readonly errors: readonly string[];
}

/** A Chromium without a window, of nobody else; who opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  const folder = engineFolder(engines.chromium);
  if (folder === undefined) throw new Error(howToInstall(engines.chromium));
  return chromium.launch({ executablePath: join(folder, "chromium"), args: flags });
}

/** One for all files of a worker, whose profiles know nothing of each other; ends with it. */
let ofThisWorker: Promise<Browser> | undefined;

/** The browser of all tests of this worker. Put away after them are only their own profiles. */
export function sharedBrowser(): Promise<Browser> {
  ofThisWorker ??= openBrowser().then((browser) => {
    // One that has crashed fails the file that it served, and no other.
    browser.once("disconnected", () => {
      ofThisWorker = undefined;
    });
    return browser;
  });
  return ofThisWorker;
}

/** Puts away what one file has opened in the browser that it shares. */
export async function closeContexts(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/**
 * A page of a fresh profile. Its person wants things still: what moves is drawn frame by frame
 * without a graphics card, and proves nothing. Who wants otherwise says so.
 */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    ...{ locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce" },
    ...options,
  });
  context.setDefaultTimeout(stepMs);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  page.on("console", (message) => {
    // What a server that is away leaves there is no fault of the page.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
      errors.push(message.text());
    }
  });
  return { page, errors };
}

/** Signs in for the first time: the one-time password, then one of one's own. */
export async function signInFirst(
  page: Page,
  given: {
    readonly url: string;
    readonly user?: string;
    readonly oneTimePassword: string;
    readonly password: string;
  },
): Promise<void> {
  await page.goto(`${given.url}/sign-in?user=${given.user ?? "admin"}`);
  await page.getByRole("textbox", { name: "Password" }).fill(given.oneTimePassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("textbox", { name: "New password" }).fill(given.password);
  await page.getByRole("textbox", { name: "The same again" }).fill(given.password);
  await page.getByRole("button", { name: "Set password and start" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}
