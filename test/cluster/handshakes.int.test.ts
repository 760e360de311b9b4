// Handshakes that a slow store keeps waiting, while their stations give up and come again.
import { connect as connectTcp, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type EventStore, stationSecret, systemClock, systemDice } from "#bus";
import { createMemoryNetwork } from "#cluster";
import { limitsWith } from "#limits";
import { testLog } from "#support/environment";
import { type GatewayHarness, gatewayHarness } from "#support/rpc/gateway-harness";
import { connectRaw, refusal } from "#support/rpc/raw-station";

const nodes: GatewayHarness[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});

type Slow = "findCredential" | "connections";

/** A node whose store takes its time with the first question of this kind, until it is let go. */
async function slowNode(slow: Slow) {
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  let connects = 0;
  const store = (inner: EventStore): EventStore => ({
    ...inner,
    [slow]: async (given: never) => {
      asked += 1;
      const answer = await (inner[slow] as (given: never) => Promise<unknown>)(given);
      if (asked === 1) await letGo;
      return answer;
    },
    connect: (row) => {
      connects += 1;
      return inner.connect(row);
    },
  });
  const own = { clock: systemClock, dice: systemDice, limits: limitsWith() };
  const cluster = createMemoryNetwork(own).node("test", { ...own, log: testLog() });
  const node = await gatewayHarness({ store, cluster });
  nodes.push(node);
  await node.admit("CP-1");
  const url = `ws://127.0.0.1:${node.port}/ocpp/CP-1`;
  const first = async () => {
    await expect.poll(() => asked).toBe(1);
  };
  return { ...node, url, letGo: resolve, first, connects: () => connects };
}

/** A handshake by hand, so that its peer can hang up before it is answered. */
function shakeHands(port: number): Socket {
  const socket = connectTcp(port, "127.0.0.1");
  socket.write(
    "GET /ocpp/CP-1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n",
  );
  return socket;
}

function basic(password: string) {
  const text = Buffer.from(`CP-1:${password}`).toString("base64");
  return { headers: { authorization: `Basic ${text}` } };
}

const heartbeat = '[2,"1","Heartbeat",{}]';

it.each<[Slow, "end" | "destroy" | "resetAndDestroy"]>([
  ["findCredential", "end"],
  ["findCredential", "resetAndDestroy"],
  ["connections", "destroy"],
])("a handshake that waits for %s and was given up (%s) gets no connection", async (slow, how) => {
  const node = await slowNode(slow);
  const old = shakeHands(node.port);
  await node.first();
  old[how]();
  const station = await connectRaw(node.url);
  const refusals = () => node.gateway.attempts.list().map(({ reason }) => reason);
  node.letGo();
  await expect.poll(refusals).toEqual(["The station has hung up before it was let in."]);
  expect(node.connects()).toBe(1);
  expect(await station.ask(heartbeat)).toContain("currentTime");
  expect(station.ws.readyState).toBe(station.ws.OPEN);
  station.ws.terminate();
  old.destroy();
});

it.each<Slow>(["findCredential", "connections"])(
  "a handshake that waits for %s does not push out a later one of its station",
  async (slow) => {
    const node = await slowNode(slow);
    const old = refusal(connectRaw(node.url));
    await node.first();
    const station = await connectRaw(node.url);
    node.letGo();
    expect(await old).toMatchObject({ status: 503 });
    expect((await old).body).toContain("later handshake");
    expect(node.connects()).toBe(1);
    expect(await station.ask(heartbeat)).toContain("currentTime");
    station.ws.terminate();
  },
);

it("a later handshake that is refused takes nothing from one that waits", async () => {
  const node = await slowNode("findCredential");
  const password = "of this station alone";
  await node.setPassword("CP-1", stationSecret(node.cipher, { key: "cp-1", password }));
  const first = connectRaw(node.url, basic(password));
  await node.first();
  expect(await refusal(connectRaw(node.url, basic("guessed")))).toMatchObject({ status: 401 });
  node.letGo();
  const station = await first;
  expect(await station.ask(heartbeat)).toContain("currentTime");
  station.ws.terminate();
});

it("a handshake that is judged reads what its station said while it waited", async () => {
  const node = await slowNode("findCredential");
  const socket = shakeHands(node.port);
  await node.first();
  const mask = Buffer.alloc(4);
  const text = Buffer.from(heartbeat);
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length]), mask, text]));
  let heard = "";
  socket.on("data", (bytes) => {
    heard += String(bytes);
  });
  await new Promise((done) => setImmediate(done));
  node.letGo();
  await expect.poll(() => heard).toContain("currentTime");
  socket.destroy();
});
