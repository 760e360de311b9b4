import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Cluster,
  type ClusterMessage,
  type HeldConnection,
  type NodeCard,
  timesOf,
} from "#bus";

/** Nodes that are to be tested, and how time passes for them. */
export interface ClusterUnderTest {
  /** Opens a node of this name. */
  node(name: string): Promise<Cluster>;
  /** Lets so much time pass, really or not. */
  pass(milliseconds: number): Promise<void>;
  /** Milliseconds that a lease lasts in these tests: short where time is real. */
  readonly leaseMs: number;
  dispose(): Promise<void>;
}

const card: NodeCard = {
  url: "http://a.example",
  roles: ["gateway", "api", "background"],
  startedAt: "2026-05-04T10:00:00.000Z",
  release: "1.2.3",
  work: ["sweeper", "add-on/a"],
};

const connection: HeldConnection = {
  station: "cp-1",
  epoch: 3,
  since: "2026-05-04T10:00:00.000Z",
  lastSeenAt: "2026-05-04T10:01:00.000Z",
  protocol: "ocpp1.6",
  address: "127.0.0.1",
};

/** What every adapter of several nodes does. */
export function clusterContract(name: string, open: () => Promise<ClusterUnderTest>): void {
  describe(`${name} joins nodes`, () => {
    let under: ClusterUnderTest;
    let one: Cluster;
    let two: Cluster;
    let three: Cluster;
    beforeEach(async () => {
      under = await open();
      one = await under.node("one");
      two = await under.node("two");
      three = await under.node("three");
    });
    afterEach(() => under.dispose());

    /** Lets time pass until it is so; fails when it does not come to be. */
    async function eventually(check: () => unknown): Promise<void> {
      for (let turn = 0; turn < 100; turn += 1) {
        if (check() === true) return;
        await under.pass(20);
      }
      expect(check()).toBe(true);
    }

    const names = (rows: readonly { readonly node: string }[]) =>
      rows.map(({ node }) => node).sort();

    describe("nodes", () => {
      it("are known to all, with what they said of themselves", async () => {
        await one.announce(card, under.leaseMs);
        await two.announce({ ...card, roles: ["api"] }, under.leaseMs);
        const rows = await three.nodes();
        expect(names(rows)).toEqual(["one", "two"]);
        expect(rows.find(({ node }) => node === "one")).toMatchObject({ ...card, live: true });
        expect(rows.find(({ node }) => node === "two")).toMatchObject({ roles: ["api"] });
        expect(rows.every(({ leaseUntil }) => !Number.isNaN(Date.parse(leaseUntil)))).toBe(true);
      });

      it("count as dead when they say no more, and live again when they do", async () => {
        await one.announce(card, under.leaseMs);
        await two.announce(card, 3 * under.leaseMs);
        await under.pass(under.leaseMs + 1);
        const live = async () => names((await three.nodes()).filter((row) => row.live));
        expect(await live()).toEqual(["two"]);
        expect(names(await three.nodes())).toEqual(["one", "two"]);
        await one.announce(card, under.leaseMs);
        expect(await live()).toEqual(["one", "two"]);
      });

      it("are gone once they have left, and their leases free", async () => {
        await one.announce(card, under.leaseMs);
        await one.claim(["sweeper"], under.leaseMs);
        await one.leave();
        expect(await two.nodes()).toEqual([]);
        expect(await two.claim(["sweeper"], under.leaseMs)).toMatchObject([{ epoch: 2 }]);
      });
    });

    describe("leases", () => {
      it("are held by one node at a time, and kept by claiming again", async () => {
        const [lease] = await one.claim(["sweeper"], under.leaseMs);
        expect(lease).toMatchObject({ name: "sweeper", node: "one", epoch: 1 });
        expect(await two.claim(["sweeper", "views"], under.leaseMs)).toMatchObject([
          { name: "views", node: "two", epoch: 1 },
        ]);
        const again = await one.claim(["sweeper"], under.leaseMs);
        expect(again).toMatchObject([{ name: "sweeper", node: "one", epoch: 1 }]);
        const all = (await three.leases()).map((row) => `${row.name} ${row.node} ${row.epoch}`);
        expect(all.sort()).toEqual(["sweeper one 1", "views two 1"]);
      });

      it("pass to another when they are overdue, with a higher epoch each time", async () => {
        await one.claim(["sweeper"], under.leaseMs);
        await under.pass(under.leaseMs + 1);
        expect(await two.claim(["sweeper"], under.leaseMs)).toMatchObject([
          { node: "two", epoch: 2 },
        ]);
        expect(await one.claim(["sweeper"], under.leaseMs)).toEqual([]);
        await under.pass(under.leaseMs + 1);
        expect(await two.claim(["sweeper"], under.leaseMs)).toMatchObject([{ epoch: 3 }]);
      });

      it("are shown with how long their holder has had them, renewals and all", async () => {
        const shown = async () => (await three.leases())[0];
        await one.claim(["sweeper"], under.leaseMs);
        const first = await shown();
        expect(first).toMatchObject({ name: "sweeper", node: "one", epoch: 1, live: true });
        expect((first?.since ?? "") < (first?.until ?? "")).toBe(true);
        await under.pass(under.leaseMs / 4);
        await one.claim(["sweeper"], under.leaseMs);
        expect(await shown()).toMatchObject({ since: first?.since, live: true });
        await under.pass(under.leaseMs + 1);
        expect(await shown()).toMatchObject({ node: "one", live: false });
        await two.claim(["sweeper"], under.leaseMs);
        const second = await shown();
        expect(second).toMatchObject({ node: "two", epoch: 2, live: true });
        expect((second?.since ?? "") > (first?.since ?? "")).toBe(true);
      });

      it("are let go of by their holder alone", async () => {
        await one.claim(["sweeper"], under.leaseMs);
        await two.giveUp([{ name: "sweeper", epoch: 1 }]);
        await one.giveUp([{ name: "sweeper", epoch: 7 }]);
        expect(await two.claim(["sweeper"], under.leaseMs)).toEqual([]);
        await one.giveUp([{ name: "sweeper", epoch: 1 }]);
        expect(await two.claim(["sweeper"], under.leaseMs)).toMatchObject([{ epoch: 2 }]);
      });

      it("go to one of many who claim at once", async () => {
        const claims = await Promise.all(
          [one, two, three].map((node) => node.claim(["a", "b", "c"], under.leaseMs)),
        );
        const held = claims.flat();
        expect(held.map((lease) => lease.name).sort()).toEqual(["a", "b", "c"]);
        expect(held.map(({ epoch }) => epoch)).toEqual([1, 1, 1]);
      });
    });

    describe("messages", () => {
      const heardBy = (cluster: Cluster) => {
        const heard: ClusterMessage[] = [];
        cluster.listen((message) => heard.push(message));
        return heard;
      };

      it("reach one node, or all others, and never who told them", async () => {
        const [byOne, byTwo, byThree] = [heardBy(one), heardBy(two), heardBy(three)];
        one.tell(undefined, { message: "grown", position: 7 });
        await eventually(() => byTwo.length === 1 && byThree.length === 1);
        one.tell("two", { message: "replaced", station: "cp-1 é", epoch: 4 });
        await eventually(() => byTwo.length === 2);
        expect(byTwo).toEqual([
          { message: "grown", position: 7 },
          { message: "replaced", station: "cp-1 é", epoch: 4 },
        ]);
        expect(byThree).toEqual([{ message: "grown", position: 7 }]);
        expect(byOne).toEqual([]);
      });

      it("are heard no more by who has stopped to listen", async () => {
        const heard: ClusterMessage[] = [];
        const stop = two.listen((message) => heard.push(message));
        stop();
        const byThree = heardBy(three);
        one.tell(undefined, { message: "grown", position: 7 });
        await eventually(() => byThree.length === 1);
        expect(heard).toEqual([]);
      });

      it("to nobody harm nobody", async () => {
        one.tell("nobody", { message: "grown", position: 7 });
        await two.close();
        one.tell("two", { message: "grown", position: 8 });
        const byThree = heardBy(three);
        one.tell(undefined, { message: "grown", position: 9 });
        await eventually(() => byThree.length === 1);
      });
    });

    describe("questions", () => {
      /** What became of a promise, once time has passed. */
      async function outcome<T>(promise: Promise<T>): Promise<T | Error> {
        let result: T | Error | undefined;
        promise.then(
          (value) => {
            result = value;
          },
          (error: Error) => {
            result = error;
          },
        );
        await eventually(() => result !== undefined);
        return result as T | Error;
      }

      it("are answered by the node that is asked", async () => {
        const asked: unknown[] = [];
        two.answer({
          connections: async (question) => {
            asked.push(question);
            return [connection];
          },
          disconnect: async ({ station }) => station === "cp-1",
        });
        const ask = one.ask("two", "connections", { stations: ["cp-1", "cp-2"] });
        expect(await outcome(ask)).toEqual([connection]);
        expect(asked).toEqual([{ stations: ["cp-1", "cp-2"] }]);
        const reason = "because of ⚡";
        const asks = ["cp-1", "cp-2"].map((station) =>
          one.ask("two", "disconnect", { station, reason }),
        );
        expect(await outcome(Promise.all(asks))).toEqual([true, false]);
        const { questions } = await one.health();
        expect({ ...questions, answers: timesOf(questions.answers) }).toEqual({
          answers: 3,
          failed: 0,
        });
      });

      it("that nobody can answer fail within their time", async () => {
        expect(await outcome(one.ask("nobody", "connections", { stations: [] }))).toMatchObject({
          name: "NodeSilent",
        });
        expect(await outcome(one.ask("two", "connections", { stations: [] }))).toMatchObject({
          name: "NodeSilent",
        });
        two.answer({
          connections: () => Promise.reject(new Error("broken")),
          disconnect: () => new Promise(() => {}),
        });
        expect(await outcome(one.ask("two", "connections", { stations: [] }))).toMatchObject({
          name: "NodeSilent",
          message: expect.stringContaining("broken"),
        });
        const never = one.ask("two", "disconnect", { station: "cp-1", reason: "" });
        expect(await outcome(never)).toMatchObject({ name: "NodeSilent" });
        const { questions } = await one.health();
        expect({ ...questions, answers: timesOf(questions.answers) }).toEqual({
          answers: 0,
          failed: 4,
        });
      });
    });
  });
}
