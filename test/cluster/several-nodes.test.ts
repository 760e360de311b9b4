// Goal: several nodes on one log are one CSMS. Method: two or three nodes in this process, on one
// store in memory and virtual time, with messages lost, nodes frozen and nodes dead.
import { describe, expect, it } from "vitest";
import { defineAddOn } from "#bus";
import { type Command, stationKey, streams } from "#core";
import { admission, type ClusterNode, clusterWorld, settle } from "./world.ts";

const key = stationKey("CP-1");
const heartbeat = (id: string) => `[2,"${id}","Heartbeat",{}]`;
const status = (id: string, value: string) =>
  JSON.stringify([
    ...[2, id, "StatusNotification"],
    { connectorId: 1, errorCode: "NoError", status: value, timestamp: "2026-05-04T10:00:00Z" },
  ]);

function reset(node: ClusterNode, requestId: string, more: object = {}): Command {
  const names = { requestId, correlationId: `because-${requestId}` };
  const times = { requestedAt: node.clock.now(), deadline: "2026-05-04T12:00:00.000Z" };
  const data = { ...names, ...times, kind: "soft", ...more };
  return { stream: streams.chargingStation(key), type: "RequestReset", data };
}

/** Ends of requests as a node has heard of them. */
const endsAt = ({ heard }: ClusterNode) =>
  heard
    .filter(({ type }) => type === "RequestCompleted")
    .map(({ data }) => {
      const { requestId, outcome } = data as { requestId: string; outcome: string };
      return `${requestId} ${outcome}`;
    });

const callsIn = (frames: readonly string[]) =>
  frames.map((frame) => JSON.parse(frame)).filter(([kind]) => kind === 2);

async function served(names: readonly string[], given?: Parameters<typeof clusterWorld>[1]) {
  const world = await clusterWorld(names, given);
  await world.node(names[0] ?? "").execute(...admission("CP-1"));
  await world.pass(10);
  return world;
}

describe("a station that comes back on another node", () => {
  it("is served there at once, and its old socket is closed", async () => {
    const { node } = await served(["one", "two"]);
    const before = await node("one").connect("CP-1");
    expect(await before.send(status("1", "Available"))).toHaveLength(1);
    const after = await node("two").connect("CP-1");
    expect(after.epoch).toBe(before.epoch + 1);
    expect(before.socket.closed).toMatchObject({ reason: "replaced by a newer connection" });
    expect(node("one").rpc.current(key)).toBeUndefined();
    expect(await after.send(status("2", "Charging"))).toHaveLength(1);
    expect(node("one").types()).toEqual(node("two").types());
  });

  it("is known there as it was left, whatever that node had in memory", async () => {
    const { node, network } = await clusterWorld(["one", "two"]);
    expect(await node("two").bus.commands.station(key)).toMatchObject({ exists: false });
    network.faults.lostPerMille = 1000;
    await node("one").execute(...admission("CP-1"));
    const { send } = await node("two").connect("CP-1");
    const [answer = ""] = await send(status("1", "Available"));
    expect(JSON.parse(answer)[0]).toBe(3);
  });

  it("is never answered on the old socket, even if nobody tells that node", async () => {
    const { node, network, pass } = await served(["one", "two"]);
    const before = await node("one").connect("CP-1");
    network.faults.lostPerMille = 1000;
    await node("two").connect("CP-1");
    expect(before.socket.closed).toBeUndefined();
    expect(await before.send(status("1", "Available"))).toEqual([]);
    expect(before.socket.closed).toMatchObject({ code: 1000 });
    await pass(2_000);
    expect(node("two").types()).not.toContain("EvseStatusChanged");
  });

  it("loses its old socket by that node's signs of life, when the message is lost", async () => {
    const { node, network, pass, store } = await served(["one", "two"]);
    const before = await node("one").connect("CP-1");
    network.faults.lostPerMille = 1000;
    await node("two").connect("CP-1");
    await pass(1_000);
    before.connection.alive();
    await pass(50_000);
    expect(before.socket.closed).toMatchObject({ reason: "replaced by a newer connection" });
    expect(await store.connections([key])).toMatchObject([{ node: "two", epoch: 2 }]);
  });

  it("finds that an older message closes no newer socket", async () => {
    const { node } = await served(["one", "two"]);
    await node("one").connect("CP-1");
    await node("two").connect("CP-1");
    const third = await node("one").connect("CP-1");
    node("two").cluster.tell("one", { message: "replaced", station: key, epoch: 2 });
    await settle();
    expect(third.socket.closed).toBeUndefined();
    expect(node("one").rpc.current(key)).toBe(third.connection);
  });
});

