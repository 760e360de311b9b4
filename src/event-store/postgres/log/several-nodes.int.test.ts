import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CommitResult, EventStore } from "#bus";
import { limitsWith } from "#limits";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { postgresStores } from "#support/engines/postgres-stores";
import { unitOf } from "#support/event-store-contract";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

let nodes: ReturnType<typeof postgresStores>;
let stores: EventStore[];
beforeEach(async () => {
  nodes = postgresStores(database);
  // Small partitions: events go on across their borders.
  const limits = limitsWith({ eventPartitionEvents: 100 });
  const open = (node: string) => nodes.open({ limits, node });
  stores = await Promise.all([open("n1"), open("n2"), open("n3")]);
});
afterEach(() => nodes.close());

const receipt = (id: string) => ({ id, answer: `"${id}"`, expiresAt: "2030-01-01T00:00:00.000Z" });
const statuses = (results: readonly CommitResult[]) => results.map(({ status }) => status);

/** What an appender was told: the stream, the version and the position of each of its events. */
type Told = readonly [stream: string, version: number, position: number];

/** Appends to streams that others write, too: after a conflict from where it is by then. */
async function appendAmongOthers(
  store: EventStore,
  { who, count }: { readonly who: number; readonly count: number },
): Promise<Told[]> {
  const told: Told[] = [];
  const versions = new Map<string, number>();
  for (let turn = 0; told.length < count; turn += 1) {
    const stream = `shared/${(who + turn) % 7}`;
    const versionBefore = versions.get(stream) ?? 0;
    const more = { station: `s${who}` };
    const result = await store.append(unitOf({ stream, versionBefore, more }));
    if (result.status === "conflict") versions.set(stream, result.version);
    if (result.status !== "committed") continue;
    versions.set(stream, versionBefore + 1);
    told.push([stream, versionBefore + 1, result.firstPosition]);
  }
  return told;
}

describe("several nodes on one log", () => {
  it("leave no gap, invert nothing and miss nothing, with conflicts all the time", async () => {
    const [reader] = stores as [EventStore];
    let isOver = false;
    const watch = async () => {
      const seen: number[] = [];
      for (let last = false; !last; ) {
        last = isOver;
        const page = await reader.readAll({ after: seen.length, limit: 50 });
        seen.push(...page.map(({ position }) => position));
      }
      return seen;
    };
    const watching = watch();
    const told = await Promise.all(
      Array.from({ length: 24 }, (_, who) => {
        const store = stores[who % stores.length] as EventStore;
        return appendAmongOthers(store, { who, count: 15 });
      }),
    );
    isOver = true;
    const count = 24 * 15;
    const positions = Array.from({ length: count }, (_, at) => at + 1);
    // A reader that goes on from what it has never passes something that comes later.
    const seen = await watching;
    expect(seen).toEqual(positions.slice(0, seen.length));
    expect(seen.length).toBeGreaterThan(0);
    const events = await reader.readAll({ after: 0, limit: 1000 });
    expect(events.map(({ position }) => position)).toEqual(positions);
    const short = (one: Told) => one.join(" ");
    expect(events.map((one) => short([one.stream, one.version, one.position])).sort()).toEqual(
      told.flat().map(short).sort(),
    );
    for (const stream of new Set(events.map((one) => one.stream))) {
      const versions = events.filter((one) => one.stream === stream).map((one) => one.version);
      expect(versions).toEqual(versions.map((_, at) => at + 1));
      const read = await reader.readStream({ stream, afterVersion: 0, limit: 1000 });
      expect(read).toEqual(events.filter((one) => one.stream === stream));
    }
  });

  it("give a receipt to one, and its answer to the others", async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const more = { receipt: receipt(`r${turn}`) };
      const results = await Promise.all(
        stores.map((store, at) =>
          store.append(unitOf({ stream: `a/${turn}-${at}`, versionBefore: 0, more })),
        ),
      );
      expect(statuses(results).sort()).toEqual(["committed", "repeated", "repeated"]);
      const [first] = results.filter(({ status }) => status === "committed");
      for (const result of results) {
        if (result.status === "repeated") expect(result.answer).toBe(`"r${turn}"`);
        expect(result).toMatchObject({
          lastPosition: (first as { lastPosition: number }).lastPosition,
        });
      }
    }
  });

  it("let a token have one reference", async () => {
    const results = await Promise.all(
      stores.map((store, at) =>
        store.append({ appends: [], vault: [{ ref: `t${at}`, lookup: "l", sealed: "s" }] }),
      ),
    );
    expect(statuses(results).sort()).toEqual(["committed", "conflict", "conflict"]);
  });

  it("take nothing more from the node whose station has come to another one", async () => {
    const [old, other] = stores as [EventStore, EventStore];
    const connect = (store: EventStore, node: string) =>
      store.connect({ station: "s1", node, connectedAt: "2026-05-04T10:00:00.000Z" });
    for (let turn = 0; turn < 10; turn += 1) {
      const epoch = await connect(old, "n1");
      const fence = { station: "s1", epoch };
      const units = Array.from({ length: 8 }, (_, at) =>
        unitOf({ stream: `a/${turn}-${at}`, versionBefore: 0, more: { fence } }),
      );
      const racing = units.map((unit) => old.append(unit));
      const taken = await connect(other, "n2");
      expect(taken).toBe(epoch + 1);
      const headAtTakeover = await other.head();
      const results = await Promise.all(racing);
      for (const result of results) {
        // What was taken was taken before the station came to the other node.
        if (result.status === "committed") {
          expect(result.lastPosition).toBeLessThanOrEqual(headAtTakeover);
        } else expect(result).toEqual({ status: "fenced", epoch: taken });
      }
      const late = unitOf({ stream: `late/${turn}`, versionBefore: 0, more: { fence } });
      expect(await old.append(late)).toEqual({ status: "fenced", epoch: taken });
      await old.disconnect({ station: "s1", epoch, at: "2026-05-04T11:00:00.000Z" });
      expect((await other.connections(["s1"]))[0]).not.toHaveProperty("disconnectedAt");
    }
  });

  it("count the epochs of a station that comes to all of them at once", async () => {
    const epochs = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        (stores[at % 3] as EventStore).connect({
          station: "s1",
          node: `n${at % 3}`,
          connectedAt: "2026-05-04T10:00:00.000Z",
        }),
      ),
    );
    expect(epochs.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  });
});
