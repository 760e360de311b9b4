import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds (WCAG 2.2 AA) on a page, or a part of it, that keeps somebody out, in words. */
export async function barriers(page: Page, part = "html"): Promise<readonly string[]> {
  // The page's policy forbids scripts from elsewhere; the debugger's door does not ask it.
  await page.evaluate(axe);
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const given = `${JSON.stringify(part)}, { runOnly: ${JSON.stringify(rules)} }`;
  const found = (await page.evaluate(`axe.run(${given})`)) as {
    readonly violations: readonly Violation[];
  };
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}
