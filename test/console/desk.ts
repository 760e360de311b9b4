// A server with its console in a browser, and stations of the simulator: what tests of the console
// begin with.
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import {
  diceOf,
  realTime,
  Station,
  type StationOptions,
  Tally,
  twoOutlets,
  webSocketTo,
} from "#simulator";
import { beSignedIn, openPage, openProfiles, type Profiles } from "#support/engines/browser";
import { startTestMotown, type TestMotown } from "#support/motown";
import { ensureConsole } from "../../tools/console.mjs";

/** What the administrator of tests chooses at the first start. */
export const password = "correct horse battery";

/** A server, a browser, and a page before it. */
export interface Desk {
  readonly house: TestMotown;
  readonly browser: Profiles;
  readonly page: Page;
  /** Errors of the page's scripts; a good page has none. */
  readonly errors: readonly string[];
  /** The one-time password of the first start. */
  readonly oneTimePassword: string;
  /** A station of the simulator, without power yet; it ends with the desk. */
  station(stationId: string, options?: Partial<StationOptions>): Station;
  /** Signs the administrator in at the first start. */
  signIn(): Promise<void>;
  close(): Promise<void>;
}

type Settings = Parameters<typeof startTestMotown>[0];

const window = { width: 1280, height: 900 };

/** Starts them. */
export async function openDesk(
  settings: Settings = {},
  options: BrowserContextOptions = {},
): Promise<Desk> {
  await ensureConsole(process.execPath);
  const house = await startTestMotown(settings);
  const browser = await openProfiles();
  const { page, errors } = await openPage(browser, { viewport: window, ...options });
  const { oneTimePassword = "" } = house.motown.firstAccess.administrator ?? {};
  const stations: Station[] = [];
  return {
    ...{ house, browser, page, errors, oneTimePassword },
    station: (stationId, given = {}) => {
      const station = new Station({
        ...{ stationId, url: house.wireUrl, time: realTime(), dice: diceOf(1, stationId) },
        ...{ tally: new Tally(), socketTo: webSocketTo, model: { ...twoOutlets, evses: 1 } },
        ...given,
      });
      stations.push(station);
      return station;
    },
    signIn: () => beSignedIn(page, { url: house.apiUrl, oneTimePassword, password }),
    close: async () => {
      for (const station of stations) station.powerOff();
      await browser.close();
      await house.stop();
    },
  };
}

/** The only station's EVSE: where a test plugs a car in. */
export function plugOf(station: Station): Station["evses"][number] {
  const [evse] = station.evses;
  if (evse === undefined) throw new Error("the station has no EVSE");
  return evse;
}

/** How long something may take to be so on a busy machine. */
export const soon = { timeout: 10_000 };

/** A car that takes long enough for any test. */
export const car = { wantedWh: 60_000, powerWMax: 11_000, stateOfCharge: 20 };

/** So often is the tab key pressed before something counts as out of reach. */
const tabsMax = 80;

/** Goes there as somebody does who has no mouse. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let count = 0; count < tabsMax; count += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached by ${tabsMax} tabs: ${target}`);
}
