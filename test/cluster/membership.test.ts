// Leases on virtual time: who does which work when nodes come, go, die, freeze and part.
import { describe, expect, it } from "vitest";
import type { LeasedWork, NodeCard } from "#bus";
import { createAlone, createMembership, createMemoryNetwork } from "#cluster";
import { testClock, testDice, testEnvironment, testLog } from "#support/environment";
import { heldClock } from "./machines.ts";

const card: NodeCard = {
  roles: ["gateway", "api", "background"],
  startedAt: "2026-05-04T10:00:00.000Z",
  release: "1.2.3",
};
const names = ["sweeper", "housekeeping", "add-on/a", "add-on/b", "add-on/c", "add-on/d"];

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((done) => setImmediate(done));
}

/** `claims: "late"`: they take their time on the way, as nothing else does. */
function world({ claims }: { readonly claims?: "late" } = {}) {
  const { limits } = testEnvironment();
  const clock = testClock();
  const network = createMemoryNetwork({ clock, dice: testDice(), limits });
  /** Who is at which work, as it says itself. */
  const busy = new Map<string, Set<string>>();
  const epochs: string[] = [];
  const workOf = (node: string, known: readonly string[]): LeasedWork[] =>
    known.map((name) => ({
      name,
      start: (epoch) => {
        epochs.push(`${name} ${epoch}`);
        busy.set(name, (busy.get(name) ?? new Set()).add(node));
      },
      stop: async () => {
        if (claims === undefined) await settle();
        busy.get(name)?.delete(node);
      },
    }));
  const start = (node: string, roles = card.roles, known: readonly string[] = names) => {
    const own = heldClock(clock);
    const log = testLog();
    const joined = network.node(node, { clock: own, log });
    const late: typeof joined.claim = async (wanted, forMs) => {
      await settle();
      return joined.claim(wanted, forMs);
    };
    const cluster = claims === undefined ? joined : { ...joined, claim: late };
    const parts = { cluster, card: { ...card, roles }, work: workOf(node, known), limits, log };
    const membership = createMembership({ ...parts, clock: own });
    const freeze = () => {
      own.hold();
      network.freeze(node);
    };
    const thaw = () => {
      network.thaw(node);
      own.goOn();
    };
    /** Dead: nothing of it runs any more, and nobody was told. */
    return { membership, log, freeze, thaw, kill: freeze };
  };
  /** No work has two nodes at it, at any time. */
  const pass = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 500) {
      clock.advance(500);
      await settle();
      for (const [name, nodes] of busy) expect([name, ...nodes].length).toBeLessThan(3);
    }
  };
  const share = (node: string) => [...busy].filter(([, nodes]) => nodes.has(node)).length;
  return { limits, network, clock, busy, epochs, start, pass, share };
}

