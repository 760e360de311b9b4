import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What has changed is drawn, and no colour is on its way to another. */
const settled = `(async () => {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const under = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(under.map(({ finished }) => finished));
})()`;

/** What axe asks of a page: all of WCAG 2.2 AA, or what another choice of colours may change. */
const asked = {
  all: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  colours: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

/** What axe finds on a page, or a part of it, that keeps somebody out, in words. */
export async function barriers(
  page: Page,
  { part = "html", rules = "all" }: { readonly part?: string; readonly rules?: keyof typeof asked },
): Promise<readonly string[]> {
  // The page's policy forbids scripts from elsewhere; the debugger's door does not ask it.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe);
  await page.evaluate(settled);
  // What is in order is not listed, and nothing is fetched for it.
  const options = { runOnly: asked[rules], resultTypes: ["violations"], preload: false };
  const given = `${JSON.stringify(part)}, ${JSON.stringify(options)}`;
  const found = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(${given})`,
  );
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}
