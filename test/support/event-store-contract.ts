import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type CommitResult,
  type CommitUnit,
  type EventStore,
  type StoredEvent,
  timesOf,
} from "#bus";
import { eventStoreModel } from "./event-store/event-store-model.ts";
import { eventStoreTables } from "./event-store/event-store-tables.ts";

/** An open store, how to open it again on what it holds, and how to be rid of it. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and opens its content again. */
  reopen(): Promise<EventStore>;
  dispose(): Promise<void>;
}

/** A unit of one stream; `versionBefore` is what the decider saw. */
export function unitOf(given: {
  readonly stream: string;
  readonly versionBefore: number;
  readonly types?: readonly string[];
  readonly more?: Partial<CommitUnit>;
}): CommitUnit {
  const { stream, versionBefore, types = ["Happened"], more } = given;
  const events = types.map((type, at) => ({
    type,
    schema: 1,
    data: `{"n":${versionBefore + at + 1},"text":"é€😀"}`,
    meta: `{"of":"${stream}"}`,
  }));
  return { appends: [{ stream, expectedVersion: versionBefore, events }], ...more };
}

/** Places of events, in short. */
export const placesOf = (events: readonly StoredEvent[]) =>
  events.map(({ position, stream, version }) => `${position} ${stream} ${version}`);

