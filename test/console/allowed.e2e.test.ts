// Goal: the console has no rule of its own about what may be asked of a station. Method: the API's
// answer is changed on its way to the browser. What is enabled must follow it exactly, whatever it
// says, also where it contradicts everything else that the page shows; and so must the reasons.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk, soon } from "./desk.ts";

/** One thing that may be done or not, as the API answers it. */
interface Allowed {
  readonly type: string;
  readonly permission: string;
  readonly to: string;
  readonly operation: string;
  readonly when?: Readonly<Record<string, unknown>>;
  readonly allowed: boolean;
  readonly code?: string;
  readonly reason?: string;
}
type Change = (allowed: readonly Allowed[]) => readonly Allowed[];

/** A code that no console can know, and what the API says with it. */
const strange = { code: "MoonTooFull", reason: "The moon is too full for that." };
const strangely = `${strange.reason} (${strange.code})`;

let desk: Desk;
/** What becomes of the API's answer. */
let change: Change = (allowed) => allowed;
/** What the browser was told last. */
let told: readonly Allowed[] = [];
/** The server's state while it cannot answer. */
let broken: number | undefined;

beforeAll(async () => {
  desk = await openDesk({ limits: { bootRetrySeconds: 1, retrySpreadPercent: 0 } });
  const { house, page } = desk;
  await house.admit("SERVED", 1);
  const served = desk.station("SERVED");
  served.powerOn();
  const waiting = desk.station("WAITING");
  waiting.powerOn();
  await page.route(/\/api\/v1\/charging-stations\/[^/]+\/allowed$/, async (route) => {
    if (broken !== undefined) {
      await route.fulfill({ status: broken, body: "<html>Bad gateway</html>" });
      return;
    }
    const response = await route.fetch();
    const { commands } = (await response.json()) as { commands: readonly Allowed[] };
    told = change(commands);
    await route.fulfill({ response, json: { commands: told } });
  });
  await desk.signIn();
  await served.whenServed();
}, 90_000);
afterEach(() => {
  change = (allowed) => allowed;
});
afterAll(() => desk?.close());

const allow = ({ code: _code, reason: _reason, ...one }: Allowed): Allowed => ({
  ...one,
  allowed: true,
});
const forbid = (one: Allowed): Allowed => ({ ...allow(one), allowed: false, ...strange });

/** What a type is, of which several kinds may be asked: allowed where one of them is. */
function expected(commands: readonly Allowed[]): Readonly<Record<string, string>> {
  const words = new Map<string, string>();
  for (const { type, to, allowed, code } of commands) {
    if (to !== "requests") continue;
    if (allowed) words.set(type, "allowed");
    else if (!words.has(type)) words.set(type, code ?? "");
  }
  return Object.fromEntries(words);
}

/** What is read of a button in the page. */
interface Button {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
}

/** What is shown of each request: allowed, or the code of the reason. */
async function shown(): Promise<Readonly<Record<string, string>>> {
  const buttons = await desk.page
    .locator("button[data-request]")
    .evaluateAll((all: readonly Button[]) =>
      all.map((button) => ({
        type: button.getAttribute("data-request") ?? "",
        isDisabled: button.getAttribute("aria-disabled") === "true",
        text: button.textContent ?? "",
      })),
    );
  const entries = buttons.map(({ type, isDisabled, text }) => {
    const [, code = "without a reason"] = /\((\w+)\)$/.exec(text) ?? [];
    return [type, isDisabled ? code : "allowed"] as const;
  });
  return Object.fromEntries(entries);
}

async function open(stationId: string): Promise<void> {
  const { page, house } = desk;
  told = [];
  await page.goto(`${house.apiUrl}/stations/${stationId}?tab=requests`);
  await page.locator("button[data-request]").first().waitFor();
}

