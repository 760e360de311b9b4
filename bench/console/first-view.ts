// How soon somebody sees the console on a slow phone: the door, and what is behind it.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openPage } from "../../test/support/engines/browser.ts";
import { median, rounded } from "../tally.ts";
import { machineIndexOf, type Timed, untilSeen, type Viewed, viewedAt } from "./in-page.ts";
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
const visitsBefore = 3;
const keptAfterMs = 1_000;
const figures = { selector: '[data-figure="connected"]' };

/** The code of the form has taken it over; it was there, and could be written into, before. */
const takenOver = { selector: "html[data-mantine-color-scheme]" };

/** A first view: what was painted when, and what was wanted of it. */
export interface MeasuredView extends Measured {
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  readonly layoutShift: number;
}

/** All first views, each of a browser that is slowed down. */
export async function firstViews(visit: Visit): Promise<readonly MeasuredView[]> {
  const { browser, url, kept } = visit;
  const cold = (options: BrowserContextOptions, one: (page: Page) => Promise<Viewed>) => () =>
    withPage(browser, { ...phone, ...options }, one);
  const signIn = `${url}/sign-in`;
  return [
    await viewed(
      "sign-in page, nothing in the cache",
      cold({}, (page) => viewedAt(page, signIn, password)),
    ),
    await viewed(
      "the same, until its code is there",
      cold({}, (page) => viewedAt(page, signIn, takenOver)),
    ),
    await viewed(
      "overview, nothing in the cache",
      cold({ storageState: kept }, (page) => viewedAt(page, url, figures)),
    ),
    await viewed(
      "overview, all in the cache",
      cold({ storageState: kept }, async (page) => {
        // A browser keeps what it has compiled when it has run it before.
        for (let visit = 0; visit < visitsBefore; visit += 1) {
          await page.goto(url);
          await page.locator(figures.selector).waitFor();
          await page.waitForTimeout(keptAfterMs);
        }
        return viewedAt(page, url, figures);
      }),
    ),
  ];
}

/** From the click until the first figure is there. */
export function signingIn({ browser, url, person }: Visit): Promise<Measured> {
  return measured("overview, from the click on Sign in", () =>
    withPage(browser, phone, async (page) => {
      await page.goto(`${url}/sign-in?user=${person.user}`);
      await page.locator(takenOver.selector).waitFor();
      await page.locator(password.selector).fill(person.password);
      // While he types, what is behind the door comes.
      await page.waitForLoadState("networkidle");
      const submit = page.locator('button[type="submit"]');
      return untilSeen(page, { after: "click", ...figures }, () => submit.click());
    }),
  );
}

/** How fast the machine is for a browser when it is not slowed down. */
export async function machineIndex(browser: Browser): Promise<number> {
  const { page } = await openPage(browser);
  const found: number[] = [];
  for (let run = 0; run < 3; run += 1) found.push(await machineIndexOf(page));
  await page.context().close();
  return median(found);
}

async function viewed(what: string, one: () => Promise<Viewed>): Promise<MeasuredView> {
  const all: Viewed[] = [];
  const found = await measured(what, async () => {
    const view = await one();
    all.push(view);
    return view;
  });
  const middle = (of: (view: Viewed) => number) => Math.round(median(all.map(of)));
  return {
    ...found,
    firstPaintMs: middle(({ firstPaintMs }) => firstPaintMs),
    largestPaintMs: middle(({ largestPaintMs }) => largestPaintMs),
    layoutShift: rounded(Math.max(...all.map(({ layoutShift }) => layoutShift)), 3),
  };
}

async function withPage<T extends Timed>(
  browser: Browser,
  options: BrowserContextOptions,
  one: (page: Page) => Promise<T>,
): Promise<T> {
  const { page } = await openPage(browser, { reducedMotion: "no-preference", ...options });
  try {
    await slowDown(page);
    return await one(page);
  } finally {
    await page.context().close();
  }
}
