import { expect, it } from "vitest";
import { failureText, nodesFlag } from "./report.ts";
import { type RunOptions, runSeed } from "./run.ts";

/** Worlds of several nodes take longer. */
const perTest = { alone: 20, several: 10 };

/** Tests that nothing breaks in the worlds of these seeds, with one node each or with several. */
export function holdsInWorlds(
  { first, last }: { readonly first: number; readonly last: number },
  nodes?: RunOptions["nodes"],
): void {
  const count = nodes === undefined ? perTest.alone : perTest.several;
  for (let from = first; from <= last; from += count) {
    const to = Math.min(last, from + count - 1);
    it(`holds in the worlds ${from} to ${to}`, { timeout: 60_000 }, async () => {
      for (let seed = from; seed <= to; seed++) {
        const result = await runSeed({ seed, nodes });
        expect(result.violations.length, failureText(result, nodesFlag(nodes))).toBe(0);
      }
    });
  }
}
