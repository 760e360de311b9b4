// A real browser for tests of the console: the machine's Chromium, driven over its own protocol.
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
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

/** What makes profiles of its own, and takes them with it. */
export type Profiles = Pick<Browser, "newContext" | "close">;

let shared: Promise<Browser> | undefined;

/** Fresh profiles in a Chromium that all tests of this process share; it ends with the process. */
export async function openProfiles(): Promise<Profiles> {
  shared ??= openBrowser();
  const browser = await shared;
  // One that has crashed fails the file that it served, and no other.
  browser.once("disconnected", () => {
    shared = undefined;
  });
  const mine: BrowserContext[] = [];
  return {
    newContext: async (options) => {
      const context = await browser.newContext(options);
      mine.push(context);
      return context;
    },
    close: async () => {
      await Promise.all(mine.map((context) => context.close()));
    },
  };
}

/** The machine's Chromium, without a window. */
export async function openBrowser(): Promise<Browser> {
  const folder = engineFolder(engines.chromium);
  if (folder === undefined) throw new Error(howToInstall(engines.chromium));
  return chromium.launch({ executablePath: join(folder, "chromium"), args: flags });
}

/** A page of a fresh profile. */
export async function openPage(
  browser: Pick<Browser, "newContext">,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  // What moves is drawn again and again, and nobody looks.
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

/** Somebody who signs in for the first time. */
export interface Newcomer {
  readonly url: string;
  readonly user?: string;
  readonly oneTimePassword: string;
  readonly password: string;
}

/** Signs in for the first time, as a person does: the one-time password, then one of one's own. */
export async function signInFirst(page: Page, newcomer: Newcomer): Promise<void> {
  const { url, user = "admin", oneTimePassword, password } = newcomer;
  await page.goto(`${url}/sign-in?user=${user}`);
  await page.getByRole("textbox", { name: "Password" }).fill(oneTimePassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("textbox", { name: "New password" }).fill(password);
  await page.getByRole("textbox", { name: "The same again" }).fill(password);
  await page.getByRole("button", { name: "Set password and start" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}

/** The same without the forms, where they are not what is looked at. */
export async function beSignedIn(page: Page, newcomer: Newcomer): Promise<void> {
  const { url, user = "admin", oneTimePassword, password } = newcomer;
  const asked = page.context().request;
  const once = Buffer.from(`${user}:${oneTimePassword}`).toString("base64");
  const answers = [
    await asked.put(`${url}/api/v1/me/password`, {
      headers: { authorization: `Basic ${once}` },
      data: { password },
    }),
    await asked.post(`${url}/api/v1/session`, { data: { user, password } }),
  ];
  for (const answer of answers) {
    if (!answer.ok()) throw new Error(`${answer.url()}: ${answer.status()} ${await answer.text()}`);
  }
  await page.goto(url);
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}
