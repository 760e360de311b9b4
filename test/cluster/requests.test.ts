// Goal: a request has one true end, whichever node its station goes to meanwhile. Method: two nodes
// on one log, in virtual time; stations move, and their answers come late and elsewhere.
import { describe, expect, it } from "vitest";
import { type Command, stationKey, streams } from "#core";
import { admission, type ClusterNode, clusterWorld, settle } from "./world.ts";

const key = stationKey("CP-1");

function request(node: ClusterNode, requestId: string, more: object = {}): Command {
  const names = { requestId, correlationId: `because-${requestId}` };
  const times = { requestedAt: node.clock.now(), deadline: "2026-05-04T12:00:00.000Z" };
  const data = { ...names, ...times, kind: "soft", ...more };
  return { stream: streams.chargingStation(key), type: "RequestReset", data };
}

async function served() {
  const world = await clusterWorld(["one", "two"]);
  await world.node("one").execute(...admission("CP-1"));
  await world.node("one").execute(...admission("CP-2"));
  await world.pass(10);
  return world;
}

/** What became of requests, as a node has heard of it. */
const ends = ({ heard }: ClusterNode) =>
  heard
    .filter(({ type }) => type === "RequestCompleted" || type === "RequestAnsweredLate")
    .map(({ type, data }) => {
      const { requestId, outcome, status } = data as Record<string, string>;
      return `${requestId} ${type === "RequestCompleted" ? outcome : `late ${status}`}`;
    });

const callsIn = (frames: readonly string[]) =>
  frames.map((frame) => JSON.parse(frame)).filter(([kind]) => kind === 2);
const accepted = (call: readonly unknown[] | undefined) =>
  JSON.stringify([3, call?.[1], { status: "Accepted" }]);

describe("an answer that comes on another node than its request went out from", () => {
  it("is the late answer of that request, once", async () => {
    const { node, pass } = await served();
    const before = await node("two").connect("CP-1");
    await node("one").execute(request(node("one"), "r1"));
    const [call] = callsIn(before.socket.sent);
    const after = await node("one").connect("CP-1");
    await pass(10);
    expect(ends(node("one"))).toEqual(["r1 timedOut"]);
    await after.send(accepted(call));
    await pass(10);
    expect(ends(node("one"))).toEqual(["r1 timedOut", "r1 late Accepted"]);
    expect(ends(node("two"))).toEqual(ends(node("one")));
    expect(node("one").rpc.counts).toMatchObject({ lateAnswers: 1, framesIgnored: 0 });
    await after.send(accepted(call));
    expect(ends(node("one"))).toHaveLength(2);
    expect(node("one").rpc.counts).toMatchObject({ lateAnswers: 1, framesIgnored: 1 });
  });

  it("is the end of that request, while the node that sent it is dead", async () => {
    const { node, network } = await served();
    const before = await node("two").connect("CP-1");
    await node("one").execute(request(node("one"), "r1"));
    const [call] = callsIn(before.socket.sent);
    node("two").kill();
    network.faults.lostPerMille = 1000;
    const after = await node("one").connect("CP-1");
    await after.send(accepted(call));
    const [end, ...late] = ends(node("one"));
    expect(["r1 timedOut", "r1 accepted"]).toContain(end);
    expect(late).toEqual(end === "r1 accepted" ? [] : ["r1 late Accepted"]);
  });

  it("answers nothing where it answers another station's request, or none", async () => {
    const { node, pass } = await served();
    const { socket, drop } = await node("two").connect("CP-1");
    const other = await node("one").connect("CP-2");
    await node("one").execute(request(node("one"), "r1"));
    const [call] = callsIn(socket.sent);
    await drop();
    await pass(10);
    await other.send(accepted(call));
    await other.send(JSON.stringify([3, "nobody's", { status: "Accepted" }]));
    expect(ends(node("one"))).toEqual(["r1 timedOut"]);
    expect(node("one").rpc.counts).toMatchObject({ lateAnswers: 0, framesIgnored: 2 });
  });

  it("answers nothing where the request was never sent, or answered in time", async () => {
    const { node, pass } = await served();
    const before = await node("two").connect("CP-1");
    await node("one").execute(request(node("one"), "r1"));
    const [call] = callsIn(before.socket.sent);
    await before.send(accepted(call));
    await before.drop();
    await node("one").execute(request(node("one"), "r2"));
    const after = await node("one").connect("CP-1");
    await after.send(accepted(call));
    await after.send(accepted([2, "r2"]));
    await pass(10);
    expect(ends(node("one"))).toEqual(["r1 accepted", "r2 stationOffline"]);
    expect(node("one").rpc.counts).toMatchObject({ lateAnswers: 0, framesIgnored: 2 });
  });
});

describe("a request that was not sent yet", () => {
  it("is not ended by a node whose station is about to come to another one", async () => {
    const { node, network, pass } = await served();
    const before = await node("one").connect("CP-1");
    for (const name of ["r1", "r2"]) await node("one").execute(request(node("one"), name));
    expect(callsIn(before.socket.sent)).toHaveLength(1);
    network.faults.lostPerMille = 1000;
    // Its handshake has its epoch, and is not through yet.
    const connectedAt = node("two").clock.now();
    const row = { station: key, node: "two", connectedAt };
    await node("two").neighbours.connect(row, undefined);
    await before.drop();
    await pass(5_000);
    expect(ends(node("one"))).toEqual(["r1 timedOut"]);
    const after = await node("two").connect("CP-1");
    const [call] = callsIn(after.socket.sent);
    expect(call?.slice(2)).toEqual(["Reset", { type: "Soft" }]);
    await after.send(accepted(call));
    await pass(2_000);
    expect(ends(node("one"))).toEqual(["r1 timedOut", "r2 accepted"]);
  });

  it("ends at once where the station has left both for another node and that one", async () => {
    const { node, network, pass } = await served();
    const before = await node("one").connect("CP-1");
    network.faults.lostPerMille = 1000;
    const after = await node("two").connect("CP-1");
    await after.drop();
    // This node believes yet that it has the station.
    expect(node("one").rpc.current(key)).toBe(before.connection);
    await node("one").execute(request(node("one"), "r1"));
    expect(callsIn(before.socket.sent)).toEqual([]);
    expect(before.socket.closed).toBeDefined();
    await pass(10);
    expect(ends(node("one"))).toEqual(["r1 stationOffline"]);
  });

  it("is left to its deadline where it may wait", async () => {
    const { node, network, pass } = await served();
    const before = await node("one").connect("CP-1");
    network.faults.lostPerMille = 1000;
    const after = await node("two").connect("CP-1");
    await after.drop();
    const validUntil = "2026-05-04T11:00:00.000Z";
    await node("one").execute(request(node("one"), "r1", { validUntil }));
    await before.drop();
    await settle();
    expect(ends(node("one"))).toEqual([]);
    const third = await node("two").connect("CP-1");
    await pass(2_000);
    expect(callsIn(third.socket.sent)).toHaveLength(1);
  });
});