/** What every event store does. */
export function eventStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} is an event store`, () => {
    let under: StoreUnderTest;
    let store: EventStore;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.dispose());

    const append = (unit: CommitUnit): Promise<CommitResult> => store.append(unit);
    const all = () => store.readAll({ after: 0, limit: 100_000 });

    it("counts its commits, what was written in them, and what came to nothing", async () => {
      const before = store.figures();
      const [times, failures] = [timesOf(before.commits), before.failures];
      const units = Array.from({ length: 5 }, (_, at) =>
        unitOf({ stream: `a/${at}`, versionBefore: 0 }),
      );
      const committing = units.map(append);
      expect(store.figures().waiting).toBe(5);
      await Promise.all(committing);
      const { commits, writes, waiting } = store.figures();
      expect({ writes: writes - before.writes, waiting }).toEqual({ writes: 5, waiting: 0 });
      expect(timesOf(commits) - times).toBeGreaterThan(0);
      expect(timesOf(commits) - times).toBeLessThanOrEqual(5);
      expect(commits.sumMs).toBeGreaterThanOrEqual(0);
      expect(store.figures().failures).toEqual(failures);
    });

    describe("append", () => {
      it("numbers events from 1, in the order of their commit", async () => {
        expect(await store.head()).toBe(0);
        expect(await append(unitOf({ stream: "a/1", versionBefore: 0 }))).toEqual({
          status: "committed",
          firstPosition: 1,
          lastPosition: 1,
        });
        const two = unitOf({ stream: "a/2", versionBefore: 0, types: ["Began", "Ended"] });
        expect(await append(two)).toMatchObject({ firstPosition: 2, lastPosition: 3 });
        expect(await store.head()).toBe(3);
        expect(placesOf(await all())).toEqual(["1 a/1 1", "2 a/2 1", "3 a/2 2"]);
      });

      it("gives text back as it came", async () => {
        await append(unitOf({ stream: "a/1", versionBefore: 0, types: ["Began"] }));
        expect(await store.readAt(1)).toEqual({
          position: 1,
          stream: "a/1",
          version: 1,
          type: "Began",
          schema: 1,
          data: '{"n":1,"text":"é€😀"}',
          meta: '{"of":"a/1"}',
        });
        expect(await store.readAt(2)).toBeUndefined();
      });

      it("refuses a version that is not the stream's, and says which it is", async () => {
        await append(unitOf({ stream: "a/1", versionBefore: 0, types: ["Began", "Ended"] }));
        for (const versionBefore of [0, 1, 3]) {
          expect(await append(unitOf({ stream: "a/1", versionBefore }))).toEqual({
            status: "conflict",
            stream: "a/1",
            version: 2,
          });
        }
        expect(await append(unitOf({ stream: "new/1", versionBefore: 1 }))).toEqual({
          status: "conflict",
          stream: "new/1",
          version: 0,
        });
        expect(await store.head()).toBe(2);
      });

      it("writes all streams of a unit, or none", async () => {
        await append(unitOf({ stream: "b/1", versionBefore: 0 }));
        const both = (versionOfB: number): CommitUnit => ({
          appends: [
            ...unitOf({ stream: "a/1", versionBefore: 0, types: ["Began", "Ended"] }).appends,
            ...unitOf({ stream: "b/1", versionBefore: versionOfB }).appends,
          ],
          receipt: { id: "r1", answer: "yes", expiresAt: "2030-01-01T00:00:00.000Z" },
          vault: [{ ref: "t1", lookup: "l1", sealed: "s1" }],
          credentials: [{ owner: "station:a", secret: "x" }],
          requests: [{ requestId: "q1", append: 0, event: 0 }],
          station: "a",
        });
        expect(await append(both(0))).toMatchObject({ status: "conflict", stream: "b/1" });
        expect(await store.readStream({ stream: "a/1", afterVersion: 0, limit: 10 })).toEqual([]);
        expect(await store.findToken("l1")).toBeUndefined();
        expect(await store.findCredential("station:a")).toBeUndefined();
        expect(await store.pendingRequests("a")).toEqual([]);
        expect(await append(both(1))).toMatchObject({ firstPosition: 2, lastPosition: 4 });
        expect(placesOf(await all())).toEqual(["1 b/1 1", "2 a/1 1", "3 a/1 2", "4 b/1 2"]);
      });

      it("goes on in a stream that a unit names twice", async () => {
        const appends = [0, 1].flatMap(
          (versionBefore) => unitOf({ stream: "a/1", versionBefore }).appends,
        );
        expect(await append({ appends })).toMatchObject({ status: "committed", lastPosition: 2 });
        const wrong = [2, 2].flatMap(
          (versionBefore) => unitOf({ stream: "a/1", versionBefore }).appends,
        );
        expect(await append({ appends: wrong })).toMatchObject({ status: "conflict", version: 3 });
        expect(await store.head()).toBe(2);
      });

      it("refuses a unit that cannot be written, alone, whatever comes with it", async () => {
        const good = (at: number) => unitOf({ stream: `a/${at}`, versionBefore: 0 });
        const poisoned: CommitUnit = {
          ...unitOf({ stream: "poisoned/1", versionBefore: 0 }),
          receipt: { id: "r1", answer: "yes", expiresAt: "no instant" },
        };
        const units = Array.from({ length: 9 }, (_, at) => (at === 5 ? poisoned : good(at)));
        const results = await Promise.allSettled(units.map(append));
        expect(results.map(({ status }) => status)).toEqual(
          units.map((unit) => (unit === poisoned ? "rejected" : "fulfilled")),
        );
        expect(results[5]).toMatchObject({ reason: { name: "UnitRefused" } });
        expect(store.health()).toEqual({ ok: true });
        expect(await store.head()).toBe(8);
        const query = { stream: "poisoned/1", afterVersion: 0, limit: 5 };
        expect(await store.readStream(query)).toEqual([]);
        expect(await append(unitOf({ stream: "poisoned/1", versionBefore: 0 }))).toMatchObject({
          firstPosition: 9,
        });
      });

      it("takes a unit without events", async () => {
        await append(unitOf({ stream: "a/1", versionBefore: 0 }));
        const credentials = [{ owner: "user:a", secret: "x" }];
        expect(await append({ appends: [], credentials })).toEqual({
          status: "committed",
          firstPosition: 2,
          lastPosition: 1,
        });
      });

      it("lets one of many win who expect the same version", async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, () => append(unitOf({ stream: "a/1", versionBefore: 0 }))),
        );
        expect(results.filter(({ status }) => status === "committed")).toHaveLength(1);
        expect(await store.head()).toBe(1);
      });

      it("leaves no gap and inverts nothing with 32 concurrent appenders", async () => {
        const each = 40;
        const ends = await Promise.all(
          Array.from({ length: 32 }, async (_, who) => {
            const positions: number[] = [];
            for (let version = 0; version < each; version += 2) {
              const types = ["Began", "Ended"];
              const more = { station: `s${who}` };
              const unit = unitOf({ stream: `a/${who}`, versionBefore: version, types, more });
              const result = await append(unit);
              if (result.status !== "committed") throw new Error(result.status);
              positions.push(result.firstPosition, result.lastPosition);
            }
            return positions;
          }),
        );
        const events = await all();
        expect(events.map(({ position }) => position)).toEqual(
          Array.from({ length: 32 * each }, (_, at) => at + 1),
        );
        for (const [who, positions] of ends.entries()) {
          const stream = events.filter((event) => event.stream === `a/${who}`);
          expect(stream.map(({ version }) => version)).toEqual(
            Array.from({ length: each }, (_, at) => at + 1),
          );
          expect(stream.map(({ position }) => position)).toEqual(positions);
        }
      });

      it("remembers all of it when opened again", async () => {
        for (let version = 0; version < 3; version += 1) {
          const more = { station: "s1", correlationId: "c1" };
          await append(unitOf({ stream: "a/1", versionBefore: version, more }));
        }
        store = await under.reopen();
        expect(await store.head()).toBe(3);
        expect(await append(unitOf({ stream: "a/1", versionBefore: 2 }))).toMatchObject({
          status: "conflict",
          version: 3,
        });
        const more = { station: "s1" };
        const unit = unitOf({ stream: "a/1", versionBefore: 3, more });
        expect(await append(unit)).toMatchObject({ firstPosition: 4 });
        expect(placesOf(await store.readStation({ station: "s1", limit: 10 }))).toEqual([
          "4 a/1 4",
          "3 a/1 3",
          "2 a/1 2",
          "1 a/1 1",
        ]);
      });

      it("answers health, and nothing after its end", async () => {
        expect(store.health()).toEqual({ ok: true });
        await store.close();
        const late = append(unitOf({ stream: "a/1", versionBefore: 0 }));
        await expect(late).rejects.toMatchObject({ name: "StoreUnavailable" });
        store = await under.reopen();
      });
    });

    describe("reading", () => {
      /** Two streams of two stations, interleaved, longer than two milestones. */
      async function fill(count: number): Promise<void> {
        for (let at = 0; at < count; at += 1) {
          const versionBefore = Math.floor(at / 2);
          const more = { station: `s${at % 2}`, ...(at % 10 === 0 && { correlationId: "c1" }) };
          await append(unitOf({ stream: `a/${at % 2}`, versionBefore, more }));
        }
      }

      it("pages through a stream from any version", async () => {
        await fill(300);
        for (const [afterVersion, limit] of [
          [0, 10],
          [0, 1000],
          [63, 2],
          [64, 64],
          [127, 1],
          [149, 5],
          [150, 5],
          [999, 5],
        ] as const) {
          const events = await store.readStream({ stream: "a/1", afterVersion, limit });
          const last = Math.min(150, afterVersion + limit);
          expect(events.map(({ version }) => version)).toEqual(
            Array.from(
              { length: Math.max(0, last - afterVersion) },
              (_, i) => afterVersion + 1 + i,
            ),
          );
          expect(new Set(events.map(({ stream }) => stream)).size).toBeLessThanOrEqual(1);
        }
        expect(await store.readStream({ stream: "a/9", afterVersion: 0, limit: 5 })).toEqual([]);
      });

      it("pages through all events", async () => {
        await fill(10);
        const read = async (after: number, limit: number) =>
          (await store.readAll({ after, limit })).map(({ position }) => position);
        expect(await read(0, 3)).toEqual([1, 2, 3]);
        expect(await read(3, 100)).toEqual([4, 5, 6, 7, 8, 9, 10]);
        expect(await read(10, 5)).toEqual([]);
      });

      it("finds events of some types up to a place", async () => {
        await fill(10);
        const [first, second] = await store.readAll({ after: 0, limit: 2 });
        const types = [first?.type ?? ""];
        const read = async (after: number, until: number, limit = 100) =>
          (await store.readAll({ after, limit, only: { types, until } })).map((one) => [
            one.position,
            one.type,
          ]);
        const all = await store.readAll({ after: 0, limit: 100 });
        const wanted = all
          .filter(({ type }) => type === types[0])
          .map((one) => [one.position, one.type]);
        expect(await read(0, 10)).toEqual(wanted);
        expect(await read(0, 1)).toEqual(wanted.slice(0, 1));
        expect(await read(1, 10)).toEqual(wanted.slice(1));
        expect(await read(0, 10, 1)).toEqual(wanted.slice(0, 1));
        const others = { types: ["NoSuchEvent"], until: 10 };
        expect(await store.readAll({ after: 0, limit: 100, only: others })).toEqual([]);
        expect(second?.position).toBe(2);
      });

      it("pages through a station's events, backwards and from a place on", async () => {
        await fill(12);
        await append(unitOf({ stream: "other/1", versionBefore: 0 }));
        await append(unitOf({ stream: "meter/1", versionBefore: 0, more: { station: "s1" } }));
        const read = async (before: number | undefined, limit: number) =>
          (await store.readStation({ station: "s1", before, limit })).map((one) => one.position);
        expect(await read(undefined, 3)).toEqual([14, 12, 10]);
        expect(await read(10, 2)).toEqual([8, 6]);
        expect(await read(11, 2)).toEqual([10, 8]);
        expect(await read(999, 1)).toEqual([14]);
        expect(await read(2, 5)).toEqual([]);
        expect(await store.readStation({ station: "nobody", limit: 5 })).toEqual([]);
        const all = (await read(undefined, 1000)).reverse();
        const since = async (after: number, limit: number) =>
          (await store.readStation({ station: "s1", after, limit })).map((one) => one.position);
        expect(await since(0, 1000)).toEqual(all);
        expect(await since(all[1] ?? 0, 2)).toEqual(all.slice(2, 4));
        expect(await since(all.at(-1) ?? 0, 5)).toEqual([]);
      });

      it("lists what belongs together", async () => {
        await fill(25);
        const query = { correlationId: "c1", after: 0, limit: 10 };
        const events = await store.readCorrelation(query);
        expect(events.map(({ position }) => position)).toEqual([1, 11, 21]);
        const rest = await store.readCorrelation({ ...query, after: 1, limit: 1 });
        expect(rest.map(({ position }) => position)).toEqual([11]);
        expect(await store.readCorrelation({ ...query, correlationId: "none" })).toEqual([]);
      });
    });

    const reopen = async () => {
      store = await under.reopen();
      return store;
    };
    eventStoreTables(() => ({ store, reopen }));
    eventStoreModel(open);
  });
}
