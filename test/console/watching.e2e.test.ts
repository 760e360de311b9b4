// What the person on duty watches and keeps: the message log as it grows, keys and people.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";

let house: TestMotown;
let browser: Profiles;
let page: Page;
let errors: readonly string[];

beforeAll(async () => {
  await ensureConsole(process.execPath);
  house = await startTestMotown();
  browser = await openProfiles();
  const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  page = opened.page;
  errors = opened.errors;
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await beSignedIn(page, { url: house.apiUrl, oneTimePassword, password: "a good password" });
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const free = { connectorId: 1, errorCode: "NoError", status: "Available" };

/** A socket of a station that says how it is, and waits for the answer. */
async function connect(stationId: string, messageId: string): Promise<void> {
  const socket = new WebSocket(`${house.wireUrl}/${stationId}`, "ocpp1.6");
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => socket.send(JSON.stringify([2, messageId, "StatusNotification", free]));
    socket.onmessage = () => resolve();
    socket.onerror = () => reject(new Error("the station was not let in"));
  });
  socket.close();
}

const rows = () => page.getByRole("listitem").getByRole("button");

it("shows messages as they come, holds them back on a pause, and narrows", async () => {
  await house.admit("DUTY-1");
  await house.admit("DUTY-2");
  await page.goto(`${house.apiUrl}/messages`);
  await page.getByRole("heading", { name: "Message log" }).waitFor();
  await connect("DUTY-1", "first");
  await rows().filter({ hasText: "StatusNotification" }).filter({ hasText: "DUTY-1" }).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await connect("DUTY-2", "second");
  await page.getByText(/1 new above/).waitFor();
  expect(await rows().filter({ hasText: "DUTY-2" }).count()).toBe(0);
  await page.getByRole("button", { name: "Go on" }).click();
  await rows().filter({ hasText: "DUTY-2" }).waitFor();
  await rows().filter({ hasText: "DUTY-2" }).click();
  await page.getByRole("dialog").getByText('"second"').first().waitFor();
  await page.getByRole("button", { name: "Only this station" }).click();
  await expect.poll(() => rows().filter({ hasText: "DUTY-1" }).count()).toBe(0);
  expect(await rows().filter({ hasText: "DUTY-2" }).count()).toBe(1);
  expect(page.url()).toContain("stationId=DUTY-2");
});

it("shows a key once, which opens the API until it is revoked", async () => {
  await page.goto(`${house.apiUrl}/api-keys`);
  await page.getByRole("button", { name: "New API key" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("dashboard");
  await form.getByRole("button", { name: "Make key" }).click();
  const key = (await page.locator("[data-secret]").textContent()) ?? "";
  const come = () =>
    fetch(`${house.apiUrl}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  expect((await come()).status).toBe(200);
  await page.getByRole("button", { name: "I have it" }).click();
  expect(await page.getByText(key).count()).toBe(0);
  await page.getByRole("button", { name: "Revoke dashboard" }).click();
  await page.getByText(/is refused from now on/).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("row").filter({ hasText: "dashboard" }).getByText("revoked").waitFor();
  expect((await come()).status).toBe(401);
});

it("says by its field what is wrong with a user, and gives a new one a password once", async () => {
  await page.goto(`${house.apiUrl}/users`);
  await page.getByRole("button", { name: "New user" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("no spaces please");
  await form.getByRole("button", { name: "Add user" }).click();
  await form.locator('[data-problem="BodyInvalid"]').waitFor();
  await form.getByLabel("Name").fill("ada");
  await form.getByRole("button", { name: "Add user" }).click();
  const password = (await page.locator("[data-secret]").textContent()) ?? "";
  expect(password.length).toBeGreaterThan(11);
  await page.getByRole("button", { name: "I have it" }).click();
  await page.getByRole("button", { name: "Change ada" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByText(/cannot sign in any more/).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => page.getByRole("row").filter({ hasText: "ada" }).count()).toBe(0);
  expect(errors.filter((error) => !error.includes("400"))).toEqual([]);
});
