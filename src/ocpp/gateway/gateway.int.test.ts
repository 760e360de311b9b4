import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { type GatewayHarness, gatewayHarness } from "#support/rpc/gateway-harness";
import { connectRaw } from "#support/rpc/raw-station";
import { StationSocket } from "./station-socket.ts";

const nodes: GatewayHarness[] = [];
const start = async (limits: NonNullable<Parameters<typeof gatewayHarness>[0]>["limits"] = {}) => {
  const node = await gatewayHarness({ limits });
  nodes.push(node);
  await node.admit("CP-1");
  return { ...node, url: `ws://127.0.0.1:${node.port}/ocpp/CP-1` };
};

afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});

const heartbeat = '[2,"h","Heartbeat",{}]';
const until = async (what: () => boolean) => {
  const deadline = performance.now() + 4_000;
  while (!what()) {
    if (performance.now() > deadline) throw new Error("it did not come to be");
    await new Promise((done) => setTimeout(done, 5));
  }
};

describe("bad frames", () => {
  it("are answered where they can be, and the socket lives on", async () => {
    const { url } = await start();
    const { ask, ws } = await connectRaw(url);
    ws.send("");
    ws.send("no json");
    ws.send("[]");
    expect(JSON.parse(await ask('[2,"7","Heart'))).toMatchObject({ 0: 4, 1: "7" });
    expect(JSON.parse(await ask(heartbeat))).toMatchObject({ 0: 3, 1: "h" });
    ws.terminate();
  });

  it("of bytes close with 1003", async () => {
    const { url } = await start();
    const { ws, closed } = await connectRaw(url);
    ws.send(Buffer.from(heartbeat));
    expect(await closed).toMatchObject({ code: 1003 });
  });

  it("beyond the limit close with 1009, and nobody else's", async () => {
    const { url, admit } = await start({ frameBytesMax: 1_000 });
    await admit("CP-2");
    const other = await connectRaw(url.replace("CP-1", "CP-2"));
    const { ws, closed } = await connectRaw(url);
    ws.send(`[2,"1","DataTransfer",{"vendorId":"x","data":"${"x".repeat(2_000)}"}]`);
    expect(await closed).toMatchObject({ code: 1009 });
    expect(JSON.parse(await other.ask(heartbeat))[0]).toBe(3);
    other.ws.terminate();
  });

  it("that are no UTF-8 close with 1007", async () => {
    const { url } = await start();
    const { ws, closed } = await connectRaw(url);
    ws.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await closed).toMatchObject({ code: 1007 });
  });

  it("of a stranger get a SecurityError", async () => {
    const { url } = await start();
    const { ask, ws } = await connectRaw(url.replace("CP-1", "stranger"));
    expect(JSON.parse(await ask(heartbeat)).slice(0, 3)).toEqual([4, "h", "SecurityError"]);
    ws.terminate();
  });
});

describe("two sockets of one id", () => {
  it("the newest wins, and the late close of the old one changes nothing", async () => {
    const { url, gateway, store } = await start();
    const old = await connectRaw(url);
    const { ask, ws } = await connectRaw(url.toLowerCase());
    expect(await old.closed).toEqual({ code: 1000, reason: "replaced by a newer connection" });
    expect(gateway.connections.of("cp-1")).toMatchObject({ epoch: 2 });
    expect(JSON.parse(await ask(heartbeat))[0]).toBe(3);
    const [row] = await store.connections(["cp-1"]);
    expect(row).toMatchObject({ epoch: 2 });
    expect(row).not.toHaveProperty("disconnectedAt", expect.any(String));
    ws.terminate();
    await until(() => gateway.connections.of("cp-1") === undefined);
    expect((await store.connections(["cp-1"]))[0]?.disconnectedAt).toBeDefined();
  });

  it("that push each other out all the time are stopped", async () => {
    const { url, log } = await start({ takeoversPerMinuteMax: 2 });
    const sockets = [await connectRaw(url), await connectRaw(url), await connectRaw(url)];
    await expect(connectRaw(url)).rejects.toMatchObject({ status: 429 });
    expect(log.lines.map((line) => line.message).join()).toContain("share one id");
    sockets[2]?.ws.terminate();
  });
});

