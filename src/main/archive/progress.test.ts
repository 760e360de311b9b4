import { expect, it } from "vitest";
import { progressLines } from "./progress.ts";

it("says how far, how fast and how long, at most every two seconds", () => {
  const lines: string[] = [];
  let now = 500;
  const progress = progressLines("imported", { nowMs: () => now, say: (line) => lines.push(line) });
  const at = (seconds: number, done: number, expected?: number) => {
    now = 500 + seconds * 1000;
    progress({ table: "event", done, expected });
  };
  at(1, 40_000, 1_450_000);
  at(2, 80_000, 1_450_000);
  at(3, 120_000, 1_450_000);
  at(5, 200_000, 30_000_000);
  at(8, 400_000);
  expect(lines).toEqual([
    "imported 80,000 of 1,450,000 rows (event), 40,000 rows/s, 35 s left",
    "imported 200,000 of 30,000,000 rows (event), 40,000 rows/s, 13 min left",
    "imported 400,000 rows (event), 50,000 rows/s",
  ]);
});