describe("what is enabled", { timeout: 30_000 }, () => {
  it("is what the API allows, untouched", async () => {
    for (const stationId of ["SERVED", "WAITING"]) {
      await open(stationId);
      expect(Object.keys(expected(told)).length).toBeGreaterThan(15);
      expect(await shown()).toEqual(expected(told));
    }
  });

  it("is nothing at a station that lacks nothing, where the API says so, with its reason", async () => {
    change = (allowed) => allowed.map(forbid);
    await open("SERVED");
    expect(new Set(Object.values(await shown()))).toEqual(new Set([strange.code]));
    const { page } = desk;
    await page.locator('button[data-request="RequestReset"]').click({ force: true });
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("tab", { name: "Now" }).click();
    for (const name of ["Start charging", "Unlock"]) {
      const button = page.getByRole("button", { name });
      await expect.poll(() => button.getAttribute("aria-description"), soon).toBe(strangely);
      expect(await button.getAttribute("aria-disabled")).toBe("true");
    }
  });

  it("is everything at a station that nobody accepted, where the API says so", async () => {
    change = (allowed) => allowed.map(allow);
    await open("WAITING");
    expect(new Set(Object.values(await shown()))).toEqual(new Set(["allowed"]));
    // It is asked for, too: the server has the last word.
    const { page } = desk;
    await page.locator('button[data-request="RequestClearCache"]').click();
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByRole("dialog").locator('[data-problem="StationNotAccepted"]').waitFor();
  });

  it("is every second one, where the API says so, and the others another time", async () => {
    for (const rest of [0, 1]) {
      change = (allowed) => allowed.map((one, at) => (at % 2 === rest ? allow(one) : forbid(one)));
      await open("SERVED");
      const words = await shown();
      expect(words).toEqual(expected(told));
      expect(new Set(Object.values(words)).size).toBe(2);
    }
  });

  it("may be something that this console has never heard of", async () => {
    const type = "RequestMoonPhase";
    const operation = "postChargingStationsByStationIdRequests";
    const moon = { type, permission: type, to: "requests", operation, when: { type } };
    change = (allowed) => [...allowed, { ...moon, allowed: false, ...strange }];
    await open("SERVED");
    expect((await shown()).RequestMoonPhase).toBe(strange.code);
    await desk.page.getByRole("button", { name: "Moon phase" }).getByText(strangely).waitFor();
  });

  it("is the decision to let somebody in, too, in the banner and on the page", async () => {
    const { page, house } = desk;
    for (const allowed of [false, true]) {
      change = (all) => all.map(allowed ? allow : forbid);
      for (const path of ["/stations", "/stations/WAITING"]) {
        await page.goto(house.apiUrl + path);
        const accept = page.getByRole("button", { name: "Accept" });
        await expect.poll(() => accept.getAttribute("aria-disabled"), soon).toBe(String(!allowed));
        if (allowed) continue;
        await expect.poll(() => accept.getAttribute("aria-description"), soon).toBe(strangely);
      }
    }
  });

  it("changes while one looks, as soon as the server tells of something new", async () => {
    await open("SERVED");
    expect((await shown()).RequestReset).toBe("allowed");
    change = (allowed) => allowed.map(forbid);
    const path = "/api/v1/charging-stations/SERVED/commands";
    await desk.house.api("POST", path, { type: "SetStrictness", strict: true });
    await expect.poll(async () => (await shown()).RequestReset, soon).toBe(strange.code);
  });

  it("is nothing while the server does not say, with the reason, and then what it says", async () => {
    const { page, house } = desk;
    broken = 502;
    await page.goto(`${house.apiUrl}/stations/SERVED?tab=requests`);
    await page.getByRole("tabpanel").getByText("It is not known whether").waitFor();
    await page.getByRole("tab", { name: "Now" }).click();
    const unlock = page.getByRole("button", { name: "Unlock" });
    const why = () => unlock.getAttribute("aria-description");
    await expect.poll(why, soon).toMatch(/^It is not known whether .* It is asked again by itself/);
    expect(await unlock.getAttribute("aria-disabled")).toBe("true");
    await unlock.hover();
    await page.getByRole("tooltip").getByText("It is not known").waitFor();
    broken = undefined;
    await expect.poll(() => unlock.getAttribute("aria-disabled"), soon).toBe("false");
    expect(await why()).toBeNull();
  });

  it("of all stations together is what the session says, with its reasons", async () => {
    const { page, house } = desk;
    const operation = "putTokensByUid";
    const session = /\/api\/v1\/session$/;
    await page.route(session, async (route) => {
      const response = await route.fetch();
      const json = { ...(await response.json()), mayNot: [{ operation, ...strange }] };
      await route.fulfill({ response, json });
    });
    await page.goto(`${house.apiUrl}/tokens`);
    const add = page.getByRole("button", { name: "New token" });
    await expect.poll(() => add.getAttribute("aria-description"), soon).toBe(strangely);
    await add.click({ force: true });
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.goto(`${house.apiUrl}/types`);
    const type = page.getByRole("link", { name: "New type" });
    await type.waitFor();
    await page.unroute(session);
  });

  it("none of this was a mistake of the page", () => {
    expect(desk.errors).toEqual([]);
  });
});
