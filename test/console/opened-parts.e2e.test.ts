// What opens over a page, by axe (WCAG 2.2 AA), light and dark: menus, dialogs, drawers, what is
// said in passing; and the map with its marks. Pages themselves: accessible.e2e.test.ts.
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPage } from "#support/engines/browser";
import { barriers, barriersInColours } from "./barriers.ts";
import { car, type Desk, openDesk, plugOf, soon } from "./desk.ts";

let desk: Desk;
let storageState: Exclude<BrowserContextOptions["storageState"], string | undefined>;

beforeAll(async () => {
  desk = await openDesk({ limits: { bootRetrySeconds: 1, retrySpreadPercent: 0 } });
  const { house } = desk;
  await house.token("CARD-1");
  for (const stationId of ["SHOWN", "SHOWN-2", "SHOWN-3"]) {
    await house.admit(stationId, 1);
    const coordinates = { latitude: 52, longitude: stationId === "SHOWN" ? 5 : 6 };
    const place = { type: "PlaceChargingStation", accessibility: "public", coordinates };
    await house.api("POST", `/api/v1/charging-stations/${stationId}/commands`, place);
  }
  const station = desk.station("SHOWN");
  station.powerOn();
  desk.station("NEWCOMER").powerOn();
  await desk.signIn();
  await station.whenServed();
  plugOf(station).plugIn(car);
  await plugOf(station).swipe("CARD-1");
  storageState = await desk.page.context().storageState();
}, 90_000);
afterAll(() => desk?.close());

interface Part {
  readonly name: string;
  readonly path: string;
  /** What opened, where it is no dialog. */
  readonly part?: string;
  open(page: Page): Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Presses a button of the page, and waits for the dialog. */
const pressing = (name: string) => async (page: Page) => {
  await button(page, name).first().click();
  await page.getByRole("dialog").getByRole("button").first().waitFor();
};

/** Parts that open; those of one page one after the other, for which it is loaded once. */
const parts: readonly Part[] = [
  {
    name: "the user's menu",
    part: "[role=menu]",
    path: "/",
    open: async (page) => {
      await button(page, "Signed in as admin").click();
      await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    },
  },
  {
    name: "the menu of requests",
    part: "[role=menu]",
    path: "/stations/SHOWN",
    open: async (page) => {
      await button(page, "Ask the station").click();
      await page.getByRole("menuitem", { name: "Clear cache" }).waitFor();
    },
  },
  {
    name: "the form of a request that may end sessions",
    path: "/stations/SHOWN",
    open: async (page) => {
      await button(page, "Ask the station").click();
      await page.getByRole("menuitem", { name: "Reset" }).click();
      await page
        .getByRole("dialog")
        .getByText(/may end by this/)
        .waitFor();
    },
  },
  {
    name: "what a request says that was refused",
    path: "/stations/SHOWN",
    open: async (page) => {
      await button(page, "Ask the station").click();
      await page.getByRole("menuitem", { name: "Stop transaction" }).click();
      await page.getByRole("dialog").getByLabel("Transaction id").fill("nobody");
      await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
      await page.locator('[data-problem="TransactionNotOpen"]').waitFor();
    },
  },
  { name: "a consequence", path: "/stations/SHOWN", open: pressing("Stop charging") },
  {
    name: "a request's way to its outcome",
    part: "section[aria-live]",
    path: "/stations/SHOWN",
    open: async (page) => {
      await button(page, "Ask the station").click();
      await page.getByRole("menuitem", { name: "Clear cache" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
      await page.locator('[data-outcome="accepted"]').waitFor();
    },
  },
  {
    name: "why something cannot be done",
    part: "[role=tooltip]",
    path: "/stations/NEWCOMER",
    open: async (page) => {
      await button(page, "Ask the station").click();
      const item = page.getByRole("menuitem", { name: "Clear cache" });
      await item.hover();
      await page.getByRole("tooltip").waitFor();
    },
  },
  {
    name: "a message",
    path: "/messages",
    open: async (page) => {
      await page.getByRole("listitem").getByRole("button").first().click();
      await page.getByRole("dialog").getByRole("button").first().waitFor();
    },
  },
  { name: "a new token", path: "/tokens", open: pressing("New token") },
  { name: "a new user", path: "/users", open: pressing("New user") },
  { name: "a new API key", path: "/api-keys", open: pressing("New API key") },
  {
    name: "the marks of the map, and the names on one spot",
    part: ".leaflet-container",
    path: "/stations?view=map",
    open: async (page) => {
      await page.getByRole("button", { name: /^2 stations/ }).click();
      await button(page, "SHOWN-2").waitFor();
    },
  },
];

/** Goes to a page; on the one that is shown already, closes what was opened. */
async function look(page: Page, path: string, before: string | undefined): Promise<void> {
  if (path === before) {
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("[role=dialog], [role=menu]").count(), soon).toBe(0);
    return;
  }
  await page.goto(desk.house.apiUrl + path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

it("nothing that opens keeps anybody out, in light or in dark", { timeout: 120_000 }, async () => {
  const { page, errors } = await openPage(desk.browser, {
    ...{ storageState, viewport: { width: 1280, height: 800 } },
  });
  const found: string[] = [];
  let before: string | undefined;
  for (const { name, path, open, part = "[role=dialog]" } of parts) {
    await look(page, path, before);
    before = path;
    await open(page);
    const barred = await barriersInColours(page, part);
    found.push(...barred.map((barrier) => `${name}: ${barrier}`));
  }
  expect(found).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
});

it("nor does the menu on a phone", { timeout: 30_000 }, async () => {
  const { page } = await openPage(desk.browser, {
    ...{ storageState, viewport: { width: 390, height: 844 } },
  });
  await page.goto(desk.house.apiUrl);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Stations" }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});
