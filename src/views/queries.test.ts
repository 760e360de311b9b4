import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { StoreUnavailable } from "#bus";
import { stationKey, streams } from "#core";
import { asked, writtenLog } from "#support/view-story";
import { views } from "./all.ts";
import { filterNames, itemSchema, type Page } from "./queries.ts";
import { viewReaderOf } from "./view-reader.ts";

function fleet(count: number) {
  const log = writtenLog();
  for (let n = 0; n < count; n += 1) {
    const stationId = `CP/${String(n).padStart(2, "0")}`;
    const key = stationKey(stationId);
    log.write(streams.chargingStation(key), "ChargingStationCreated", {
      stationId,
      administrators: [],
      transactionNumberBase: 0,
    });
    if (n % 2 === 0) log.write(streams.chargingStation(key), "ChargingStationAccepted", {});
  }
  return log;
}

it("every view has its own name, and every file that defines one is in the table", () => {
  for (const [name, view] of Object.entries(views)) expect(view.name).toBe(name);
  const folders = ["station", "transaction", "office"].map(
    (name) => new URL(`./${name}/`, import.meta.url),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8")),
  );
  const defined = files.flatMap((text) => [...text.matchAll(/export const (\w+) = defineView\(/g)]);
  expect(defined.map((match) => match[1]).sort()).toEqual(Object.keys(views).sort());
});

it("pages follow one another without a gap, in either direction", async () => {
  await asked(fleet(25), async (queries) => {
    for (const order of ["stationId", "-createdAt"]) {
      const seen: unknown[] = [];
      let after: string | undefined;
      do {
        const page = (await queries.list("chargingStations", { order, limit: 10, after })) as Page;
        seen.push(...page.items.map((item) => item.stationId));
        after = page.next;
      } while (after !== undefined);
      expect(new Set(seen).size).toBe(25);
      expect([...seen].sort()).toEqual(order === "stationId" ? seen : [...seen].reverse());
    }
  });
});

it("filters narrow by the item's own words, a station by any spelling", async () => {
  await asked(fleet(4), async (queries) => {
    const count = async (filter: Record<string, string | boolean>) => {
      const page = await queries.list("chargingStations", { filter });
      return "items" in page ? page.items.length : page;
    };
    expect(await count({ accepted: "true" })).toBe(2);
    expect(await count({ accepted: false, state: "waiting" })).toBe(2);
    expect(await count({ stationId: "cp/03" })).toBe(1);
    expect(await count({ createdAtFrom: "2026-05-04T10:00:04.000Z" })).toBe(2);
  });
});

it("a question that makes no sense names its wrong part", async () => {
  await asked(fleet(1), async (queries) => {
    const invalid = async (query: object) => {
      const answer = await queries.list("chargingStations", query);
      return "invalid" in answer ? answer.invalid : undefined;
    };
    expect(await invalid({ order: "vendor" })).toBe("order");
    expect(await invalid({ filter: { colour: "red" } })).toBe("colour");
    expect(await invalid({ filter: { accepted: "perhaps" } })).toBe("accepted");
    expect(await invalid({ after: "nonsense" })).toBe("after");
    const other = Buffer.from(JSON.stringify(["-stationId", "CP", "cp"])).toString("base64url");
    expect(await invalid({ after: other })).toBe("after");
    const deadlines = await queries.list("deadlines", { search: "x" });
    expect(deadlines).toMatchObject({ invalid: "search" });
    await expect(queries.list("nothing")).rejects.toThrow("there is no view nothing");
  });
});

it("a search takes its signs as they are", async () => {
  await asked(fleet(3), async (queries) => {
    const found = async (search: string) => {
      const page = await queries.list("chargingStations", { search });
      return "items" in page ? page.items.length : page;
    };
    expect(await found("cp/0")).toBe(3);
    expect(await found("%")).toBe(0);
    expect(await found("_")).toBe(0);
    expect(await found("!")).toBe(0);
  });
});

it("one item is found by its key, and what is empty is left out", async () => {
  await asked(fleet(1), async (queries) => {
    const item = await queries.get("chargingStations", [stationKey("CP/00")]);
    expect(item).toMatchObject({ stationId: "CP/00", inferred: false });
    expect(item).not.toHaveProperty("vendor");
    expect(await queries.get("chargingStations", ["cp99"])).toBeUndefined();
  });
});

it("the program's own questions must be right, and do not wait for ever", async () => {
  await asked(fleet(2), async (queries) => {
    const reader = viewReaderOf({ ...queries, passed: async () => false });
    const page = await reader.list("chargingStations", { filter: { state: "waiting" }, limit: 5 });
    expect(page.items).toHaveLength(1);
    await expect(reader.list("chargingStations", { order: "x", limit: 1 })).rejects.toThrow(
      "order",
    );
    await expect(reader.passed(9)).rejects.toThrow("not caught up");
  });
});

it("views that cannot be read are as good as no store", async () => {
  const fails = () => Promise.reject(new Error("disk I/O error"));
  const reader = viewReaderOf({ get: fails, list: fails, tally: fails, passed: fails });
  const asked = [
    reader.get("tokens", ["a"]),
    reader.list("tokens", { limit: 1 }),
    reader.passed(1),
    viewReaderOf({ get: fails, list: fails, tally: fails, passed: async () => false }).passed(1),
  ];
  for (const answer of asked) await expect(answer).rejects.toThrow(StoreUnavailable);
});

it("every view says what it can be filtered by and what its items look like", () => {
  for (const view of Object.values(views)) {
    const shown = Object.keys(itemSchema(view).properties);
    const asked = Object.entries(view.table.columns).filter(([, { shown: s }]) => s?.onlyAsked);
    const filters = filterNames(view).filter((name) => !/(From|Until)$/.test(name));
    const known = [...shown, ...asked.map(([name]) => name)];
    expect(filters.filter((name) => !known.includes(name))).toEqual([]);
  }
});
