import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules of them that ask for colours. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** What has changed is drawn, and no colour is on its way to another. */
const settled = `(async () => {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const under = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(under.map(({ finished }) => finished));
})()`;

/** What axe finds (WCAG 2.2 AA) on a page, or a part of it, that keeps somebody out, in words. */
export function barriers(page: Page, part = "html"): Promise<readonly string[]> {
  return found(page, part, wcag);
}

/** The same in light and dark: what is no question of colours is asked once. */
export async function barriersInColours(page: Page, part?: string): Promise<readonly string[]> {
  await colour(page, "light");
  const light = await barriers(page, part);
  await colour(page, "dark");
  return [...light, ...(await found(page, part, ofColours)).map((barrier) => `dark: ${barrier}`)];
}

async function colour(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
}

async function found(
  page: Page,
  part: string | undefined,
  rules: readonly string[],
): Promise<readonly string[]> {
  // The page's policy forbids scripts from elsewhere; the debugger's door does not ask it.
  if (!(await page.evaluate("globalThis.axe !== undefined"))) await page.evaluate(axe);
  await page.evaluate(settled);
  // What is in order is not listed, and nothing is fetched for it.
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const given = `${JSON.stringify(part ?? "html")}, ${JSON.stringify(options)}`;
  const { violations } = (await page.evaluate(`axe.run(${given})`)) as {
    readonly violations: readonly Violation[];
  };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}
