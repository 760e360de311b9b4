// How soon somebody sees the console on a slow phone: the door, and what is behind it.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openPage } from "../../test/support/engines/browser.ts";
import { type Timed, untilSeen, untilSeenAt } from "./in-page.ts";
import { type Kept, type Measured, measured } from "./list-speed.ts";
import type { Person } from "./network.ts";
import { slowDown } from "./slow-profile.ts";

/** Where the console is, and who looks at it. */
export interface Visit {
  readonly browser: Browser;
  readonly url: string;
  readonly person: Person;
  /** Of the same person, signed in. */
  readonly kept: Kept;
}

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
const password = { selector: 'input[name="password"]' };
const figures = { selector: '[data-figure="connected"]' };

/** All first views, each of a browser that is slowed down. */
export async function firstViews(visit: Visit): Promise<readonly Measured[]> {
  const { browser, url, person, kept } = visit;
  const cold = (options: BrowserContextOptions, one: (page: Page) => Promise<Timed>) => () =>
    withPage(browser, { ...phone, ...options }, one);
  return [
    await measured(
      "sign-in page, nothing in the cache",
      cold({}, (page) => untilSeenAt(page, `${url}/sign-in`, password)),
    ),
    await measured(
      "overview, nothing in the cache",
      cold({ storageState: kept }, (page) => untilSeenAt(page, url, figures)),
    ),
    await measured(
      "overview, all in the cache",
      cold({ storageState: kept }, async (page) => {
        await page.goto(url);
        await page.locator(figures.selector).waitFor();
        await page.waitForLoadState("load");
        return untilSeenAt(page, url, figures);
      }),
    ),
    await measured(
      "overview, from the click on Sign in",
      cold({}, async (page) => {
        await page.goto(`${url}/sign-in?user=${person.user}`);
        await page.locator(password.selector).fill(person.password);
        // While he types, what is behind the door comes.
        await page.waitForLoadState("networkidle");
        const submit = page.locator('button[type="submit"]');
        return untilSeen(page, { after: "click", ...figures }, () => submit.click());
      }),
    ),
  ];
}

async function withPage(
  browser: Browser,
  options: BrowserContextOptions,
  one: (page: Page) => Promise<Timed>,
): Promise<Timed> {
  const { page } = await openPage(browser, { reducedMotion: "no-preference", ...options });
  try {
    await slowDown(page);
    return await one(page);
  } finally {
    await page.context().close();
  }
}
