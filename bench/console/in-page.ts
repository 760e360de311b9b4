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
