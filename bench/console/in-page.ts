// What is measured inside the page, by its own clock. Texts, since they run in the browser, where
// this program's names and types are not.
import type { Page } from "playwright-core";

/** Something that must be seen, and what it is counted from. */
export interface Sight {
  /** An event of the page; absent: the beginning of its navigation. The last one counts. */
  readonly after?: "keydown" | "click" | "change";
  readonly selector: string;
  /** What its text begins with. */
  readonly text?: string;
}

/** How long something took, and how busy the machine was. */
export interface Timed {
  readonly ms: number;
  /** How much longer work took then, on the average, than at its best. */
  readonly strain: number;
}

const sight = `({ after, selector, text = "" }) => new Promise((resolve, reject) => {
  const over = new AbortController();
  let sinceMs = after === undefined ? 0 : Number.NaN;
  const note = () => { sinceMs = performance.now(); };
  const options = { capture: true, signal: over.signal };
  if (after !== undefined) addEventListener(after, note, options);
  const look = () => {
    const found = document.querySelector(selector)?.textContent;
    if (sinceMs >= 0 && found !== undefined && found !== null && found.startsWith(text)) {
      over.abort();
      resolve(performance.now() - sinceMs);
    } else if (performance.now() - beganMs > 20_000) {
      over.abort();
      reject(new Error(selector + " shows " + found + " and not " + text));
    } else requestAnimationFrame(look);
  };
  const beganMs = performance.now();
  look();
})`;

/** Milliseconds from the last such event of what is done until it is seen. */
export async function untilSeen(
  page: Page,
  wanted: Sight,
  act: () => Promise<unknown>,
): Promise<Timed> {
  const seen = page.evaluate<number>(`(${sight})(${JSON.stringify(wanted)})`);
  await act();
  const ms = await seen;
  return { ms, strain: await strainOf(page) };
}

/** Milliseconds from the beginning of a navigation until it is seen; of a page of its own. */
export async function untilSeenAt(page: Page, url: string, wanted: Sight): Promise<Timed> {
  const begin = `globalThis.seenAfterMs = (${sight})(${JSON.stringify(wanted)});`;
  await page.addInitScript(begin);
  await page.goto(url, { waitUntil: "commit" });
  const ms = await page.evaluate<number>("globalThis.seenAfterMs");
  return { ms, strain: await strainOf(page) };
}

/** What somebody saw of a page that was opened, and when, in milliseconds from its beginning. */
export interface Viewed extends Timed {
  /** First contentful paint. */
  readonly firstPaintMs: number;
  /** Largest contentful paint: the last one, when nothing larger came any more. */
  readonly largestPaintMs: number;
  /** How far things were moved that had been seen; of all moves together. */
  readonly layoutShift: number;
}

const watched = `(() => {
  const seen = globalThis.seen = { firstPaintMs: 0, largestPaintMs: 0, layoutShift: 0 };
  const watch = (type, note) => new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) note(entry);
  }).observe({ type, buffered: true });
  watch("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") seen.firstPaintMs = startTime;
  });
  watch("largest-contentful-paint", ({ startTime }) => { seen.largestPaintMs = startTime; });
  watch("layout-shift", ({ value, hadRecentInput }) => {
    if (!hadRecentInput) seen.layoutShift += value;
  });
})();`;
/** What is larger comes within this time, or belongs to another view. */
const settledMs = 1_500;

/** Opens an address and sees when it shows what is wanted, and what was painted before. */
export async function viewedAt(page: Page, url: string, wanted: Sight): Promise<Viewed> {
  await page.addInitScript(watched);
  const timed = await untilSeenAt(page, url, wanted);
  await page.waitForTimeout(settledMs);
  return { ...timed, ...(await page.evaluate<Omit<Viewed, keyof Timed>>("globalThis.seen")) };
}

/**
 * How fast the machine is for a browser, by the measure that Lighthouse writes into its reports
 * (`benchmarkIndex`: 1,500 to 2,000 on a fast desktop, which its factor of 4 supposes; 1,000 to
 * 1,500 on a slow one): how many texts of 10,000 letters it puts
 * together and how many lists of 100,000 numbers it copies, in tenths a second.
 */
export function machineIndexOf(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const ratePer = (run) => {
      const startMs = performance.now();
      let runs = 0;
      while (runs % 10 !== 0 || performance.now() - startMs < 500) run(runs++);
      return runs / 10 / ((performance.now() - startMs) / 1000);
    };
    const texts = ratePer(() => {
      let text = "";
      for (let at = 0; at < 10_000; at += 1) text += "a";
      globalThis.indexText = text.length;
    });
    const lists = [Array.from({ length: 100_000 }, (_none, at) => at),
      Array.from({ length: 100_000 }, (_none, at) => at)];
    const copies = ratePer((run) => {
      const [from, to] = [lists[run % 2], lists[(run + 1) % 2]];
      for (let at = 0; at < from.length; at += 1) to[at] = from[at];
    });
    return Math.round((texts + copies) / 2);
  })()`);
}

/** How much longer work takes now, on the average, than at its best: what else there is to do. */
export function strainOf(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const times = [];
    for (let run = 0; run < 60; run += 1) {
      const startMs = performance.now();
      let sum = 0;
      for (let at = 0; at < 2e6; at += 1) sum += Math.sqrt(at);
      globalThis.strainSum = sum;
      times.push(performance.now() - startMs);
    }
    const all = times.reduce((sum, one) => sum + one, 0);
    return Math.max(1, all / times.length / Math.max(Math.min(...times), 0.1));
  })()`);
}

/** What scrolling through a list came to. */
export interface Scrolled {
  /** Rows that there was room for in the end. */
  readonly rows: number;
  /** Rows of the document, at most. */
  readonly drawnMost: number;
  /** How long a screen took to be drawn, in the middle of all. */
  readonly screenMs: number;
  /** One pause, whoever made it: of the program, of the collector or of the machine. */
  readonly longestTaskMs: number;
}

/** Scrolls a list down until it holds so many rows, and back, a screen at each frame. */
export function scrolledThrough(page: Page, rows: number): Promise<Scrolled> {
  return page.evaluate<Scrolled>(`(async () => {
    let longestTaskMs = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        longestTaskMs = Math.max(longestTaskMs, duration);
      }
    });
    observer.observe({ type: "longtask" });
    const list = document.querySelector("[role=table]");
    const count = () => Number(list.getAttribute("aria-rowcount"));
    const frame = () => new Promise(requestAnimationFrame);
    let drawnMost = 0;
    const screens = [];
    const step = async (pixels) => {
      const startedMs = performance.now();
      list.scrollTop += pixels;
      await frame();
      screens.push(performance.now() - startedMs);
      drawnMost = Math.max(drawnMost, list.querySelectorAll("[role=row]").length);
    };
    const untilMs = performance.now() + 30_000;
    while (count() < ${rows} && performance.now() < untilMs) await step(list.clientHeight);
    const found = count();
    while (list.scrollTop > 0 && performance.now() < untilMs) await step(-list.clientHeight);
    observer.disconnect();
    const screenMs = screens.sort((one, other) => one - other)[screens.length >> 1];
    return { rows: found, drawnMost, screenMs, longestTaskMs };
  })()`);
}
