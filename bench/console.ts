// How fast the console is for who works with it: the list of stations on a large network, the first
// view on a slow phone, a change on the screen, and what has to be loaded. Ends with 1 when
// something takes longer than docs/console.md promises.
//   npm run bench -- console [--stations 50000] [--only lists|first-view]
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../test/support/engines/browser.ts";
import { ensureConsole } from "../tools/console.mjs";
import { door, filesOf, gzipped, shell } from "./console/bundle.ts";
import { firstViews, machineIndex, signingIn } from "./console/first-view.ts";
import { missedTimes, missedViews } from "./console/gates.ts";
import { scrolledThrough, strainOf } from "./console/in-page.ts";
import {
  filtering,
  type Kept,
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
const parts = ["lists", "first-view"];
/** Whatever hangs, it comes to an end. */
const endsAfterMs = 20 * 60_000;

const { values } = parseArgs({
  options: { stations: { type: "string", default: "50000" }, only: { type: "string" } },
});
const { only } = values;
if (only !== undefined && !parts.includes(only)) {
  throw new Error(`--only is one of ${parts.join(", ")}`);
}
const late = setTimeout(() => {
  process.stderr.write(`It has not ended within ${endsAfterMs / 1000} s.\n`);
  process.exit(1);
}, endsAfterMs);
late.unref();

await ensureConsole(process.execPath);
const network = await startNetwork(Number(values.stations));
let browser: Browser | undefined;
try {
  browser = await openBrowser();
  const missed = await measureAll(browser, network);
  for (const one of missed) process.stdout.write(`Missed: ${one}\n`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await browser?.close();
  await network.stop();
}

async function measureAll(opened: Browser, large: Network): Promise<readonly string[]> {
  const kept = await signedIn(opened, large);
  const index = await machineIndex(opened);
  const lists = only === "first-view" ? undefined : await measureLists(opened, large, kept);
  const visit = { browser: opened, url: large.server.apiUrl, person: large.person, kept };
  const views = only === "lists" ? [] : await firstViews(visit);
  const times = [...(lists?.times ?? []), ...(only === "lists" ? [] : [await signingIn(visit)])];
  const sizes = sizesOf();
  const { stations, built } = large;
  const { strain, scrolled } = lists ?? {};
  const missed = [...missedTimes(times), ...missedViews(views)];
  const result = { stations, built, index, strain, sizes, scrolled, times, views, missed };
  const tables = [times, views, sizes].map(table).filter((text) => text !== "");
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n\n${tables.join("\n\n")}\n\n`);
  return missed;
}

async function measureLists(opened: Browser, large: Network, kept: Kept) {
  const { page } = await openList(opened, large, kept);
  const strain = Math.round((await strainOf(page)) * 100) / 100;
  const lists = [
    ...(await opening(page, large)),
    await searching(page, large),
    await sorting(page, large),
    ...(await filtering(page)),
  ];
  const scrolled = await scrolledThrough(page, Math.min(scrolledRows, large.stations));
  const changes = await changeOnScreen(page, large);
  await page.context().close();
  return { strain, scrolled, times: [...lists, changes] };
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
