// Goal: whichever node a station is on, its token is judged by what all nodes know. Method: two
// nodes with the authorization add-on and views that they share, in virtual time.
import { describe, expect, it } from "vitest";
import { authorization } from "#add-ons/authorization";
import { streams, systemActor, toToken } from "#core";
import { limitsWith } from "#limits";
import { admission, type ClusterNode, clusterWorld, settle } from "./world.ts";

const actor = systemActor("test");
const { tailPollMs } = limitsWith();

type World = Awaited<ReturnType<typeof clusterWorld>>;
type Line = Awaited<ReturnType<ClusterNode["connect"]>>;

const authorize = (id: string, idTag: string) => JSON.stringify([2, id, "Authorize", { idTag }]);
const start = (id: string, idTag: string) => {
  const instant = { timestamp: "2026-05-04T10:00:00Z" };
  return JSON.stringify([
    ...[2, id, "StartTransaction"],
    { connectorId: 1, idTag, meterStart: 0, ...instant },
  ]);
};

/** A station on each of two nodes. */
async function twoStations() {
  const given = { addOns: () => [authorization()], views: true } as const;
  const world = await clusterWorld(["one", "two"], given);
  await world.node("one").execute(...admission("CP-1"));
  await world.node("one").execute(...admission("CP-2"));
  await world.pass(500);
  const lines = {
    one: await world.node("one").connect("CP-1"),
    two: await world.node("two").connect("CP-2"),
  };
  return { ...world, lines };
}

type Data = Parameters<typeof toToken<"SetToken">>[2];

async function setToken({ bus }: ClusterNode, value: string, data: Data): Promise<void> {
  const { ref, entry } = await bus.tokens.resolve(value);
  const vault = entry === undefined ? [] : [entry];
  await bus.commands.execute({ actor, commands: [toToken(ref, "SetToken", data)], vault });
  await settle();
}

/** The frame that answers a call, once it is there. */
async function answered({ pass }: World, { socket }: Line, id: string) {
  const find = () =>
    socket.sent.map((text) => JSON.parse(text)).find(([kind, to]) => kind !== 2 && to === id);
  for (let steps = 0; find() === undefined && steps < 100; steps += 1) await pass(50);
  return find();
}

/** What the station is told of its token. */
async function told(world: World, line: Line, call: string): Promise<string> {
  const [, id] = JSON.parse(call) as [number, string];
  line.connection.receive(call);
  const [, , payload] = await answered(world, line, id);
  return payload.idTagInfo.status;
}

describe("a token that is new to two nodes in the same moment", () => {
  it("gets one reference, and both stations are answered at once", async () => {
    const world = await twoStations();
    const { lines } = world;
    lines.one.connection.receive(start("1", "NEW-TOKEN"));
    lines.two.connection.receive(start("1", "New-Token"));
    const answers = await Promise.all(
      [lines.one, lines.two].map((line) => answered(world, line, "1")),
    );
    expect(answers.map(([kind]) => kind)).toEqual([3, 3]);
    const log = await world.store.readAll({ after: 0, limit: 1_000 });
    const refs = log
      .filter(({ type }) => type === "TransactionStarted")
      .map(({ data }) => JSON.parse(data).tokenRef);
    expect(refs).toHaveLength(2);
    expect(new Set(refs).size).toBe(1);
    for (const name of ["one", "two"]) {
      expect(await world.node(name).bus.tokens.find("new-token")).toBe(refs[0]);
    }
  });
});

describe("a token that is blocked on another node", () => {
  it("is refused from then on", async () => {
    const world = await twoStations();
    await setToken(world.node("one"), "t", { status: "accepted" });
    expect(await told(world, world.lines.two, authorize("1", "T"))).toBe("Accepted");
    await setToken(world.node("one"), "t", { status: "blocked" });
    expect(await told(world, world.lines.two, authorize("2", "T"))).toBe("Blocked");
  });

  it("is refused once the log was looked at, if nobody says so", async () => {
    const world = await twoStations();
    await setToken(world.node("one"), "t", { status: "accepted" });
    expect(await told(world, world.lines.two, authorize("1", "T"))).toBe("Accepted");
    world.network.faults.lostPerMille = 1000;
    await setToken(world.node("one"), "t", { status: "blocked" });
    await world.pass(tailPollMs);
    expect(await told(world, world.lines.two, authorize("2", "T"))).toBe("Blocked");
  });

  it("is refused by a node that stood still in the meantime, with the first word it hears", async () => {
    const world = await twoStations();
    await setToken(world.node("one"), "t", { status: "accepted" });
    expect(await told(world, world.lines.two, authorize("1", "T"))).toBe("Accepted");
    world.node("two").freeze();
    await setToken(world.node("one"), "t", { status: "blocked" });
    await world.pass(10_000);
    // What the station said meanwhile is the first thing that the node reads.
    world.lines.two.connection.receive(authorize("2", "T"));
    await world.node("two").thaw();
    const [, , payload] = await answered(world, world.lines.two, "2");
    expect(payload.idTagInfo.status).toBe("Blocked");
  });

  it("and was accepted again is refused by nobody, whatever views show yet", async () => {
    const world = await twoStations();
    await setToken(world.node("one"), "t", { status: "blocked" });
    expect(await told(world, world.lines.two, authorize("1", "T"))).toBe("Blocked");
    world.network.faults.lostPerMille = 1000;
    await setToken(world.node("one"), "t", { status: "accepted" });
    expect(await told(world, world.lines.two, authorize("2", "T"))).toBe("Accepted");
  });
});

describe("a token that may run one transaction", () => {
  it("runs no second one on another node, whatever messages are lost", async () => {
    const world = await twoStations();
    world.network.faults.lostPerMille = 1000;
    await setToken(world.node("one"), "t", { status: "accepted", concurrency: 1 });
    await world.pass(tailPollMs);
    expect(await told(world, world.lines.one, start("1", "T"))).toBe("Accepted");
    expect(await told(world, world.lines.two, start("1", "T"))).toBe("ConcurrentTx");
  });

  // Neither start is in the log while the other one is judged: both may be accepted, on one node as
  // on two. They are facts in any case, and what comes after them is judged by both.
  it("counts starts of the same moment from the next one on", async () => {
    const world = await twoStations();
    await world.node("one").execute(...admission("CP-3"));
    await setToken(world.node("one"), "t", { status: "accepted", concurrency: 1 });
    await world.pass(tailPollMs);
    const { one, two } = world.lines;
    const both = await Promise.all([
      told(world, one, start("1", "T")),
      told(world, two, start("1", "T")),
    ]);
    expect(both).toContain("Accepted");
    const log = await world.store.readAll({ after: 0, limit: 1_000 });
    const started = log.filter(({ type }) => type === "TransactionStarted");
    expect(new Set(started.map(({ stream }) => stream)).size).toBe(2);
    const third = await world.node("two").connect("CP-3");
    expect(await told(world, third, start("1", "T"))).toBe("ConcurrentTx");
  });
});

describe("a station that two nodes create in the same moment", () => {
  it("is created once, and the other one is told so", async () => {
    const { node, store } = await clusterWorld(["one", "two"]);
    const [birth] = admission("CP-9");
    if (birth === undefined) throw new Error("a station is not born");
    const results = await Promise.all([node("one").execute(birth), node("two").execute(birth)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["committed", "rejected"]);
    const stream = streams.chargingStation("cp-9");
    expect(await store.readStream({ stream, afterVersion: 0, limit: 9 })).toHaveLength(1);
  });
});
