import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { endsOf, request } from "#support/rpc/rpc-contract";
import { rpcHarness } from "#support/rpc/rpc-harness";
import { v1_6 } from "../../v1_6/index.ts";

it("sends no second call to a station that has not even read the first", async () => {
  const node = rpcHarness(v1_6);
  await node.admit();
  const station = await node.connect();
  const one = { ...node, station };
  const { socket } = station;
  await request(one, { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" });
  await request(one, { event: "ClearCacheRequested", fields: {}, id: "r2" });
  socket.unread = 100;
  node.clock.advance(node.limits.callTimeoutMs);
  await node.settle();
  expect(endsOf(one)).toMatchObject({ r1: { outcome: "timedOut" } });
  expect(socket.sent).toHaveLength(1);
  socket.unread = 0;
  node.clock.advance(node.limits.sweepIntervalMs);
  await node.settle();
  expect(socket.sent).toHaveLength(2);
  expect(socket.sent[1]).toContain("ClearCache");
});

it("keeps nothing of a connection for the sake of a call that was not answered there", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const node = rpcHarness(v1_6);
  await node.admit();
  const gone = await (async () => {
    const station = await node.connect();
    const one = { ...node, station };
    await request(one, { event: "ClearCacheRequested", fields: {}, id: "r1" });
    expect(station.socket.sent).toHaveLength(1);
    node.clock.advance(node.limits.callTimeoutMs);
    await node.settle();
    await station.drop();
    return new WeakRef(station.connection);
  })();
  expect(node.rpc.held.lateAnswers).toBe(1);
  for (let turn = 0; turn < 5 && gone.deref() !== undefined; turn += 1) {
    await node.settle();
    collect();
  }
  expect(gone.deref()).toBeUndefined();
});