describe("work under leases", () => {
  it("is all done by a node that is alone, without lease or timer", async () => {
    const environment = testEnvironment();
    const begun: (string | number | undefined)[] = [];
    const work = [{ name: "a", start: (epoch?: number) => void begun.push("a", epoch), stop }];
    const cluster = createAlone("one");
    const membership = createMembership({ ...environment, cluster, card, work });
    await membership.start();
    expect(begun).toEqual(["a", undefined]);
    expect(membership.held()).toEqual(["a"]);
    expect(environment.clock.waiting).toBe(0);
    await membership.stop();
    async function stop(): Promise<void> {
      begun.push("end");
    }
    expect(begun.at(-1)).toBe("end");
  });

  it("is spread over the nodes, each piece on one", async () => {
    const { start, pass, busy, share, limits } = world();
    const nodes = ["one", "two", "three"].map((name) => start(name));
    for (const { membership } of nodes) await membership.start();
    await pass(2 * limits.leaseRenewMs);
    expect([...busy.values()].map(({ size }) => size)).toEqual(names.map(() => 1));
    const shares = ["one", "two", "three"].map(share);
    expect(Math.max(...shares)).toBeLessThan(names.length);
    expect(nodes.map(({ membership }) => membership.held().length)).toEqual(shares);
  });

  it("is taken again by nobody who has just given it up to one that has come", async () => {
    const { start, pass, busy, share, limits } = world({ claims: "late" });
    await start("one").membership.start();
    const second = start("two").membership.start();
    await pass(limits.leaseRenewMs + 1_000);
    await second;
    expect(names.map((name) => busy.get(name)?.size)).toEqual(names.map(() => 1));
    expect(share("two")).toBeGreaterThan(0);
  });

  it("falls only to nodes that work in the background", async () => {
    const { start, pass, share, limits } = world();
    await start("one", ["gateway", "api"]).membership.start();
    await start("two", ["background"]).membership.start();
    await pass(limits.leaseRenewMs);
    expect([share("one"), share("two")]).toEqual([0, names.length]);
  });

  it("falls only to nodes whose release knows it", async () => {
    const { start, pass, busy, limits } = world();
    await start("old", card.roles, names.slice(0, 3)).membership.start();
    await start("new").membership.start();
    await pass(2 * limits.leaseRenewMs);
    expect(names.map((name) => busy.get(name)?.size)).toEqual(names.map(() => 1));
    for (const name of names.slice(3)) expect([...(busy.get(name) ?? [])]).toEqual(["new"]);
  });

  it("passes to others without a wait when a node drains, which stays among them", async () => {
    const { start, share, pass, limits, network, clock } = world();
    const [one, two] = [start("one"), start("two")];
    await one.membership.start();
    await two.membership.start();
    await pass(2 * limits.leaseRenewMs);
    expect(share("one")).toBeGreaterThan(0);
    await one.membership.drain();
    await settle();
    await settle();
    expect([share("one"), share("two")]).toEqual([0, names.length]);
    const looker = network.node("looker", { clock, log: testLog() });
    expect(await looker.nodes()).toMatchObject([
      { node: "one", live: true, draining: true },
      { node: "two", live: true },
    ]);
    await pass(2 * limits.leaseRenewMs);
    expect(share("two")).toBe(names.length);
  });

  it("is handed over at once after tables that did not answer for long", async () => {
    const { limits, network, clock } = world();
    const log = testLog();
    const joined = network.node("one", { clock, log });
    const answered = Promise.withResolvers<void>();
    let rounds = 0;
    const announce: typeof joined.announce = async (...given) => {
      rounds += 1;
      await answered.promise;
      await joined.announce(...given);
    };
    const cluster = { ...joined, announce };
    const membership = createMembership({ cluster, card, work: [], clock, limits, log });
    const started = membership.start();
    for (let turn = 0; turn < 20; turn += 1) {
      clock.advance(limits.leaseRenewMs);
      await settle();
    }
    answered.resolve();
    await Promise.all([started, membership.drain()]);
    expect(rounds).toBe(2);
    expect(await cluster.nodes()).toMatchObject([{ node: "one", draining: true }]);
    await membership.stop();
  });

  it("passes at once to others when a node leaves", async () => {
    const { start, pass, share, limits } = world();
    const [one, two] = [start("one"), start("two")];
    await one.membership.start();
    await two.membership.start();
    await pass(2 * limits.leaseRenewMs);
    expect(share("one")).toBeGreaterThan(0);
    await one.membership.stop();
    await settle();
    expect([share("one"), share("two")]).toEqual([0, names.length]);
  });

  it("passes to others when a node has died, with higher epochs", async () => {
    const { start, pass, share, limits, busy, epochs } = world();
    const [one, two] = [start("one"), start("two")];
    await one.membership.start();
    await two.membership.start();
    await pass(2 * limits.leaseRenewMs);
    const died = [...busy].filter(([, nodes]) => nodes.has("one")).map(([name]) => name);
    one.kill();
    // Its work is not ended: it is dead.
    for (const name of died) busy.get(name)?.delete("one");
    await pass(limits.leaseMs + 2 * limits.leaseRenewMs);
    expect(share("two")).toBe(names.length);
    const epochOf = (name: string) =>
      epochs
        .filter((line) => line.startsWith(`${name} `))
        .map((line) => Number(line.split(" ")[1]));
    for (const name of died) {
      const all = epochOf(name);
      expect(all.at(-1)).toBeGreaterThan(all.at(-2) ?? 0);
    }
  });

  it("is ended by a node that was frozen, before it does anything else", async () => {
    const { start, pass, share, limits, busy } = world();
    const [one, two] = [start("one"), start("two")];
    await one.membership.start();
    await two.membership.start();
    await pass(2 * limits.leaseRenewMs);
    const before = share("one");
    expect(before).toBeGreaterThan(0);
    one.freeze();
    // What stands still is at no work.
    const held = [...busy].filter(([, nodes]) => nodes.delete("one")).map(([name]) => name);
    await pass(limits.leaseMs + 2 * limits.leaseRenewMs);
    expect(share("two")).toBe(names.length);
    one.thaw();
    expect(one.membership.held().filter((name) => held.includes(name))).toEqual([]);
    await pass(3 * limits.leaseRenewMs);
    expect(share("one")).toBe(before);
    expect(share("two")).toBe(names.length - before);
  });

  it("is ended in time by a node that cannot reach the tables, and taken up again", async () => {
    const { start, pass, share, limits, network } = world();
    const [one, two] = [start("one"), start("two")];
    await one.membership.start();
    await two.membership.start();
    await pass(2 * limits.leaseRenewMs);
    const before = share("one");
    network.faults.reachesTables = (node) => node !== "one";
    await pass(limits.leaseMs - limits.leaseMarginMs + 500);
    expect(share("one")).toBe(0);
    await pass(2 * limits.leaseRenewMs + limits.leaseMarginMs);
    expect(share("two")).toBe(names.length);
    network.faults.reachesTables = () => true;
    await pass(3 * limits.leaseRenewMs);
    expect(share("one")).toBe(before);
  });

  it("that takes long to begin holds up no other, and ends only once it has begun", async () => {
    const environment = testEnvironment();
    const { clock, limits } = environment;
    const network = createMemoryNetwork(environment);
    const said: string[] = [];
    let begun = () => {};
    const slow: LeasedWork = {
      name: "slow",
      start: (epoch) => {
        said.push(`slow begins ${epoch}`);
        return new Promise((resolve) => {
          begun = resolve;
        });
      },
      stop: async () => void said.push("slow ends"),
    };
    const quick: LeasedWork = {
      name: "quick",
      start: (epoch) => void said.push(`quick begins ${epoch}`),
      stop: async () => void said.push("quick ends"),
    };
    const membership = createMembership({
      ...{ ...environment, card, cluster: network.node("one", environment) },
      work: [slow, quick],
    });
    await membership.start();
    for (let passed = 0; passed < 3 * limits.leaseMs; passed += 500) {
      clock.advance(500);
      await settle();
    }
    expect(said).toEqual(["slow begins 1", "quick begins 1"]);
    const drained = membership.drain();
    await settle();
    expect(said.slice(2)).toEqual(["quick ends"]);
    // Its lease is kept until it has ended.
    const other = network.node("two", environment);
    expect(await other.claim(["slow", "quick"], 1_000)).toMatchObject([
      { name: "quick", epoch: 2 },
    ]);
    begun();
    await drained;
    expect(said.slice(3)).toEqual(["slow ends"]);
    expect(await other.claim(["slow"], 1_000)).toMatchObject([{ name: "slow", epoch: 2 }]);
    await membership.stop();
  });

  it("asks no tables more often for having waited long for them", async () => {
    const environment = testEnvironment();
    const { clock, limits } = environment;
    const cluster = createMemoryNetwork(environment).node("one", environment);
    let announced = 0;
    let answer = () => {};
    const slow = {
      ...cluster,
      announce: () => {
        announced += 1;
        return new Promise<void>((resolve) => {
          answer = resolve;
        });
      },
    };
    const membership = createMembership({ ...environment, card, cluster: slow, work: [] });
    const started = membership.start();
    for (let round = 0; round < 20; round += 1) {
      clock.advance(limits.leaseRenewMs);
      await settle();
    }
    expect(announced).toBe(1);
    for (let round = 0; round < 5; round += 1) {
      answer();
      await settle();
    }
    expect(announced).toBe(2);
    await started;
    await membership.stop();
  });

  it("that cannot begin is tried again", async () => {
    const environment = testEnvironment();
    const network = createMemoryNetwork(environment);
    let tries = 0;
    const start = () => {
      tries += 1;
      if (tries === 1) throw new Error("not yet");
    };
    const membership = createMembership({
      ...{ ...environment, card, cluster: network.node("one", environment) },
      work: [{ name: "a", start, stop: async () => {} }],
    });
    await membership.start();
    await settle();
    expect(membership.held()).toEqual([]);
    await membership.renew();
    await settle();
    expect([tries, ...membership.held()]).toEqual([2, "a"]);
  });
});