describe("a request for a station of another node", () => {
  it("is sent by that node, and its end is known on both", async () => {
    const { node, pass } = await served(["one", "two"]);
    const { socket, send } = await node("two").connect("CP-1");
    await node("one").execute(reset(node("one"), "r1"));
    const [call] = callsIn(socket.sent);
    expect(call?.slice(2)).toEqual(["Reset", { type: "Soft" }]);
    await send(JSON.stringify([3, call?.[1], { status: "Accepted" }]));
    await pass(10);
    expect(endsAt(node("one"))).toEqual(["r1 accepted"]);
    expect(endsAt(node("two"))).toEqual(["r1 accepted"]);
  });

  it("is sent when that node looks at the log, if no message comes through", async () => {
    const { node, network, pass } = await served(["one", "two"]);
    const { socket, send } = await node("two").connect("CP-1");
    network.faults.lostPerMille = 1000;
    await node("one").execute(reset(node("one"), "r1"));
    expect(socket.sent).toEqual([]);
    await pass(1_000);
    const calls = callsIn(socket.sent);
    expect(calls).toHaveLength(1);
    await send(JSON.stringify([3, calls[0]?.[1], { status: "Accepted" }]));
    await pass(3_000);
    expect(endsAt(node("one"))).toEqual(["r1 accepted"]);
  });

  it("ends as offline at once, and once, where no node has the station", async () => {
    const { node, pass } = await served(["one", "two", "three"]);
    const { drop } = await node("two").connect("CP-1");
    await drop();
    await node("one").execute(reset(node("one"), "r1"));
    await pass(5_000);
    expect(endsAt(node("one"))).toEqual(["r1 stationOffline"]);
    expect(endsAt(node("three"))).toEqual(["r1 stationOffline"]);
  });

  it("ends as offline where the table is wrong, and the node that it names says so", async () => {
    const { node, store } = await served(["one", "two"]);
    await store.connect({ station: key, node: "two", connectedAt: "2026-05-04T10:00:00.000Z" });
    await node("one").execute(reset(node("one"), "r1"));
    expect(endsAt(node("one"))).toEqual(["r1 stationOffline"]);
  });

  it("ends as offline once the node that had the station counts as dead", async () => {
    const { node, pass } = await served(["one", "two"]);
    await node("two").connect("CP-1");
    node("two").kill();
    await node("one").execute(reset(node("one"), "r1"));
    await pass(5_000);
    expect(endsAt(node("one"))).toEqual([]);
    await pass(15_000);
    await node("one").execute(reset(node("one"), "r2"));
    await pass(1_000);
    expect(endsAt(node("one"))).toContain("r2 stationOffline");
  });

  it("that may wait is taken up where the station comes", async () => {
    const { node } = await served(["one", "two"]);
    const validUntil = "2026-05-04T11:00:00.000Z";
    await node("one").execute(reset(node("one"), "r1", { validUntil }));
    expect(endsAt(node("one"))).toEqual([]);
    const { socket } = await node("two").connect("CP-1");
    expect(callsIn(socket.sent)).toHaveLength(1);
  });
});

