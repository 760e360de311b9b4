// Sockets on which everything comes at once: what lies ready is taken in portions, memory is
// watched as it fills, and who reads nothing is given nothing more.
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw } from "#support/rpc/raw-station";
import { rpcHarness } from "#support/rpc/rpc-harness";
import { createIntake } from "../../src/ocpp/gateway/intake.ts";
import { StationSocket } from "../../src/ocpp/gateway/station-socket.ts";
import { v1_6 } from "../../src/ocpp/v1_6/index.ts";
import { handshake, type RawSocket, rawSocket, until } from "./raw-socket.ts";

const limits = {
  frameBytesMax: 1_000_000,
  socketBuffersBytesMax: 2_000_000,
  bulkBytesPerSecondMax: 100_000_000,
  // The wheel does not turn within a test: what is seen is seen as it comes.
  pingIntervalMs: 600_000,
};
const text = '[2,"h","Heartbeat",{}]';
const call = Buffer.concat([
  Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]),
  Buffer.from(text),
]);

let house: TestMotown;
const open: RawSocket[] = [];

beforeAll(async () => {
  house = await startTestMotown({ limits });
  for (const stationId of ["DEAF", "LOUD"]) await house.admit(stationId);
});
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.destroy();
});
afterAll(() => house.stop());

async function upgraded(stationId: string): Promise<RawSocket> {
  const raw = await rawSocket(house.motown.port);
  open.push(raw);
  raw.socket.write(handshake(stationId));
  await until("the upgrade", () => raw.heard().includes("\r\n\r\n"));
  return raw;
}

function unfinishedFrame(bytes: number): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt16BE(0x81ff);
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return Buffer.concat([head, Buffer.alloc(bytes - 1, 120)]);
}

/** A server's end of a WebSocket, with the intake under test, and its peer's. */
async function pair() {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [[ws, { socket: stream }], peer] = await Promise.all([
    once(server, "connection") as Promise<[WebSocket, IncomingMessage]>,
    connectRaw(`ws://127.0.0.1:${port}`, { protocols: [] }),
  ]);
  const socket = new StationSocket(ws, { stream, bufferMax: 1_000_000 });
  createIntake({ came: () => undefined }).portion(stream, socket);
  const close = () => {
    peer.ws.terminate();
    server.close();
  };
  return { ws, stream, socket, peer: peer.ws, close };
}

describe("thousands of calls in one read", () => {
  it("stop within a portion when the socket is paused, and come whole and in order", async () => {
    const { ws, stream, close } = await pair();
    const frame = (at: number) => {
      const digits = String(at).padStart(4, "0");
      return Buffer.concat([Buffer.from([0x81, 0x84, 0, 0, 0, 0]), Buffer.from(digits)]);
    };
    const frames = 5_000;
    const got: number[] = [];
    ws.on("message", (data) => {
      got.push(Number(data));
      if (got.length % 100 === 0) {
        ws.pause();
        setImmediate(() => ws.resume());
      }
    });
    const more = stream.push(
      Buffer.concat(Array.from({ length: frames }, (_none, at) => frame(at))),
    );
    // Everybody else has a turn before this socket is read again.
    expect(more).toBe(false);
    expect(got.length).toBeLessThan(1_000);
    await until("the last", () => got.length === frames);
    expect(got).toEqual(Array.from({ length: frames }, (_none, at) => at));
    close();
  });

  it("are not even looked at when the socket has ended", async () => {
    const { ws, stream, close } = await pair();
    let got = 0;
    ws.on("message", () => {
      got += 1;
      ws.pause();
    });
    stream.push(Buffer.concat(Array.from({ length: 2_000 }, () => call)));
    const before = got;
    expect(stream.readableLength).toBeGreaterThan(0);
    const closed = once(ws, "close");
    ws.terminate();
    await closed;
    expect(got).toBe(before);
    close();
  });
});

describe("unfinished frames", () => {
  it("are kept in memory of their own, which goes back when the socket ends", async () => {
    const { ws, stream, socket, close } = await pair();
    const frame = unfinishedFrame(500_000);
    for (let at = 0; at < frame.length; at += 65_536) stream.push(frame.subarray(at, at + 65_536));
    expect(socket.missingBytes()).toBe(1);
    expect(socket.heldBytes()).toBeGreaterThan(499_000);
    const receiver = (ws as unknown as { _receiver: { _buffers: Buffer[] } })._receiver;
    const pages = receiver._buffers
      .map(({ buffer }) => buffer as ArrayBuffer)
      .filter((buffer) => buffer.resizable);
    const bytes = () => pages.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes()).toBeGreaterThan(450_000);
    const closed = once(ws, "close");
    socket.cutOff();
    await closed;
    expect(bytes()).toBe(0);
    close();
  });

  it("of many sockets are counted as they come, not when somebody looks", async () => {
    const senders = await Promise.all(
      Array.from({ length: 6 }, (_none, at) => upgraded(`UNFINISHED-${at}`)),
    );
    for (const { socket } of senders) socket.write(unfinishedFrame(limits.frameBytesMax));
    await until("somebody is closed", () => senders.some((raw) => !raw.isOpen()));
    const words = "Sockets hold too much";
    const told = house.log.lines.find(({ message }) => message.startsWith(words));
    // At most one look's worth beyond the limit.
    const most = limits.socketBuffersBytesMax * (1 + 1 / 16) + 65_536;
    expect(Number(told?.fields?.bytes)).toBeLessThan(most);
  });
});

describe("who does not read", () => {
  it("is known until it has read", async () => {
    const { socket, peer, close } = await pair();
    peer.pause();
    expect(socket.untilRead()).toBeUndefined();
    await until("it is full", () => {
      socket.send("x".repeat(60_000));
      return socket.untilRead() !== undefined;
    });
    const waits = socket.untilRead();
    expect(socket.untilRead()).toBe(waits);
    peer.resume();
    await waits;
    expect(socket.untilRead()).toBeUndefined();
    close();
  });

  it("is served no more until it has read, and one that is gone not at all", async () => {
    const harness = rpcHarness(v1_6);
    await harness.admit();
    const station = await harness.connect();
    let read = () => {};
    station.socket.untilRead = () => new Promise((resolve) => (read = resolve));
    station.connection.receive(`[2,"1","Heartbeat",{}]`);
    station.connection.receive(`[2,"2","Heartbeat",{}]`);
    await harness.settle();
    expect(station.socket.sent).toHaveLength(0);
    read();
    await harness.settle();
    expect(station.socket.sent).toHaveLength(1);
    station.connection.ended();
    read();
    await harness.settle();
    expect(station.socket.sent).toHaveLength(1);
  });
});
