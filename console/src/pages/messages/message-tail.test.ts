import { expect, it } from "vitest";
import type { Message } from "./frame-text.ts";
import {
  begun,
  type MessagePage,
  released,
  rowsMax,
  withNewer,
  withOlder,
} from "./message-tail.ts";

const page = (ids: readonly number[], next?: number): MessagePage => ({
  items: ids.map((id) => ({ id: idOf(id) }) as Message),
  ...(next === undefined ? {} : { next: idOf(next) }),
  ...(ids.length === 0 ? {} : { newest: idOf(Math.max(...ids)) }),
});
const idOf = (id: number) => String(id).padStart(6, "0");
const ids = (rows: readonly Message[]) => rows.map(({ id }) => Number(id));
const down = (from: number, many: number) => Array.from({ length: many }, (_none, at) => from - at);

it("puts what came on top, each once, also one that was written later than its number", () => {
  const first = begun(page([5, 3]));
  const second = withNewer(first, page([7, 6, 5]), false);
  expect(ids(second.rows)).toEqual([7, 6, 5, 3]);
  expect(second).toMatchObject({ newest: idOf(7), since: idOf(5) });
  const third = withNewer(second, page([7, 6, 4]), false);
  expect(ids(third.rows)).toEqual([7, 6, 5, 4, 3]);
});

it("holds back what comes while somebody reads, and shows it when he wants it", () => {
  const paused = withNewer(begun(page([2, 1])), page([4, 3]), true);
  const longer = withNewer(paused, page([5, 4]), true);
  expect([ids(longer.rows), ids(longer.held)]).toEqual([
    [2, 1],
    [5, 4, 3],
  ]);
  const shown = released(longer);
  expect([ids(shown.rows), shown.held]).toEqual([[5, 4, 3, 2, 1], []]);
  expect(released(shown)).toBe(shown);
});

it("begins anew where more came than a page holds, and reads on behind it", () => {
  const tail = begun(page([2, 1]));
  const anew = withNewer(tail, page([90, 89], 89), false);
  expect([ids(anew.rows), anew.next]).toEqual([[90, 89], idOf(89)]);
  const held = withNewer(tail, page([90, 89], 89), true);
  expect(ids(held.rows)).toEqual([2, 1]);
  const later = released(withNewer(held, page([91]), true));
  expect([ids(later.rows), later.next]).toEqual([[91, 90, 89], idOf(89)]);
});

it("keeps a limit, and knows where the ones that it dropped are", () => {
  const full = begun(page(down(rowsMax, rowsMax)));
  const { rows, next } = withNewer(full, page([rowsMax + 2, rowsMax + 1]), false);
  expect([rows.length, rows[0]?.id, next]).toEqual([rowsMax, idOf(rowsMax + 2), idOf(3)]);
});

it("goes on below", () => {
  const tail = withOlder(begun(page([9, 8], 8)), page([7, 6], 6));
  expect([ids(tail.rows), tail.next]).toEqual([[9, 8, 7, 6], idOf(6)]);
  expect(withOlder(tail, page([5])).next).toBeUndefined();
});

it("says nothing new of an empty look", () => {
  const tail = begun(page([1]));
  expect(withNewer(tail, page([]), false)).toMatchObject({ rows: tail.rows, newest: idOf(1) });
});
