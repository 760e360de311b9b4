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
/** The only rule of them that asks for colours. */
const ofColours = ["color-contrast"];

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
  const given = `${JSON.stringify(part ?? "html")}, { runOnly: ${JSON.stringify(rules)} }`;
  const { violations } = (await page.evaluate(`axe.run(${given})`)) as {
    readonly violations: readonly Violation[];
  };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}
