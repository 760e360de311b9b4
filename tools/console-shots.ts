// Pictures of every page of the console, at desk and phone size, light and dark, of a network that
// is at work: `npm run shots -- <folder> [<pattern of pictures' names> [<language>]]`, as
// `phone-dark` or `session|token`, and `de`. For who builds the console: look at them.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { defineAddOn } from "#bus";
import { type ShownPage, shownPages, urlOf } from "../test/console/pages.ts";
import { openBrowser, openPage, signInFirst } from "../test/support/engines/browser.ts";
import { startTestMotown, type TestMotown } from "../test/support/motown.ts";
import { ensureConsole } from "./console.mjs";
import { chargedBefore } from "./shown-sessions.ts";

const sizes = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;
const colours = ["light", "dark"] as const;
/** So long the network is at work before pictures are taken, and the plot has points. */
const warmUpMs = 12_000;
/** Pictures have time, also on a machine that does something else. */
const patienceMs = 120_000;
const password = "a password for pictures";

async function main(folder: string, wanted: RegExp, language: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await ensureConsole(process.execPath, console.info);
  const house = await startTestMotown({
    addOns: [failing],
    limits: { addOnAttemptsMax: 2, addOnBackoffMs: 1 },
  });
  const fleet = startFleet(house);
  const browser = await openBrowser();
  try {
    const storage = await signedIn(browser, house, folder);
    await peopledBy(house);
    await workedWith(house);
    await catalogued(house);
    await chargedBefore(house);
    await new Promise((resolve) => setTimeout(resolve, warmUpMs));
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of colours) {
        const options = { viewport, colorScheme, locale: language, storageState: storage };
        const { page, errors } = await openPage(browser, options);
        page.setDefaultTimeout(patienceMs);
        for (const shown of shownPages) {
          const file = `${shown.name}-${size}-${colorScheme}.png`;
          if (wanted.test(file)) await take(page, house, { shown, path: join(folder, file) });
        }
        if (errors.length > 0) console.error(`${size}, ${colorScheme}:`, errors);
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
    fleet.kill();
    await house.stop();
  }
  console.info(folder);
}

async function take(
  page: Page,
  house: TestMotown,
  { shown, path }: { readonly shown: ShownPage; readonly path: string },
): Promise<void> {
  await page.goto(await urlOf(shown, house));
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  // The plot and the first answers.
  await page.waitForTimeout(1500);
  await page.screenshot({ path });
}

async function signedIn(browser: Browser, house: TestMotown, folder: string) {
  const { page } = await openPage(browser, { viewport: sizes.desk });
  page.setDefaultTimeout(patienceMs);
  const url = house.apiUrl;
  await page.goto(`${url}/sign-in?user=admin`);
  await page.getByRole("textbox", { name: "Password" }).waitFor();
  await page.screenshot({ path: join(folder, "sign-in.png") });
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  await signInFirst(page, { url, oneTimePassword, password });
  const storage = await page.context().storageState();
  await page.context().close();
  return storage;
}

function startFleet(house: TestMotown): ChildProcess {
  const main = join(import.meta.dirname, "../src/simulator/main.ts");
  const args = ["--stations", "12", "--prefix", "AMS-ARENA", "--api", house.apiUrl];
  const env = { ...process.env, MOTOWN_API_KEY: house.apiKey };
  return spawn(process.execPath, [main, ...args], { env, stdio: "ignore" });
}

/** Stations that are not at work: some want in, some are not there. */
async function peopledBy(house: TestMotown): Promise<void> {
  for (let at = 1; at <= 140; at += 1) {
    const stationId = `NL-UTR-${String(at).padStart(4, "0")}`;
    const accepted = at % 9 !== 0;
    const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }];
    const station = accepted ? { stationId, accepted, evses } : { stationId };
    await house.api("POST", "/api/v1/charging-stations", station);
    if (at % 3 === 0) await placed(house, { stationId, at });
  }
  const asked = "/api/v1/charging-stations/AMS-ARENA-0001/requests";
  await house.api("POST", asked, { type: "RequestConfigurationItems" });
}

/** Around Utrecht, on a spiral. */
async function placed(
  house: TestMotown,
  { stationId, at }: { readonly stationId: string; readonly at: number },
): Promise<void> {
  const far = 0.002 * at;
  await house.api("POST", `/api/v1/charging-stations/${stationId}/commands`, {
    type: "PlaceChargingStation",
    coordinates: {
      latitude: Number((52.09 + far * Math.sin(at)).toFixed(5)),
      longitude: Number((5.12 + far * Math.cos(at)).toFixed(5)),
    },
    accessibility: "public",
  });
}

