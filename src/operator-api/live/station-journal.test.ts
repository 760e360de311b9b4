import { expect, it } from "vitest";
import { limitsWith } from "#limits";
import { journalPage } from "./station-journal.ts";

/** A station with so many events, of which every tenth is rare. */
function journalOf(count: number) {
  const readings: number[] = [];
  const all = Array.from({ length: count }, (_none, at) => {
    const type = at % 10 === 0 ? "Rare" : "Usual";
    const data = JSON.stringify({ at: at + 1 });
    return { position: at + 1, type, schema: 1, data, meta: "{}" };
  }).reverse();
  const store = {
    readStation: async ({ before = count + 1, limit }: { before?: number; limit: number }) => {
      readings.push(limit);
      return all.filter(({ position }) => position < before).slice(0, limit);
    },
  };
  const showing = { event: async (event: unknown) => event };
  const parts = {
    store,
    showing,
    bus: { tokens: { find: async () => undefined } },
    limits: limitsWith({}),
  };
  const page = (query: object) =>
    journalPage(parts as never, { station: "cp", limit: 1, ...query } as never);
  return { readings, page };
}

const places = ({ events }: { readonly events: readonly unknown[] }) =>
  events.map((event) => (event as { data: { at: number } }).data.at);

it("looks at many in one reading for who wants few of them", async () => {
  const { readings, page } = journalOf(1_000);
  expect(await page({ search: "nothing holds this" })).toEqual({ events: [], next: undefined });
  expect(readings.length).toBeLessThanOrEqual(11);
});

it("gives no more than was asked for, and the rest on the pages behind", async () => {
  const { page } = journalOf(45);
  const found: number[] = [];
  let next: number | undefined;
  do {
    const one = await page({ type: "Rare", before: next, limit: 2 });
    expect(one.events.length).toBeLessThanOrEqual(2);
    found.push(...places(one));
    next = one.next;
  } while (next !== undefined);
  expect(found).toEqual([41, 31, 21, 11, 1]);
});

it("reads no more than it shows where nothing is narrowed", async () => {
  const { readings, page } = journalOf(45);
  expect(places(await page({ limit: 3 }))).toEqual([45, 44, 43]);
  expect(readings).toEqual([3]);
});