describe("a node that was frozen and goes on", () => {
  it("does no harm with its old epoch", async () => {
    const { node, pass } = await served(["one", "two"]);
    const old = await node("one").connect("CP-1");
    // It has read a call and stands still before it can record what it says.
    node("one").freeze();
    old.connection.receive(status("1", "Faulted"));
    await settle();
    const now = await node("two").connect("CP-1");
    await now.send(status("2", "Available"));
    await node("two").execute(reset(node("two"), "r1"));
    const [call] = callsIn(now.socket.sent);
    await now.send(JSON.stringify([3, call?.[1], { status: "Accepted" }]));
    await pass(60_000);
    await node("one").thaw();
    await pass(60_000);
    expect(old.socket.sent).toEqual([]);
    expect(old.socket.closed).toBeDefined();
    expect(node("one").rpc.current(key)).toBeUndefined();
    expect(now.socket.closed).toBeUndefined();
    expect(callsIn(now.socket.sent)).toHaveLength(1);
    expect(endsAt(node("one"))).toEqual(["r1 accepted"]);
    expect(node("one").types()).toEqual(node("two").types());
    expect(JSON.stringify(node("two").heard)).not.toContain("faulted");
    expect((await now.send(heartbeat("3"))).length).toBe(1);
  });
});

describe("reactions of an add-on", () => {
  /** Counts what it does; the log alone says whether it was done twice. */
  const addOn = defineAddOn({
    name: "placer",
    grants: {
      ...{ events: ["ChargingStationCreated"], queries: [], questions: [] },
      commands: ["AcceptChargingStation"],
    },
    on: {
      ChargingStationCreated: async (event, { dispatch }) => {
        await dispatch("accept", { stream: event.stream, type: "AcceptChargingStation", data: {} });
      },
    },
  });
  const birth = (stationId: string) => admission(stationId)[0] as Command;
  const accepted = ({ heard }: ClusterNode) =>
    heard.filter(({ type }) => type === "ChargingStationAccepted").map(({ stream }) => stream);

  /** The node that runs it, and one that does not. */
  function holders(world: Awaited<ReturnType<typeof clusterWorld>>) {
    const all = ["one", "two", "three"].map(world.node);
    const holder = all.find(({ membership }) => membership.held().includes("add-on/placer"));
    const others = all.filter((one) => one !== holder);
    if (holder === undefined) throw new Error("nobody runs the add-on");
    return { holder, others: others as [ClusterNode, ClusterNode] };
  }

  it("run on one node, whichever node the event comes from", async () => {
    const world = await clusterWorld(["one", "two", "three"], { addOns: () => [addOn] });
    const { holder, others } = holders(world);
    for (const [at, one] of [holder, ...others].entries()) await one.execute(birth(`cp-${at}`));
    await world.pass(3_000);
    expect(accepted(others[0]).sort()).toEqual(
      ["cp-0", "cp-1", "cp-2"].map(streams.chargingStation),
    );
    expect(others.map(({ membership }) => membership.held())).toEqual([[], []]);
  });

  it("go on elsewhere when their node has died, from where it was", async () => {
    const world = await clusterWorld(["one", "two", "three"], { addOns: () => [addOn] });
    const { holder, others } = holders(world);
    await others[0].execute(birth("cp-1"));
    await world.pass(1_000);
    holder.kill();
    await others[0].execute(birth("cp-2"));
    await world.pass(5_000);
    expect(accepted(others[0])).toHaveLength(1);
    await world.pass(30_000);
    expect(accepted(others[0])).toEqual(["cp-1", "cp-2"].map(streams.chargingStation));
    expect(others.flatMap(({ membership }) => membership.held())).toEqual(["add-on/placer"]);
  });

  it("are done once, though a frozen node goes on with them", async () => {
    const world = await clusterWorld(["one", "two", "three"], { addOns: () => [addOn] });
    const { holder, others } = holders(world);
    holder.freeze();
    await others[0].execute(birth("cp-1"));
    await world.pass(40_000);
    expect(accepted(others[0])).toHaveLength(1);
    const position = await world.store.checkpoint("add-on/placer");
    await holder.thaw();
    const late = { consumer: "add-on/placer", position: 0, epoch: 1 };
    expect(await world.store.saveCheckpoint(late)).toBe("fenced");
    await others[1].execute(birth("cp-2"));
    await world.pass(30_000);
    expect(accepted(others[0])).toEqual(["cp-1", "cp-2"].map(streams.chargingStation));
    expect(await world.store.checkpoint("add-on/placer")).toBeGreaterThan(position);
  });
});
