// How fast the list of stations is in a browser, on a large network.
import type { Browser, Page } from "playwright-core";
import { openPage } from "../../test/support/engines/browser.ts";
import { isFaulted, isWaiting, numberedId } from "../seeded/many-stations.ts";
import { median } from "../tally.ts";
import { type Sight, type Timed, untilSeen, untilSeenAt } from "./in-page.ts";
import { isAway, type Network } from "./network.ts";

/** What was measured: the middle of some tries. */
export interface Measured {
  readonly what: string;
  readonly medianMs: number;
  /** The middle of each try's time by its strain: as on a machine that does nothing else. */
  readonly calmMs: number;
  /** The same of the best try: what else the machine does only adds to it. */
  readonly bestMs: number;
  readonly tries: number;
  readonly worstMs: number;
}

/** What a context keeps: who is signed in. */
export type Kept = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

const triesOfBench = 5;
/** With all that moves: it takes time from those who have it. */
const size = { viewport: { width: 1280, height: 800 }, reducedMotion: "no-preference" } as const;

/** The first cell of the list's first row. */
const firstRow = '[aria-rowindex="2"] [role="cell"]';
const beginsWith = (after: Sight["after"], n: number): Sight => ({
  ...(after === undefined ? {} : { after }),
  selector: firstRow,
  text: numberedId(n),
});

/** Does something some times and takes the middle. */
export async function measured(
  what: string,
  one: (attempt: number) => Promise<Timed>,
  tries = triesOfBench,
): Promise<Measured> {
  const all: Timed[] = [];
  for (let attempt = 0; attempt < tries; attempt += 1) all.push(await one(attempt));
  const times = all.map(({ ms }) => ms);
  const calm = all.map(({ ms, strain }) => ms / strain);
  return {
    what,
    medianMs: Math.round(median(times)),
    calmMs: Math.round(median(calm)),
    bestMs: Math.round(Math.min(...calm)),
    tries,
    worstMs: Math.round(Math.max(...times)),
  };
}

/** Signs somebody in, and what the browser then keeps. */
export async function signedIn(browser: Browser, network: Network): Promise<Kept> {
  const { server, person } = network;
  const { page } = await openPage(browser, size);
  await page.goto(`${server.apiUrl}/sign-in?user=${person.user}`);
  await page.locator('input[name="password"]').fill(person.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('[data-figure="connected"]').waitFor();
  const kept = await page.context().storageState();
  await page.context().close();
  return kept;
}

/** A page at the list, of somebody who is signed in. */
export async function openList(browser: Browser, network: Network, storageState: Kept) {
  const opened = await openPage(browser, { ...size, storageState });
  await opened.page.goto(`${network.server.apiUrl}/stations`);
  await opened.page.locator(firstRow).getByText(numberedId(0)).waitFor();
  return opened;
}

/** From an address, or from a link of the menu, to the rows. */
export async function opening(
  page: Page,
  { server }: Network,
  tries = triesOfBench,
): Promise<readonly Measured[]> {
  const list = `${server.apiUrl}/stations`;
  const byAddress = await measured(
    "list, by its address",
    async () => {
      const fresh = await page.context().newPage();
      const took = await untilSeenAt(fresh, list, beginsWith(undefined, 0));
      await fresh.close();
      return took;
    },
    tries,
  );
  const byMenu = await measured(
    "list, from the overview",
    async () => {
      await page.goto(server.apiUrl);
      await page.locator('[data-figure="connected"]').waitFor();
      return untilSeen(page, beginsWith("click", 0), () =>
        page.locator('nav a[href="/stations"]').click(),
      );
    },
    tries,
  );
  return [byAddress, byMenu];
}

/** Searches for one station of many, each time another; from the last key to its row. */
export async function searching(
  page: Page,
  { stations }: Network,
  tries = triesOfBench,
): Promise<Measured> {
  const field = page.getByRole("searchbox");
  const clear = async () => {
    await field.fill("");
    await page.locator(firstRow).getByText(numberedId(0)).waitFor();
  };
  const found = await measured(
    "search, from the last key",
    async (attempt) => {
      await clear();
      // One that is there, and not before the last key.
      const n = Math.floor((stations * (attempt + 1)) / (tries + 2)) + 3;
      const text = numberedId(n).toLowerCase();
      return untilSeen(page, beginsWith("keydown", n), () =>
        field.pressSequentially(text, { delay: 40 }),
      );
    },
    tries,
  );
  await clear();
  return found;
}

/** Turns the order of the list, and back. */
export async function sorting(
  page: Page,
  { stations }: Network,
  tries = triesOfBench,
): Promise<Measured> {
  const head = page.getByRole("columnheader").first().getByRole("button");
  const found = await measured(
    "sort, from the click",
    async (attempt) => {
      const n = attempt % 2 === 0 ? stations - 1 : 0;
      return untilSeen(page, beginsWith("click", n), () => head.click());
    },
    tries,
  );
  await page.goto(new URL("/stations", page.url()).href);
  await page.locator(firstRow).getByText(numberedId(0)).waitFor();
  return found;
}

/** Narrows the list by a filter, and takes it away. */
export async function filtering(page: Page, tries = triesOfBench): Promise<readonly Measured[]> {
  const choices = [
    { what: "filter by state", name: "State", value: "waiting", first: firstOf(isWaiting) },
    { what: "filter by EVSE", name: "EVSEs", value: "faulted", first: firstOf(isFaulted) },
    { what: "filter by connection", name: "Connection", value: "false", first: firstOf(isAway) },
  ];
  const found: Measured[] = [];
  for (const { what, name, value, first } of choices) {
    const choice = page.getByRole("combobox", { name, exact: true });
    const all = async () => {
      await choice.selectOption("");
      await page.locator(firstRow).getByText(numberedId(0)).waitFor();
    };
    const one = async () => {
      await all();
      return untilSeen(page, beginsWith("change", first), () => choice.selectOption(value));
    };
    found.push(await measured(what, one, tries));
    await all();
  }
  return found;
}

/** The first station of the list that is so. */
function firstOf(fits: (n: number) => boolean): number {
  let n = 0;
  while (!fits(n)) n += 1;
  return n;
}
