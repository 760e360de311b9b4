// Goal: whichever database the views live in, the same question has the same answer. Method: both
// are led through the same history, and hold the same random rows with texts that databases may
// take in different ways; then each list of each view is asked of both, page by page, narrowed,
// ordered and searched in the ways that the view offers, and deep inside.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewRow, ViewStore, ViewValue } from "#bus";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { postgresViews } from "#support/engines/postgres-views";
import { testDice } from "#support/environment";
import { randomHistory } from "#support/random-history";
import {
  allRows,
  memoryViews,
  testLimits,
  type Viewed,
  viewsOver,
  writtenLog,
} from "#support/view-story";
import { views } from "./all.ts";
import { createQueries, filterNames, type ListQuery, type Queries } from "./queries.ts";
import { type View, viewTableOf } from "./view.ts";

const all: readonly View[] = Object.values(views);
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

type Dice = ReturnType<typeof testDice>;
const pick = <T>(dice: Dice, list: readonly T[]): T => list[dice.below(list.length)] as T;

// Large and small letters in and beyond ASCII, what patterns mean something by, what sorts in one
// way by bytes and in another by any language, and what only some databases can hold.
const words = [
  ...["", "a", "A", "b", "ab", "a b", "a_b", "a%b", "a!b", "Ä", "ä", "ß", "İ", "z", "Z", "é", "e"],
  ...[
    "10",
    "9",
    "-1",
    "_",
    "%",
    "!",
    "~",
    "\u{1f600}",
    "\ufffd",
    "a\u0000b",
    "a\u0001",
    "'",
    '"',
    "\\",
    "{}",
  ],
];

const ids = Array.from({ length: 6 }, (_none, n) => `019a4f0${n}-0000-7000-8000-00000000000${n}`);

const isWhole = (word: string) => !word.includes("\u0000");

function valueIn(dice: Dice, view: View, column: string): ViewValue {
  const { type, nullable, initial, shown } = view.table.columns[
    column
  ] as View["table"]["columns"][string];
  if (nullable && dice.below(4) === 0) return null;
  // JSON and quantities: nobody looks for them.
  if (shown !== undefined && shown.write("1") === undefined && type === "text") return initial;
  if (type !== "text") return pick(dice, [0, 1, 1, 2, 3, -5, 2 ** 40]);
  if (column === "transactionId" || column === "station")
    return pick(dice, [...ids, "cp00", "cp01"]);
  // SQLite's LIKE reads no further than U+0000.
  const { search = [], searchIn } = view.list;
  const isLiked = searchIn === undefined && search.includes(column);
  return pick(dice, isLiked ? words.filter(isWhole) : words);
}

/** One row in three is one that lists show, whatever the dice say. */
function randomRows(dice: Dice, view: View): ViewRow[] {
  return Array.from({ length: 80 }, (_none, at) => ({
    ...Object.fromEntries(
      Object.keys(view.table.columns).map((name) => [name, valueIn(dice, view, name)]),
    ),
    ...(at % 3 === 0 ? view.visible : {}),
  }));
}

/** Values of a filter that some rows have, in the words of the outside world, and one of none. */
function* filtersOf(dice: Dice, view: View, rows: readonly ViewRow[]) {
  for (const name of filterNames(view)) {
    const column = name === "stationId" ? "station" : name.replace(/(From|Until)$/, "");
    const shown = Object.entries(view.table.columns).find(
      ([own, { shown }]) => own === column || shown?.name === column,
    );
    const value = pick(dice, rows)[shown?.[0] ?? column] ?? "none";
    const isFlag = shown?.[1].shown?.schema.type === "boolean";
    yield { [name]: isFlag ? value !== 0 : value };
  }
}

function* questionsOf(dice: Dice, view: View, rows: readonly ViewRow[]): Generator<ListQuery> {
  const filters: ListQuery["filter"][] = [undefined, ...filtersOf(dice, view, rows)];
  const sought = words.filter((word) => word !== "" && isWhole(word));
  const texts = view.list.search === undefined ? [] : [...sought, "019a4f00-", "cp", "0"];
  for (const order of view.list.orders) {
    for (const filter of filters) {
      const limit = 1 + dice.below(40);
      yield { order, filter, limit };
      yield { order, filter: { ...filter, ...pick(dice, filters) }, limit };
      if (texts.length > 0) yield { order, filter, search: pick(dice, texts), limit };
    }
    if ("station" in view.table.columns) {
      const keys = JSON.stringify(["cp00", rows[0]?.station, `not"there`]);
      for (const isIn of [true, false]) {
        const stations = { keys, isIn };
        yield { order, stations, limit: 7 };
        yield { order, filter: filters[1], stations, limit: 50 };
      }
    }
    for (const search of texts) yield { order, search, limit: 50 };
  }
}

interface Counted {
  lists: number;
  items: number;
}

