import { describe, expect, it } from "vitest";
import type { ClusterMessage } from "#bus";
import { createMemoryNetwork } from "#cluster";
import { testEnvironment } from "#support/environment";
import { clusterContract } from "./contract.ts";

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((done) => setImmediate(done));
}

clusterContract("a network in memory", async () => {
  const environment = testEnvironment({ nodeAnswerMs: 500 });
  const network = createMemoryNetwork(environment);
  return {
    node: async (name) => network.node(name, environment),
    pass: async (milliseconds) => {
      await settle();
      environment.clock.advance(milliseconds);
      await settle();
    },
    leaseMs: 10_000,
    dispose: async () => {},
  };
});

describe("a network with faults", () => {
  function twoNodes() {
    const environment = testEnvironment({ nodeMessagesMax: 3 });
    const network = createMemoryNetwork(environment);
    const [one, two] = [network.node("one", environment), network.node("two", environment)];
    const heard: number[] = [];
    two.listen((message: ClusterMessage) => {
      if (message.message === "grown") heard.push(message.position);
    });
    const tell = async (count: number) => {
      for (let position = 1; position <= count; position += 1) {
        one.tell("two", { message: "grown", position });
      }
      await settle();
    };
    return { ...environment, network, one, two, heard, tell };
  }

  it("loses and doubles as many messages as it is told", async () => {
    const { network, heard, tell } = twoNodes();
    network.faults.lostPerMille = 300;
    await tell(1000);
    expect(heard.length).toBeGreaterThan(600);
    expect(heard.length).toBeLessThan(800);
    heard.length = 0;
    network.faults.lostPerMille = 0;
    network.faults.doubledPerMille = 1000;
    await tell(10);
    expect(heard).toHaveLength(20);
  });

  it("brings messages late, and not in their order", async () => {
    const { network, clock, heard, tell } = twoNodes();
    network.faults.delayMs = [10, 500];
    await tell(20);
    clock.advance(9);
    expect(heard).toEqual([]);
    clock.advance(491);
    expect(heard).toHaveLength(20);
    expect(heard).not.toEqual(heard.toSorted((a, b) => a - b));
  });

  it("parts nodes from each other and from the tables", async () => {
    const { network, one, two, heard, tell } = twoNodes();
    network.faults.passes = (from) => from !== "one";
    network.faults.reachesTables = (node) => node !== "one";
    await tell(1);
    expect(heard).toEqual([]);
    await expect(one.claim(["a"], 1000)).rejects.toThrow("cannot be reached");
    expect(await two.claim(["a"], 1000)).toHaveLength(1);
  });

  it("keeps what comes for a frozen node until it is thawed, and no more than its limit", async () => {
    const { network, two, heard, tell } = twoNodes();
    network.freeze("two");
    await tell(5);
    let claimed: unknown;
    void two.claim(["a"], 1000).then((leases) => {
      claimed = leases;
    });
    await settle();
    expect([heard, claimed]).toEqual([[], undefined]);
    network.thaw("two");
    await settle();
    expect(heard).toEqual([1, 2, 3]);
    expect(claimed).toHaveLength(1);
  });
});
