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

it("a set of stations narrows lists and counts, from within or without", async () => {
  const keys = ["CP/01", "CP/03", "CP/99"].map(stationKey);
  const set = (isIn: boolean) => ({ keys: JSON.stringify(keys), isIn });
  await asked(fleet(5), async (queries) => {
    const found = async (isIn: boolean, query: object = {}) => {
      const page = await queries.list("chargingStations", { stations: set(isIn), ...query });
      return "items" in page ? page.items.map((item) => item.stationId) : page;
    };
    expect(await found(true)).toEqual(["CP/01", "CP/03"]);
    expect(await found(false)).toEqual(["CP/00", "CP/02", "CP/04"]);
    expect(await found(false, { order: "-createdAt", limit: 2 })).toEqual(["CP/04", "CP/02"]);
    expect(await found(false, { search: "cp/0", filter: { accepted: false } })).toEqual([]);
    expect(await found(true, { search: "3", filter: { state: "waiting" } })).toEqual(["CP/03"]);
    const none = { stations: { keys: "[]", isIn: false } };
    expect(await found(true, none)).toHaveLength(5);
    const count = async (isIn: boolean) =>
      (await queries.tally("chargingStations", { stations: set(isIn) }))[0]?.count;
    expect([await count(true), await count(false)]).toEqual([2, 3]);
  });
});

it("stations are found by what one of their EVSEs says", async () => {
  const log = fleet(3);
  const connectors = [{ connectorId: 1, type: "IEC_62196_T2" }];
  const at = "2026-05-04T11:00:00.000Z";
  for (const stationId of ["CP/01", "CP/02"]) {
    const stream = streams.chargingStation(stationKey(stationId));
    const evses = [1, 2].map((evseId) => ({ evseId, connectors }));
    log.write(stream, "ChargingStationConfigured", { evses, inferred: false });
    const target = { of: "evse", evseId: 2 } as const;
    const status = stationId === "CP/02" ? "faulted" : "available";
    log.write(stream, "StatusReported", { target, status, statusAt: at, at });
  }
  await asked(log, async (queries) => {
    const found = async (evseStatus: string, more: object = {}) => {
      const page = await queries.list("chargingStations", { filter: { evseStatus, ...more } });
      return "items" in page ? page.items.map((item) => item.stationId) : page;
    };
    expect(await found("faulted")).toEqual(["CP/02"]);
    expect(await found("available")).toEqual(["CP/01"]);
    expect(await found("unknown")).toEqual(["CP/01", "CP/02"]);
    expect(await found("unknown", { accepted: false })).toEqual(["CP/01"]);
    expect(await found("charging")).toEqual([]);
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
    const filters = filterNames(view).filter((name) => !/(From|Until)$/.test(name));
    const asked = Object.entries(view.table.columns).filter(
      ([, column]) => column.shown?.onlyAsked,
    );
    const known = [
      ...shown,
      ...asked.map(([name]) => name),
      ...Object.keys(view.list.related ?? {}),
    ];
    expect(filters.filter((name) => !known.includes(name))).toEqual([]);
  }
});
