import { expect, it } from "vitest";
import { wholeOf } from "./whole.ts";

/** A list of ten in pages of three; a narrow search finds nothing in the second. */
const pageAfter = async (after = "0") => {
  const from = Number(after);
  const items = [0, 1, 2].map((n) => from + n).filter((n) => n < 10 && (n < 3 || n > 5));
  return { items, next: from + 3 < 10 ? String(from + 3) : undefined };
};

it("is read to its end, and told how far it is", async () => {
  const counts: number[] = [];
  const whole = await wholeOf(pageAfter, { most: 100, onRows: (count) => counts.push(count) });
  expect(whole).toEqual({ rows: [0, 1, 2, 6, 7, 8, 9], isCut: false });
  expect(counts).toEqual([3, 3, 6, 7]);
});

it("says when it is more than anybody takes away at once", async () => {
  const whole = await wholeOf(pageAfter, { most: 4, onRows: () => {} });
  expect(whole).toEqual({ rows: [0, 1, 2, 6, 7, 8], isCut: true });
});
