import { describe, expect, it } from "vitest";
import type { CommitUnit, EventStore } from "#bus";
import { unitOf } from "../event-store-contract.ts";

const noEvents: CommitUnit = { appends: [] };
const receipt = { id: "20260504-r1", answer: '{"ok":true}', expiresAt: "2026-05-05T00:00:00.000Z" };

/** The tables beside the events: receipts, fences, vault, credentials, requests, snapshots … */
export function eventStoreTables(
  now: () => { readonly store: EventStore; reopen(): Promise<EventStore> },
): void {
  const append = (unit: CommitUnit) => now().store.append(unit);
  const connect = (station: string, node = "n1") =>
    now().store.connect({ station, node, connectedAt: "2026-05-04T10:00:00.000Z" });

  describe("receipts", () => {
    it("answer the same command again, and write nothing", async () => {
      const unit = (versionBefore: number) =>
        unitOf({ stream: "a/1", versionBefore, more: { receipt } });
      expect(await append(unit(0))).toMatchObject({ status: "committed" });
      const repeated = { status: "repeated", answer: receipt.answer, lastPosition: 1 };
      expect(await append(unit(0))).toEqual(repeated);
      expect(await append(unit(1))).toEqual(repeated);
      expect(await (await now().reopen()).append(unit(1))).toEqual(repeated);
      expect(await now().store.head()).toBe(1);
    });

    it("answer each repetition among others its own", async () => {
      const stations = ["a", "b", "c", "d", "e"];
      const unit = (station: string, how: string) =>
        unitOf({
          ...{ stream: `own/${station}`, versionBefore: 0 },
          more: { station, receipt: { ...receipt, id: `${station} ${how}`, answer: station } },
        });
      // The first is under way while the others gather: they go together.
      const together = (how: (station: string) => string) =>
        Promise.all([
          append(unitOf({ stream: `other/${how("a")}`, versionBefore: 0 })),
          ...stations.map((station) => append(unit(station, how(station)))),
        ]);
      await together(() => "first");
      const [, a, b, c, d, e] = await together((station) =>
        "bde".includes(station) ? "first" : "new",
      );
      expect([a?.status, c?.status]).toEqual(["conflict", "conflict"]);
      expect([b, d, e]).toMatchObject([
        { status: "repeated", answer: "b" },
        { status: "repeated", answer: "d" },
        { status: "repeated", answer: "e" },
      ]);
    });

    it("answer only one of several at once", async () => {
      const units = Array.from({ length: 10 }, (_, at) =>
        unitOf({ stream: `a/${at}`, versionBefore: 0, more: { receipt } }),
      );
      const results = await Promise.all(units.map(append));
      expect(results.filter(({ status }) => status === "committed")).toHaveLength(1);
      expect(results.filter(({ status }) => status === "repeated")).toHaveLength(9);
    });

    it("are not left by a refused unit", async () => {
      await append(unitOf({ stream: "a/1", versionBefore: 7, more: { receipt } }));
      const again = unitOf({ stream: "a/1", versionBefore: 0, more: { receipt } });
      expect(await append(again)).toMatchObject({ status: "committed" });
    });

    it("go when their time is over, and no more at once than asked for", async () => {
      const keep = { ...receipt, id: "r-keep", expiresAt: "2026-05-04T12:30:00.001Z" };
      for (const minute of ["00", "29", "30"]) {
        const expiresAt = `2026-05-04T12:${minute}:00.000Z`;
        await append({ ...noEvents, receipt: { ...receipt, id: `r-${minute}`, expiresAt } });
      }
      await append({ ...noEvents, receipt: keep });
      const drop = (limit: number) =>
        now().store.dropExpiredReceipts({ now: "2026-05-04T12:30:00.000Z", limit });
      expect(await drop(2)).toBe(2);
      expect(await drop(2)).toBe(1);
      expect(await drop(2)).toBe(0);
      expect(await append({ ...noEvents, receipt: keep })).toMatchObject({ status: "repeated" });
      const gone = { ...receipt, id: "r-00" };
      expect(await append({ ...noEvents, receipt: gone })).toMatchObject({ status: "committed" });
    });
  });

  describe("connections", () => {
    it("count a station's epochs, and show the newest", async () => {
      expect(await connect("s1")).toBe(1);
      expect(await connect("s1", "n2")).toBe(2);
      expect(await connect("s2")).toBe(1);
      await now().store.disconnect({ station: "s1", epoch: 1, at: "2026-05-04T11:00:00.000Z" });
      const at = "2026-05-04T11:30:00.000Z";
      expect(await now().store.seen([{ station: "s1", epoch: 2, at }])).toEqual([]);
      const [row, ...others] = await now().store.connections(["s1", "unknown"]);
      expect(others).toEqual([]);
      expect(row).toEqual({
        station: "s1",
        node: "n2",
        epoch: 2,
        connectedAt: "2026-05-04T10:00:00.000Z",
        lastSeenAt: "2026-05-04T11:30:00.000Z",
      });
      await now().store.disconnect({ station: "s1", epoch: 2, at: "2026-05-04T12:00:00.000Z" });
      const store = await now().reopen();
      expect(await store.connections(["s1"])).toMatchObject([
        { epoch: 2, disconnectedAt: "2026-05-04T12:00:00.000Z" },
      ]);
      expect(await connect("s1")).toBe(3);
      expect((await now().store.connections(["s1"]))[0]).not.toHaveProperty("disconnectedAt");
    });

    it("are counted by node, as long as they last", async () => {
      const byNode = (limit: number, startedAt: Record<string, string> = {}) =>
        now().store.connectionsByNode({ startedAt, limit });
      expect(await byNode(10)).toEqual([]);
      for (const station of ["s1", "s2", "s3", "s4"]) await connect(station);
      await connect("s5", "n2");
      await connect("s6", "n3");
      await connect("s4", "n2");
      await now().store.disconnect({ station: "s1", epoch: 1, at: "2026-05-04T11:00:00.000Z" });
      // The end of a connection that is not its newest any more.
      await now().store.disconnect({ station: "s4", epoch: 1, at: "2026-05-04T11:00:00.000Z" });
      const counted = [
        { node: "n1", stations: 2, lost: 0 },
        { node: "n2", stations: 2, lost: 0 },
        { node: "n3", stations: 1, lost: 0 },
      ];
      expect(await byNode(10)).toEqual(counted);
      expect(await byNode(2)).toEqual(counted.slice(0, 2));
      // A new process of the same name holds nothing of what the one before held.
      const connectedAt = "2026-05-04T10:00:00.001Z";
      await now().store.connect({ station: "s7", node: "n1", connectedAt });
      const started = { n1: connectedAt, n2: "2026-05-04T10:00:00.000Z", "n'\"": connectedAt };
      const since = [{ node: "n1", stations: 1, lost: 2 }, ...counted.slice(1)];
      expect(await byNode(10, started)).toEqual(since);
      const store = await now().reopen();
      expect(await store.connectionsByNode({ startedAt: started, limit: 10 })).toEqual(since);
    });

    it("are listed for the nodes that hold them", async () => {
      const held = async (store: EventStore, startedAt: Record<string, string>) =>
        (JSON.parse(await store.connectedStations({ startedAt })) as string[]).sort();
      const before = "2026-05-04T09:00:00.000Z";
      expect(await held(now().store, { n1: before })).toEqual([]);
      for (const station of ["s1", "s2", 's"3']) await connect(station);
      await connect("s4", "n2");
      await connect("s2", "n2");
      await now().store.disconnect({ station: "s1", epoch: 1, at: "2026-05-04T11:00:00.000Z" });
      expect(await held(now().store, { n1: before })).toEqual(['s"3']);
      expect(await held(now().store, { n1: before, n2: before })).toEqual(['s"3', "s2", "s4"]);
      // What a node held before it was started, and what a node holds that is not asked for.
      const after = "2026-05-04T10:30:00.000Z";
      expect(await held(now().store, { n1: after, n2: before })).toEqual(["s2", "s4"]);
      expect(await held(now().store, {})).toEqual([]);
      expect(await held(await now().reopen(), { n2: before })).toEqual(["s2", "s4"]);
    });

    it("say of whom signs of life come that are no longer theirs to give", async () => {
      await connect("s1");
      await connect("s2");
      await connect("s1", "n2");
      const at = "2026-05-04T11:30:00.000Z";
      const rows = ["s1", "s2", "s3"].map((station) => ({ station, epoch: 1, at }));
      expect(await now().store.seen(rows)).toEqual([{ station: "s1", epoch: 2 }]);
      expect(await now().store.connections(["s1", "s2"])).toMatchObject([
        { station: "s1", node: "n2", lastSeenAt: "2026-05-04T10:00:00.000Z" },
        { station: "s2", lastSeenAt: at },
      ]);
      expect(await now().store.seen([])).toEqual([]);
    });

    it("fence off who was taken over, even from a receipt's answer", async () => {
      const unit = (epoch: number, versionBefore: number): CommitUnit => {
        const fence = { station: "s1", epoch };
        return unitOf({ stream: "a/1", versionBefore, more: { fence, receipt } });
      };
      expect(await append(unit(1, 0))).toEqual({ status: "fenced", epoch: 0 });
      await connect("s1");
      expect(await append(unit(1, 0))).toMatchObject({ status: "committed" });
      await connect("s1");
      expect(await append(unit(1, 0))).toEqual({ status: "fenced", epoch: 2 });
      expect(await append(unit(2, 1))).toMatchObject({ status: "repeated" });
      expect(await now().store.head()).toBe(1);
    });
  });

  describe("the vault", () => {
    const entry = { ref: "t1", lookup: "l1", sealed: "sealed 1" };

    it("finds a token by value and by reference", async () => {
      await append({ ...noEvents, vault: [entry] });
      expect(await now().store.findToken("l1")).toEqual(entry);
      expect(await now().store.openToken("t1")).toEqual(entry);
      expect(await now().store.findToken("l2")).toBeUndefined();
      expect(await now().store.openToken("t2")).toBeUndefined();
    });

    it("keeps one reference per value", async () => {
      await append({ ...noEvents, vault: [entry] });
      const again = { ...entry, sealed: "sealed otherwise" };
      expect(await append({ ...noEvents, vault: [again] })).toMatchObject({ status: "committed" });
      expect(await now().store.openToken("t1")).toEqual(entry);
      const vault = [{ ...entry, ref: "t2" }];
      const unit = unitOf({ stream: "a/1", versionBefore: 0, more: { vault } });
      const conflict = { status: "conflict", stream: "vault/t2", version: 0 };
      expect(await append(unit)).toEqual(conflict);
      expect(await now().store.head()).toBe(0);
      const other = { ref: "t3", lookup: "l3", sealed: "s" };
      const twice = [other, { ...other, ref: "t4" }];
      expect(await append({ ...noEvents, vault: twice })).toMatchObject({ stream: "vault/t4" });
      expect(await append({ ...noEvents, vault: [other, other] })).toMatchObject({
        status: "committed",
      });
    });

    it("lets one of many win who mint a reference for the same value at once", async () => {
      const units = Array.from({ length: 10 }, (_, at) => ({
        ...noEvents,
        vault: [{ ...entry, ref: `t${at}` }],
      }));
      const results = await Promise.all(units.map(append));
      expect(results.filter(({ status }) => status === "committed")).toHaveLength(1);
    });

    it("forgets a person", async () => {
      await append({ ...noEvents, vault: [entry] });
      const erased = { stream: "token/t1", versionBefore: 0, types: ["TokenErased"] };
      const conflict = unitOf({ ...erased, versionBefore: 1, more: { eraseTokens: ["t1"] } });
      expect(await append(conflict)).toMatchObject({ status: "conflict" });
      expect(await now().store.openToken("t1")).toEqual(entry);
      const unit = unitOf({ ...erased, more: { eraseTokens: ["t1"] } });
      expect(await append(unit)).toMatchObject({ status: "committed" });
      expect(await now().store.findToken("l1")).toBeUndefined();
      expect(await now().store.openToken("t1")).toBeUndefined();
      // What is erased already is no reason to fail.
      expect(await append({ ...noEvents, eraseTokens: ["t1"] })).toMatchObject({
        status: "committed",
      });
      const vault = [{ ...entry, ref: "t2" }];
      expect(await append({ ...noEvents, vault })).toMatchObject({ status: "committed" });
    });
  });

  it("credentials are set, changed and forgotten with a unit", async () => {
    const owner = "station:s1";
    await append({ ...noEvents, credentials: [{ owner, secret: "one" }] });
    await append({ ...noEvents, credentials: [{ owner, secret: "two" }] });
    expect(await now().store.findCredential(owner)).toEqual({ owner, secret: "two" });
    await append({ ...noEvents, forgetCredentials: [owner] });
    expect(await now().store.findCredential(owner)).toBeUndefined();
  });

  it("requests wait with the place of their event until they are done", async () => {
    const ask = (requestId: string, station: string, append: number, event: number) => ({
      station,
      requests: [{ requestId, append, event }],
      appends: [
        ...unitOf({ stream: `a/${requestId}`, versionBefore: 0, types: ["One", "Two"] }).appends,
        ...unitOf({ stream: `b/${requestId}`, versionBefore: 0, types: ["One", "Two"] }).appends,
      ],
    });
    await append(ask("q2", "s1", 0, 1));
    await append(ask("q1", "s2", 1, 0));
    await append(ask("q0", "s1", 1, 1));
    const waiting = [
      { requestId: "q2", station: "s1", position: 2 },
      { requestId: "q1", station: "s2", position: 7 },
      { requestId: "q0", station: "s1", position: 12 },
    ];
    expect(await now().store.allPendingRequests(10)).toEqual(waiting);
    expect(await now().store.allPendingRequests(1)).toEqual(waiting.slice(0, 1));
    expect(await now().store.pendingRequests("s1")).toEqual([waiting[0], waiting[2]]);
    await append({ ...noEvents, requestsDone: ["q2", "unknown"] });
    const store = await now().reopen();
    expect(await store.pendingRequests("s1")).toEqual([waiting[2]]);
  });

  it("snapshots are found under their fingerprint, the newest version", async () => {
    const snapshot = { stream: "a/1", fingerprint: "f1", version: 5, state: '{"a":"é"}' };
    const load = (fingerprint: string) => now().store.loadSnapshot({ stream: "a/1", fingerprint });
    expect(await load("f1")).toBeUndefined();
    await now().store.saveSnapshot(snapshot);
    expect(await load("f1")).toEqual(snapshot);
    expect(await load("f2")).toBeUndefined();
    await now().store.saveSnapshot({ ...snapshot, version: 4, state: "older" });
    expect(await load("f1")).toEqual(snapshot);
    await now().store.saveSnapshot({ ...snapshot, version: 9, state: "newer" });
    expect(await load("f1")).toMatchObject({ version: 9, state: "newer" });
    await now().store.saveSnapshot({ ...snapshot, fingerprint: "f2", version: 3 });
    expect(await load("f2")).toMatchObject({ version: 3 });
  });

  it("checkpoints of consumers are kept", async () => {
    expect(await now().store.checkpoint("add-on")).toBe(0);
    await now().store.saveCheckpoint({ consumer: "add-on", position: 7 });
    await now().store.saveCheckpoint({ consumer: "add-on", position: 9 });
    const store = await now().reopen();
    expect(await store.checkpoint("add-on")).toBe(9);
    expect(await store.checkpoint("other")).toBe(0);
  });

  it("checkpoints under a lease are refused to who has held it before", async () => {
    const save = (position: number, epoch?: number) =>
      now().store.saveCheckpoint({ consumer: "add-on", position, epoch });
    expect(await save(3)).toBe("saved");
    expect(await save(4, 1)).toBe("saved");
    expect(await save(4, 3)).toBe("saved");
    expect(await save(9, 2)).toBe("fenced");
    expect(await now().store.checkpoint("add-on")).toBe(4);
    expect(await save(5, 3)).toBe("saved");
    const other = { consumer: "other", position: 1, epoch: 1 };
    expect(await now().store.saveCheckpoint(other)).toBe("saved");
    const store = await now().reopen();
    expect(await store.checkpoint("add-on")).toBe(5);
    expect(await store.saveCheckpoint({ consumer: "add-on", position: 9, epoch: 2 })).toBe(
      "fenced",
    );
  });
}