/** Asks both the same, page after page, as far as five of them. */
async function askBoth(both: readonly Queries[], view: View, query: ListQuery): Promise<number> {
  let after: string | undefined;
  let items = 0;
  for (let page = 0; page < 5; page += 1) {
    const asked = { ...query, after };
    const [one, other] = await Promise.all(both.map((queries) => queries.list(view.name, asked)));
    expect(other, `${view.name} ${JSON.stringify(asked)}`).toEqual(one);
    if (one === undefined || "invalid" in one || one.next === undefined) {
      return items + (one !== undefined && "items" in one ? one.items.length : 0);
    }
    items += one.items.length;
    after = one.next;
  }
  return items;
}

/** Lists of a view that one test asks for. */
const listsMax = 90;

async function compare(both: readonly Queries[], view: View, rows: readonly ViewRow[]) {
  const dice = testDice(7);
  const counted: Counted = { lists: 0, items: 0 };
  const questions = rows.length === 0 ? [] : [...questionsOf(dice, view, rows)];
  // All kinds of them, as many as there is time for.
  const every = Math.ceil(questions.length / listsMax);
  for (const query of questions.filter((_question, at) => at % every === 0)) {
    counted.items += await askBoth(both, view, query);
    counted.lists += 1;
  }
  for (const row of rows.slice(0, 5)) {
    const key = view.table.key.map((column) => row[column] ?? null);
    const [one, other] = await Promise.all(both.map((queries) => queries.get(view.name, key)));
    expect(other).toEqual(one);
  }
  return counted;
}

describe("views on SQLite and on PostgreSQL", () => {
  let stores: readonly ViewStore[];
  let both: readonly Queries[];
  const rows = new Map<string, readonly ViewRow[]>();

  beforeAll(async () => {
    stores = [memoryViews(), await postgresViews(database, "random_rows")];
    const dice = testDice(3);
    for (const view of all) rows.set(view.name, randomRows(dice, view));
    const changes = all.map((view) => {
      return { table: view.table.name, put: rows.get(view.name) ?? [], remove: [] };
    });
    for (const store of stores) {
      await store.migrate(all.map(({ table }) => viewTableOf(table)));
      await store.commit({ changes, checkpoint: 1 });
    }
    both = stores.map((store) =>
      createQueries({ store, views, passed: async () => true, limits: testLimits }),
    );
  });
  afterAll(() => Promise.all(stores.map((store) => store.close())));

  it.each(all)("$name: random rows have the same pages", async (view) => {
    const counted = await compare(both, view, rows.get(view.name) ?? []);
    expect(counted.lists).toBeGreaterThan(5);
    expect(counted.items).toBeGreaterThan(20);
  });
});

describe("views led through the same history", () => {
  const viewed: Viewed[] = [];

  beforeAll(async () => {
    const log = writtenLog();
    for (const write of randomHistory(11, 600)) write(log);
    const small = { projectorBatchMax: 37 };
    viewed.push(await viewsOver(log, { limits: small }));
    viewed.push(
      await viewsOver(log, { store: await postgresViews(database, "history"), limits: small }),
    );
    await Promise.all(viewed.map((one) => one.caughtUp()));
  });
  afterAll(() => Promise.all(viewed.map((one) => one.close())));

  it("are the same row by row", async () => {
    const [one, other] = await Promise.all(viewed.map(({ projector }) => allRows(projector)));
    expect(other).toEqual(one);
    const filled = Object.values(one ?? {}).filter((rows) => rows.length > 0);
    expect(filled.length).toBeGreaterThan(10);
  });

  it.each(all)("$name: have the same pages", async (view) => {
    const [one] = await Promise.all(viewed.slice(0, 1).map(({ projector }) => allRows(projector)));
    const queries = viewed.map((shown) => shown.queries);
    const { lists } = await compare(queries, view, one?.[view.table.name] ?? []);
    expect(lists).toBeLessThanOrEqual(listsMax);
  });
});

it("come to the same rows where two programs lead them on at once", async () => {
  const log = writtenLog();
  const writers = [...randomHistory(5, 300)];
  for (const write of writers.splice(0, 100)) write(log);
  const limits = { projectorBatchMax: 11 };
  const open = async () =>
    viewsOver(log, { store: await postgresViews(database, "shared"), limits });
  const two = await Promise.all([open(), open()]);
  await Promise.all(two.map((one) => one.caughtUp()));
  for (const write of writers) {
    const position = write(log);
    for (const { projector } of two) projector.wake(position);
    if (position % 40 === 0) await Promise.all(two.map((one) => one.caughtUp()));
  }
  await Promise.all(two.map((one) => one.caughtUp()));
  const alone = await viewsOver(log);
  await alone.caughtUp();
  const [expected, ...found] = await Promise.all(
    [alone, ...two].map(({ projector }) => allRows(projector)),
  );
  for (const rows of found) expect(rows).toEqual(expected);
  await Promise.all([alone, ...two].map((one) => one.close()));
});
