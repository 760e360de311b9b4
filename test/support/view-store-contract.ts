import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  LeaseOver,
  RowsRefused,
  type SqlDialect,
  type ViewStore,
  type ViewTable,
  viewIndexName,
} from "#bus";
import { testDice } from "./environment.ts";

/** An open view store, and how to be rid of it. */
export interface ViewStoreUnderTest {
  readonly store: ViewStore;
  dispose(): Promise<void>;
}

const stations: ViewTable = {
  name: "stations",
  columns: {
    key: { type: "text" },
    name: { type: "text" },
    seats: { type: "integer" },
    share: { type: "real" },
  },
  key: ["key"],
  indexes: [["name", "key"]],
};
const evses: ViewTable = {
  name: "evses",
  columns: { station: { type: "text" }, evse: { type: "integer" }, status: { type: "text" } },
  key: ["station", "evse"],
};

/** What the same questions are called in each dialect. */
const words: Readonly<Record<SqlDialect, { along: string; parameter: (n: number) => string }>> = {
  sqlite: { along: `INDEXED BY ${viewIndexName("stations", 0)}`, parameter: () => "?" },
  postgres: { along: "", parameter: (n) => `$${n}` },
};

/** What every view store does. */
export function viewStoreContract(name: string, open: () => Promise<ViewStoreUnderTest>): void {
  describe(`${name} is a view store`, () => {
    let under: ViewStoreUnderTest;
    let store: ViewStore;
    beforeEach(async () => {
      under = await open();
      store = under.store;
      await store.migrate([stations, evses]);
    });
    afterEach(() => under.dispose());

    const row = (key: string, seats: number | null = 1) => ({
      key,
      name: `N ${key}`,
      seats,
      share: 0.5,
    });
    const put = (keys: readonly string[], checkpoint: number) =>
      store.commit({
        changes: [{ table: "stations", put: keys.map((key) => row(key)), remove: [] }],
        checkpoint,
      });

    it("puts, replaces and removes rows together with the checkpoint", async () => {
      expect(await store.checkpoint()).toBe(0);
      await put(["a", "b", "c"], 7);
      const changes = [
        { table: "stations", put: [row("a", null)], remove: [["b"], ["unknown"]] },
        { table: "evses", put: [{ station: "a", evse: 2, status: "free" }], remove: [] },
      ];
      await store.commit({ changes, checkpoint: 9 });
      expect(await store.get("stations", ["a"])).toEqual(row("a", null));
      expect(await store.get("stations", ["b"])).toBeUndefined();
      expect(await store.getMany("stations", [["c"], ["b"], ["a"]])).toEqual([
        row("c"),
        undefined,
        row("a", null),
      ]);
      expect(await store.get("evses", ["a", 2])).toEqual({ station: "a", evse: 2, status: "free" });
      expect(await store.get("evses", ["a", 1])).toBeUndefined();
      expect(await store.checkpoint()).toBe(9);
    });

    it("updates columns of a stored row, and puts the row where none is stored", async () => {
      await put(["a"], 1);
      const update = [
        { row: { ...row("a", 7), name: "new" }, columns: ["name"] },
        { row: row("b", 3), columns: ["seats"] },
        { row: row("a"), columns: [] },
      ];
      const changes = [{ table: "stations", put: [], update, remove: [] }];
      await store.commit({ changes, checkpoint: 2 });
      expect(await store.get("stations", ["a"])).toEqual({ ...row("a"), name: "new" });
      expect(await store.get("stations", ["b"])).toEqual(row("b", 3));
    });

    it("keeps the rows where only indexes have changed", async () => {
      await put(["a", "b"], 3);
      const columns = { ...stations.columns, name: { type: "text", nullable: true } } as const;
      const indexes = [["seats", "key"], ["name"]];
      expect(await store.migrate([{ ...stations, columns, indexes }])).toEqual({ rebuilt: [] });
      expect(await store.get("stations", ["a"])).toEqual(row("a"));
      expect(await store.checkpoint()).toBe(3);
      const { along, parameter } = words[store.dialect];
      const sql = `SELECT key FROM stations ${along} WHERE seats = ${parameter(1)}`;
      expect(await store.query({ sql, parameters: [1] })).toEqual([{ key: "a" }, { key: "b" }]);
    });

    it("puts after it removes, so that a row may come back in one batch", async () => {
      await put(["a"], 1);
      const changes = [{ table: "stations", put: [row("a", 5)], remove: [["a"]] }];
      await store.commit({ changes, checkpoint: 2 });
      expect(await store.get("stations", ["a"])).toEqual(row("a", 5));
    });

    it("commits all of a batch or nothing", async () => {
      await put(["a"], 1);
      const changes = [
        { table: "stations", put: [row("b")], remove: [["a"]] },
        { table: "nowhere", put: [{ key: "x" }], remove: [] },
      ];
      await expect(store.commit({ changes, checkpoint: 2 })).rejects.toThrow("nowhere");
      expect(await store.get("stations", ["a"])).toEqual(row("a"));
      expect(await store.get("stations", ["b"])).toBeUndefined();
      expect(await store.checkpoint()).toBe(1);
    });

    it.each([
      ["a text for an integer", "many"],
      ["a number that is no integer to it", 1e21],
      ["what is no value at all", {}],
    ])("says that a value is to blame, and not itself: %s", async (_what, seats) => {
      const strange = { ...row("b"), seats: seats as number };
      const changes = [{ table: "stations", put: [row("a"), strange], remove: [] }];
      await expect(store.commit({ changes, checkpoint: 2 })).rejects.toThrow(RowsRefused);
      expect(await store.checkpoint()).toBe(0);
      await put(["a"], 1);
      expect(await store.get("stations", ["b"])).toBeUndefined();
    });

    it("refuses commits under a lease that is over, and nothing of them stays", async () => {
      const under = (epoch: number, key: string, checkpoint: number) =>
        store.commit({
          changes: [{ table: "stations", put: [row(key)], remove: [] }],
          ...{ checkpoint, epoch },
        });
      await under(1, "a", 1);
      await store.claim(3);
      await expect(under(1, "b", 2)).rejects.toThrow(LeaseOver);
      await expect(under(2, "b", 2)).rejects.toThrow("epoch 3");
      await expect(store.claim(2)).rejects.toThrow(LeaseOver);
      expect(await store.get("stations", ["b"])).toBeUndefined();
      expect(await store.checkpoint()).toBe(1);
      await store.claim(3);
      await under(3, "b", 2);
      await under(4, "c", 3);
      await expect(under(3, "d", 4)).rejects.toThrow(LeaseOver);
      expect(await store.get("stations", ["c"])).toEqual(row("c"));
      await put(["d"], 5);
      expect(await store.checkpoint()).toBe(5);
    });

    it("is neither emptied nor changed in shape under a lease that is over", async () => {
      await put(["a"], 1);
      await store.claim(2);
      const columns = { ...stations.columns, town: { type: "text" } } as const;
      const changed = [{ ...stations, columns }, evses];
      await expect(store.clear(1)).rejects.toThrow(LeaseOver);
      await expect(store.migrate([stations, evses], 1)).rejects.toThrow("epoch 2");
      await expect(store.migrate(changed, 1)).rejects.toThrow(LeaseOver);
      expect(await store.get("stations", ["a"])).toEqual(row("a"));
      expect(await store.checkpoint()).toBe(1);
      expect(await store.migrate(changed, 2)).toEqual({ rebuilt: ["stations"] });
      await store.clear(3);
      expect(await store.checkpoint()).toBe(0);
      await expect(store.claim(2)).rejects.toThrow(LeaseOver);
    });

    it("answers queries, and lets them write nothing", async () => {
      await put(["a", "b", "c"], 1);
      const { parameter } = words[store.dialect];
      const sql = `SELECT key, seats FROM stations WHERE key > ${parameter(1)}
        ORDER BY key DESC LIMIT ${parameter(2)}`;
      expect(await store.query({ sql, parameters: ["a", 5] })).toEqual([
        { key: "c", seats: 1 },
        { key: "b", seats: 1 },
      ]);
      for (const bad of ["DELETE FROM stations", "DROP TABLE evses", "SELECT nothing"]) {
        await expect(store.query({ sql: bad, parameters: [] })).rejects.toThrow();
      }
      await put(["d"], 2);
      const count = await store.query({
        sql: "SELECT count(*) AS n FROM stations",
        parameters: [],
      });
      expect(count).toEqual([{ n: 4 }]);
    });

    it("keeps texts as they are, and in the order of their bytes", async () => {
      const keys = [
        "a\u0000b",
        "a\u0001",
        "\u0001\u0001",
        "",
        "Z",
        "a",
        "a b",
        "ab",
        "É",
        "é",
        "\u{1f600}",
        "\"{}\\,\n'",
        "NULL",
      ];
      await put(keys, 1);
      const stored = keys.map((key) => row(key));
      expect(
        await store.getMany(
          "stations",
          keys.map((key) => [key]),
        ),
      ).toEqual(stored);
      const sql = "SELECT * FROM stations WHERE key NOT LIKE 'a%' ORDER BY key";
      const byBytes = keys
        .filter((key) => !key.startsWith("a"))
        .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      const found = await store.query({ sql, parameters: [] });
      expect(found).toEqual(byBytes.map((key) => row(key)));
      const { parameter } = words[store.dialect];
      const one = `SELECT * FROM stations WHERE key = ${parameter(1)}`;
      const nought = await store.query({ sql: one, parameters: ["a\u0000b"] });
      expect(nought).toEqual([row("a\u0000b")]);
    });

    it("holds texts of any length, also where it looks for rows by them", async () => {
      const ends = ["x", "y"];
      const keys = ends.map((end) => `${testDice().hex(9_000)}${end}`);
      await put(keys, 1);
      const found = await store.getMany(
        "stations",
        keys.map((key) => [key]),
      );
      expect(found.map((one) => one?.seats)).toEqual([1, 1]);
      await store.commit({
        changes: [{ table: "stations", put: [], remove: [[keys[0] ?? ""]] }],
        checkpoint: 2,
      });
      const left = await store.getMany(
        "stations",
        keys.map((key) => [key]),
      );
      expect(left.map((one) => one?.seats)).toEqual([undefined, 1]);
    });

    it("creates what is missing, and makes anew what has changed", async () => {
      await put(["a"], 3);
      expect(await store.migrate([stations, evses])).toEqual({ rebuilt: [] });
      expect(await store.get("stations", ["a"])).toEqual(row("a"));
      const columns = { ...stations.columns, town: { type: "text" } } as const;
      const more: ViewTable = { ...evses, name: "more" };
      const changed = { ...stations, columns };
      expect(await store.migrate([changed, evses, more])).toEqual({
        rebuilt: ["stations", "more"],
      });
      expect(await store.get("stations", ["a"])).toBeUndefined();
      const rows = [{ ...row("a"), town: "Arnhem" }];
      const changes = [{ table: "stations", put: rows, remove: [] }];
      await store.commit({ changes, checkpoint: 4 });
      expect(await store.get("stations", ["a"])).toEqual(rows[0]);
    });

    it("is empty and at the beginning after clear", async () => {
      await put(["a"], 3);
      await store.clear();
      expect(await store.get("stations", ["a"])).toBeUndefined();
      expect(await store.checkpoint()).toBe(0);
    });
  });
}

/** What a view store does that outlives its program. */
export function lastingViewStoreContract(
  name: string,
  open: () => Promise<ViewStoreUnderTest & { reopen(): Promise<ViewStore> }>,
): void {
  viewStoreContract(name, open);
  it(`${name} remembers rows, tables and checkpoint`, async () => {
    const under = await open();
    try {
      await under.store.migrate([evses]);
      const rows = [{ station: "a", evse: 1, status: "free" }];
      const changes = [{ table: "evses", put: rows, remove: [] }];
      await under.store.commit({ changes, checkpoint: 3 });
      const store = await under.reopen();
      expect(await store.get("evses", ["a", 1])).toEqual(rows[0]);
      expect(await store.migrate([evses])).toEqual({ rebuilt: [] });
      expect(await store.checkpoint()).toBe(3);
    } finally {
      await under.dispose();
    }
  });
}