/** An add-on that fails, so that something waits for a person. */
const failing = defineAddOn({
  name: "billing",
  grants: { events: ["ChargingStationConfigured"], commands: [], queries: [], questions: [] },
  on: {
    ChargingStationConfigured: async ({ stream }) => {
      if (stream.endsWith("0003")) throw new Error("The tariff of this station is unknown");
    },
  },
});

/** What people and programs leave behind: requests, refusals, users, keys. */
async function workedWith(house: TestMotown): Promise<void> {
  const station = "/api/v1/charging-stations/NL-UTR-0001";
  for (const type of ["RequestClearAuthorizationCache", "RequestAuthorizationListVersion"]) {
    await house.api("POST", `${station}/requests`, { type });
  }
  const reset = { type: "RequestReset", kind: "soft" };
  await house.api("POST", `${station}/requests`, reset, { prefer: "wait=1" });
  await house.api("POST", "/api/v1/charging-stations/NL-UTR-0009/requests", reset);
  const permissions = ["AcceptChargingStation", "RequestReset", "RequestUnlockEvse"];
  await house.api("POST", "/api/v1/users", { user: "ada", administrator: true });
  await house.api("POST", "/api/v1/users", { user: "night-shift", permissions });
  await house.api("POST", "/api/v1/users", { user: "auditor" });
  const expiresAt = "2031-01-01T00:00:00.000Z";
  await house.api("POST", "/api/v1/api-keys", { name: "billing", permissions, expiresAt });
  const { body } = await house.api("POST", "/api/v1/api-keys", { name: "old dashboard" });
  await house.api("DELETE", `/api/v1/api-keys/${body.apiKeyId}`);
  for (const path of ["/ocpp/NL-UTR-0002", "/ocp/NL-UTR-0004", "/ocpp/1.6/NL-UTR-0005"]) {
    await refusedAt(house.apiUrl.replace("http", "ws") + path);
  }
}

/** Who may charge, and what stations consist of; one model is in no catalogue yet. */
async function catalogued(house: TestMotown): Promise<void> {
  const statuses = ["accepted", "accepted", "blocked", "accepted", "invalid"] as const;
  for (let at = 1; at <= 60; at += 1) {
    const uid = `04${(0xa1b2c3d4 + at * 7919).toString(16).toUpperCase()}`;
    const group = at % 3 === 0 ? { groupToken: `FLEET-${at % 2}` } : {};
    const ends = at % 7 === 0 ? { expiresAt: `202${at % 9}-06-01T00:00:00.000Z` } : {};
    const several = at % 10 === 0 ? { concurrency: 2 } : {};
    const status = statuses[at % statuses.length];
    await house.token(uid, { status, ...group, ...ends, ...several });
  }
  const connector = { connectorId: 1, type: "IEC_62196_T2", current: "AC", phases: 3 };
  const fast = { connectorId: 1, type: "IEC_62196_T2_COMBO", current: "DC", voltageV: 920 };
  for (const [path, evses] of [
    ["Ampère/Duo 22", [connector, connector].map((one) => ({ ...one, maxPowerW: 22_000 }))],
    ["Ampère/Solo 11", [{ ...connector, maxPowerW: 11_000 }]],
    ["Voltworks/HPC 300", [fast, fast].map((one) => ({ ...one, maxPowerW: 300_000 }))],
  ] as const) {
    const list = evses.map((one, at) => ({ evseId: at + 1, connectors: [one] }));
    const configuration = { HeartbeatInterval: "300", MeterValueSampleInterval: "60" };
    const address = path.split("/").map(encodeURIComponent).join("/");
    await house.api("PUT", `/api/v1/station-types/${address}`, { evses: list, configuration });
  }
  await bootedAt(house, "NL-UTR-0009", "Paal 3");
}

/** A station that says what it is, and goes. */
function bootedAt(house: TestMotown, stationId: string, model: string): Promise<void> {
  const boot = { chargePointVendor: "Nieuwe Stroom", chargePointModel: model };
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${house.wireUrl}/${stationId}`, "ocpp1.6");
    socket.onopen = () => socket.send(JSON.stringify([2, "boot", "BootNotification", boot]));
    socket.onmessage = () => socket.close();
    socket.onclose = () => resolve();
    socket.onerror = () => reject(new Error(`${stationId} was not let in`));
  });
}

/** A socket of a protocol that nobody speaks. */
function refusedAt(url: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, "ocpp0.1");
    socket.onerror = () => resolve();
    socket.onopen = () => socket.close();
    socket.onclose = () => resolve();
  });
}

const [folder = join(tmpdir(), "motown-shots"), pattern = "", language = "en"] =
  process.argv.slice(2);
await main(folder, new RegExp(pattern), language);
