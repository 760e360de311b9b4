import { expect, it } from "vitest";
import { failureText } from "./report.ts";
import { runSeed } from "./run.ts";

const perTest = 20;

/** Tests that nothing breaks in the worlds of these seeds. */
export function holdsInWorlds(first: number, last: number): void {
  for (let from = first; from <= last; from += perTest) {
    const to = Math.min(last, from + perTest - 1);
    it(`holds in the worlds ${from} to ${to}`, { timeout: 60_000 }, async () => {
      for (let seed = from; seed <= to; seed++) {
        const result = await runSeed({ seed });
        expect(result.violations.length, failureText(result)).toBe(0);
      }
    });
  }
}
