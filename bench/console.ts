// How fast the console is for who works with it: the list of stations on a large network, the first
// view on a slow phone, a change on the screen, and what has to be loaded.
//   npm run bench -- console [--stations 50000]
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openBrowser } from "../test/support/engines/browser.ts";
import { ensureConsole } from "../tools/console.mjs";
import { door, filesOf, gzipped, shell } from "./console/bundle.ts";
import { firstViews } from "./console/first-view.ts";
import { scrolledThrough, strainOf } from "./console/in-page.ts";
import {
  filtering,
  type Measured,
  measured,
  opening,
  openList,
  searching,
  signedIn,
  sorting,
} from "./console/list-speed.ts";
import { type Network, startNetwork } from "./console/network.ts";
import { callApi } from "./fleet.ts";
import { table } from "./table.ts";

const scrolledRows = 1_500;

const { values } = parseArgs({ options: { stations: { type: "string", default: "50000" } } });
await ensureConsole(process.execPath);
const network = await startNetwork(Number(values.stations));
const browser = await openBrowser();
try {
  const kept = await signedIn(browser, network);
  const { page } = await openList(browser, network, kept);
  const strain = Math.round((await strainOf(page)) * 100) / 100;
  const lists = [
    ...(await opening(page, network)),
    await searching(page, network),
    await sorting(page, network),
    ...(await filtering(page)),
  ];
  const scrolled = await scrolledThrough(page, Math.min(scrolledRows, network.stations));
  const changes = await changeOnScreen(page, network);
  await page.context().close();
  const { apiUrl: url } = network.server;
  const views = await firstViews({ browser, url, person: network.person, kept });
  const times = [...lists, changes, ...views];
  const sizes = sizesOf();
  const { stations, built } = network;
  const result = { stations, built, strain, sizes, scrolled, times };
  process.stdout.write(
    `${JSON.stringify(result, null, 1)}\n\n${table(times)}\n\n${table(sizes)}\n`,
  );
} finally {
  await browser.close();
  await network.stop();
}

/** From the server's answer to a new station until the overview counts it. */
async function changeOnScreen(page: Page, { server }: Network): Promise<Measured> {
  await page.goto(server.apiUrl);
  const shown = page.locator('[data-attention="waiting"]');
  await shown.waitFor();
  await page.locator('[data-liveness="live"]').waitFor();
  return measured("change, from its commit", async (attempt) => {
    const before = Number.parseInt((await shown.textContent()) ?? "", 10);
    const body = { stationId: `BENCH-CHANGE-${attempt}` };
    await callApi(server, { method: "POST", path: "/api/v1/charging-stations", body });
    const committedMs = performance.now();
    await shown.getByText(String(before + 1), { exact: true }).waitFor();
    return { ms: performance.now() - committedMs, strain: await strainOf(page) };
  });
}

function sizesOf() {
  const kilobytes = (names: readonly string[]) => Math.round(gzipped(names) / 100) / 10;
  return [
    { what: "door: before anybody has signed in", ...filesOf(door) },
    { what: "shell: with the overview", ...filesOf(shell) },
  ].map(({ what, scripts, styles }) => ({
    what,
    scriptsGzippedKb: kilobytes(scripts),
    stylesGzippedKb: kilobytes(styles),
    files: scripts.length + styles.length,
  }));
}
