// Goal: whoever signs in after somebody else, in the same window, finds nothing of him. Method: the
// first one leaves behind all that the console keeps: drafts, what it was answered, what it said in
// passing, what stands in the address. He goes in each way there is; another one comes, or he does.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPage } from "#support/engines/browser";
import { type Desk, openDesk, password, soon } from "./desk.ts";

const secret = "a token of the one before";
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  const { house } = desk;
  await house.admit("LEFT", 1);
  const station = desk.station("LEFT", { configuration: { MeterValueSampleInterval: "11" } });
  station.powerOn();
  await desk.signIn();
  await station.whenServed();
  const path = "/api/v1/charging-stations/LEFT/requests";
  await house.api("POST", path, { type: "RequestConfigurationItems" }, { prefer: "wait=10" });
  const made = await house.api<{ oneTimePassword: string }>("POST", "/api/v1/users", {
    ...{ user: "bea", administrator: true },
  });
  const once = Buffer.from(`bea:${made.body.oneTimePassword}`).toString("base64");
  const headers = { authorization: `Basic ${once}` };
  await house.api("PUT", "/api/v1/me/password", { password }, headers);
}, 90_000);
afterAll(() => desk?.close());

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
/** As when somebody looks at this window again: it asks who is signed in. */
const comesBack = "dispatchEvent(new Event('visibilitychange'))";
const settings = "/stations/LEFT?tab=configuration";
const setting = (page: Page) => page.getByRole("textbox", { name: "MeterValueSampleInterval" });

/** Leaves something of everything behind: a draft, a refusal, an address that tells. */
async function leaveTraces(page: Page): Promise<void> {
  await page.goto(`${desk.house.apiUrl}${settings}`);
  await setting(page).fill(secret);
  await page.route(/\/LEFT\/requests$/, (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "Get from the station" }).click();
  await page.locator("[data-toast=refusal]").waitFor();
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.getByRole("searchbox").first().fill(secret);
  await expect.poll(() => page.url(), soon).toContain("token");
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

async function signIn(page: Page, user: string): Promise<void> {
  await heading(page, "Sign in").waitFor();
  await page.getByRole("textbox", { name: "Name" }).fill(user);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Nothing of it is there: not where he comes in, and not where the other one was. */
async function expectNoTraces(page: Page): Promise<void> {
  await heading(page, "Overview").waitFor();
  expect(page.url()).toBe(`${desk.house.apiUrl}/`);
  expect(await page.locator("[data-toast]").count()).toBe(0);
  // By links, so that nothing is loaded anew.
  await page.getByRole("navigation").getByRole("link", { name: "Stations", exact: true }).click();
  await page.getByRole("link", { name: "LEFT" }).click();
  await page.getByRole("tab", { name: "Timeline" }).click();
  expect(await page.getByRole("searchbox").first().inputValue()).toBe("");
  await page.getByRole("tab", { name: "Configuration" }).click();
  await setting(page).waitFor();
  expect(await setting(page).inputValue()).toBe("11");
  expect(await page.content()).not.toContain(secret);
}

describe("nothing of somebody is found by the next one", { timeout: 40_000 }, () => {
  it("when he has signed out, nor by the browser's way back", async () => {
    const { page, house } = desk;
    await leaveTraces(page);
    await signOut(page);
    await heading(page, "Sign in").waitFor();
    expect(page.url()).toBe(`${house.apiUrl}/`);
    expect(await page.content()).not.toContain(secret);
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    await page.goBack();
    await heading(page, "Sign in").waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.goto(house.apiUrl);
    await signIn(page, "bea");
    await expectNoTraces(page);
  });

  it("when he has signed out in another window, of which this one learns at once", async () => {
    const { page } = desk;
    await leaveTraces(page);
    const other = await page.context().newPage();
    await other.goto(desk.house.apiUrl);
    await signOut(other);
    await heading(page, "Sign in").waitFor();
    await page.getByText("Your session has ended.").waitFor();
    expect(await page.locator("[data-toast]:visible").count()).toBe(0);
    await signIn(page, "admin");
    await expectNoTraces(page);
    await other.close();
  });

  it("when his session has ended by itself, and another one comes", async () => {
    const { page, house } = desk;
    await leaveTraces(page);
    await page.context().clearCookies();
    await page.evaluate(comesBack);
    await signIn(page, "bea");
    await expectNoTraces(page);
    expect(page.url()).toContain(house.apiUrl);
  });

  it("when another one has signed in beside him", async () => {
    const { page } = desk;
    await leaveTraces(page);
    // In this browser, past this window, which hears of it when it asks for something.
    const answer = await page.context().request.post(`${desk.house.apiUrl}/api/v1/session`, {
      data: { user: "admin", password },
    });
    expect(answer.status()).toBe(201);
    await page.getByRole("tab", { name: "Configuration" }).click();
    await page.getByRole("button", { name: "Get from the station" }).click();
    await expectNoTraces(page);
  });
});

it("he himself finds his drafts where he was, when his session has ended", {
  timeout: 40_000,
}, async () => {
  const { page } = desk;
  await leaveTraces(page);
  const address = page.url();
  await page.context().clearCookies();
  await page.evaluate(comesBack);
  await signIn(page, "admin");
  await heading(page, "LEFT").waitFor();
  expect(page.url()).toBe(address);
  await page.getByRole("tab", { name: "Configuration" }).click();
  expect(await setting(page).inputValue()).toBe(secret);
});

it("who cannot be signed out is told so, and is not", { timeout: 40_000 }, async () => {
  const { page } = await openPage(desk.browser);
  await page.goto(desk.house.apiUrl);
  await signIn(page, "bea");
  await heading(page, "Overview").waitFor();
  await page.route(/\/api\/v1\/session$/, (route) =>
    route.request().method() === "DELETE" ? route.abort() : route.continue(),
  );
  await signOut(page);
  await page.locator('[data-toast] [data-problem="AnswerMissing"]').waitFor();
  await heading(page, "Overview").waitFor();
  await page.context().close();
});

it("none of this was a mistake of the page", () => {
  expect(desk.errors).toEqual([]);
});
