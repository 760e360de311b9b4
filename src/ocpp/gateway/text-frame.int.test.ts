import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { connectRaw } from "#support/rpc/raw-station";
import { StationSocket } from "./station-socket.ts";
import { textFrame } from "./text-frame.ts";

describe("a text frame of ours", () => {
  it("arrives whole at every length of its header, among frames of others", async () => {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const [[ws, request], station] = await Promise.all([
      once(server, "connection") as Promise<[WebSocket, IncomingMessage]>,
      connectRaw(`ws://127.0.0.1:${port}`, { protocols: [] }),
    ]);
    const socket = new StationSocket(ws, { stream: request.socket, bufferMax: 1_000_000 });
    const texts = [0, 1, 125, 126, 255, 256, 65_535, 65_536].map((length) => "x".repeat(length));
    texts.push('[3,"ä€😀",{}]', '["\u007f"]', '[3,"after",{}]');
    for (const text of texts) {
      expect(socket.send(text)).toBe(true);
      ws.ping();
    }
    for (const text of texts) expect(await station.next()).toBe(text);
    socket.close(1000, "done");
    expect(await station.closed).toEqual({ code: 1000, reason: "done" });
    server.close();
  });

  it("is left to others where a character takes more than a byte, or the length more than two", () => {
    expect(textFrame("[]")).toBe("\x81\x02[]");
    expect(textFrame("é")).toBeUndefined();
    expect(textFrame("x".repeat(65_536))).toBeUndefined();
  });
});