describe("signs of life", () => {
  it("keep a station that never answers a ping, as long as it says something", async () => {
    const { url } = await start({ pingIntervalMs: 64, silenceMs: 300 });
    const { ask, ws } = await connectRaw(url, { autoPong: false });
    const begin = performance.now();
    while (performance.now() - begin < 700) {
      expect(JSON.parse(await ask(heartbeat))[0]).toBe(3);
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(ws.readyState).toBe(ws.OPEN);
    ws.terminate();
  });

  it("are pongs, too", async () => {
    const { url, gateway, store } = await start({ pingIntervalMs: 64, silenceMs: 300 });
    const { ws } = await connectRaw(url);
    let pings = 0;
    ws.on("ping", () => {
      pings += 1;
    });
    await until(() => pings > 8);
    const state = gateway.connections.of("cp-1");
    expect(state?.lastSeenAt.localeCompare(state.since)).toBe(1);
    const seen = async () => (await store.connections(["cp-1"]))[0]?.lastSeenAt;
    expect(await seen()).not.toBe(state?.since);
    ws.terminate();
  });

  it("that do not come end the socket", async () => {
    const { url, gateway } = await start({ pingIntervalMs: 64, silenceMs: 150 });
    const { closed } = await connectRaw(url, { autoPong: false });
    expect(await closed).toMatchObject({ code: 1006 });
    await until(() => gateway.connections.size === 0);
  });
});

describe("who does not read", () => {
  it("is cut off before it fills the memory", async () => {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const [[ours, request], { ws, closed }] = await Promise.all([
      once(server, "connection") as Promise<[WebSocket, IncomingMessage]>,
      connectRaw(`ws://127.0.0.1:${port}`, { protocols: [] }),
    ]);
    ws.pause();
    const bufferMax = 200_000;
    const socket = new StationSocket(ours, { stream: request.socket, bufferMax });
    const frame = "x".repeat(50_000);
    let sent = 0;
    await until(() => {
      sent += 1;
      const read = socket.send(frame);
      expect(socket.buffered()).toBeLessThan(bufferMax + 2 * frame.length);
      return !read;
    });
    // The kernel's buffers took some of it.
    expect(sent).toBeGreaterThan(bufferMax / frame.length);
    ws.resume();
    expect(await closed).toMatchObject({ code: 1006 });
    server.close();
  });
});

describe("draining", () => {
  it("answers what is in flight, closes with 1012 and lets nobody in", async () => {
    const { url, gateway } = await start();
    const { ws, next, closed } = await connectRaw(url);
    ws.send('[2,"1","Authorize",{"idTag":"ABC"}]');
    const answer = next();
    await until(() => gateway.connections.size === 1);
    const drained = gateway.drain();
    expect(await closed).toMatchObject({ code: 1012 });
    await drained;
    expect(gateway.connections.size).toBe(0);
    await expect(connectRaw(url)).rejects.toMatchObject({ status: 503 });
    // It had arrived, or it had not: never an empty success, never half an answer.
    const got = await Promise.race([answer, closed.then(() => undefined)]);
    if (got !== undefined) expect(JSON.parse(got)).toMatchObject({ 0: 3, 1: "1" });
  });

  it("cuts off who does not go", async () => {
    const { url, gateway } = await start({ drainMs: 100 });
    const { ws, closed } = await connectRaw(url);
    ws.pause();
    await gateway.drain();
    ws.resume();
    expect((await closed).code).toBeGreaterThan(1000);
    expect(gateway.connections.size).toBe(0);
  });
});

describe("an operator", () => {
  it("can end a station's socket", async () => {
    const { url, gateway } = await start();
    const { closed } = await connectRaw(url);
    expect(await gateway.disconnect("cp-1", "asked for by ada")).toBe(true);
    expect(await closed).toEqual({ code: 1001, reason: "asked for by ada" });
    expect(await gateway.disconnect("cp-9", "")).toBe(false);
  });
});
