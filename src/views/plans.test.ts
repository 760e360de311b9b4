// Goal: no list reads more than it shows, however long it is. Method: each list of each view, with
// each of its filters and orders and deep inside, is explained by SQLite itself, over the indexes
// that the views declare.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ViewStore } from "#bus";
import { memoryViews } from "#support/view-story";
import { views } from "./all.ts";
import { type ListShape, listStatement, type SearchWay, statementBook } from "./statements.ts";
import { columnOfOrder, type View, viewTableOf } from "./view.ts";

/** Lists that are asked for one of these at a time: what is sorted is what one of them has. */
const within: Readonly<Record<string, string>> = {
  authorizationLists: "station",
  chargingProfiles: "station",
  compositeSchedules: "station",
  configuration: "station",
  diagnosticsJobs: "station",
  firmwareJobs: "station",
  meterSeries: "transactionId",
};

let store: ViewStore;

beforeAll(async () => {
  store = memoryViews();
  await store.migrate(Object.values(views).map(({ table }) => viewTableOf(table)));
});
afterAll(() => store.close());

/** What SQLite does to find the keys of a page; the rest looks up the rows of these keys. */
async function planOf(view: View, shape: ListShape): Promise<string[]> {
  const { sql, parameters } = listStatement(view, shape, {
    dialect: store.dialect,
    book: statementBook(1),
    values: {},
  });
  const steps = await store.query({ sql: `explain query plan ${sql}`, parameters });
  const details = steps.map((step) => String(step.detail));
  const end = details.findIndex((detail) => detail.startsWith("SEARCH t "));
  expect(end, details.join("\n")).toBeGreaterThan(0);
  return details.slice(0, end);
}

function shapesOf(view: View): ListShape[] {
  const { filters, orders } = view.list;
  const station = "station" in view.table.columns ? ["station"] : [];
  const ranged = [...orders.map(columnOfOrder), ...(view.list.ranges ?? [])];
  const ranges = ranged.flatMap((name) => [`${name}>=`, `${name}<=`]);
  const single = [...station, ...filters].map((name) => [name]);
  const pairs = filters.map((name, at) => [name, filters[(at + 1) % filters.length] ?? name]);
  const asked = [[], ...single, ...pairs, ...ranges.map((name) => [name])];
  // Of several at once, such as the edges of a map.
  if (view.list.ranges !== undefined) asked.push(ranges, ["state", ...ranges]);
  const fixed = within[view.name];
  return orders.flatMap((order) =>
    asked.flatMap((names) =>
      [false, true].map((after) => ({
        order,
        after,
        search: undefined,
        filters: [...new Set(fixed === undefined ? names : [fixed, ...names])],
      })),
    ),
  );
}

describe.each(Object.values(views))("lists of $name", (view) => {
  const isNarrow = within[view.name] !== undefined;

  it("are read along an index, whatever they are narrowed and ordered by", async () => {
    for (const shape of shapesOf(view)) {
      const plan = (await planOf(view, shape)).join("\n");
      const about = `${JSON.stringify(shape)}:\n${plan}`;
      if (isNarrow) expect(plan, about).toMatch(/SEARCH f .*\((station|transactionId)=\?/);
      else expect(plan, about).not.toContain("TEMP B-TREE");
      // All of an index may be looked at where it holds everything; never all rows.
      expect(plan, about).toMatch(/^(CO-ROUTINE|MATERIALIZE) page$/m);
      expect(plan, about).toMatch(/SEARCH f |SCAN f USING COVERING INDEX/);
      expect(plan, about).not.toMatch(/SCAN f($| USING INDEX)/m);
    }
  });

  it("are narrowed by a set of stations along an index", async () => {
    if (!("station" in view.table.columns) || isNarrow) return;
    const related = Object.keys(view.list.related ?? {});
    for (const order of view.list.orders) {
      for (const one of [{ stations: "in" }, { stations: "not in" }, { related }] as const) {
        const shape = { order, filters: [], search: undefined, after: true, ...one };
        const plan = (await planOf(view, shape)).join("\n");
        expect(plan, `${JSON.stringify(shape)}:\n${plan}`).not.toMatch(/SCAN f($| USING INDEX)/m);
      }
    }
  });

  it("are searched along an index", async () => {
    const { search, searchIn, orders } = view.list;
    if (search === undefined || isNarrow) return;
    const ways: SearchWay[] =
      searchIn === undefined
        ? ["columns"]
        : "text" in searchIn
          ? ["words"]
          : ["id", "fewStations", "manyStations"];
    for (const way of ways) {
      for (const order of orders) {
        const plan = (await planOf(view, { order, search: way, filters: [], after: true })).join(
          "\n",
        );
        expect(plan, `${way} ${order}:\n${plan}`).not.toMatch(/SCAN [fsg]($| USING INDEX)/m);
        if (way === "id" || way === "fewStations") continue;
        expect(plan, `${way} ${order}:\n${plan}`).not.toContain("TEMP B-TREE");
      }
    }
  });
});

it("reads one station's sessions by the station, however few have that much energy", async () => {
  const filters = ["station", "settledMilliWh>="];
  for (const order of views.transactions.list.orders) {
    const shape: ListShape = { order, filters, after: true, search: undefined };
    const plan = (await planOf(views.transactions, shape)).join("\n");
    expect(plan, order).toMatch(/SEARCH f .*\(station=\?/);
  }
});
