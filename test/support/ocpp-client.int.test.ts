import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { CallError, connectClient, OcppClient, type Payload } from "./ocpp-client.ts";

const servers: WebSocketServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
});

type Say = (frame: unknown[], socket: WebSocket) => void;

/** A CSMS of a few lines: what it says to each frame is up to the test. */
async function csms(say: Say, verify: (authorization: string | undefined) => boolean = () => true) {
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => (offered.has("ocpp1.6") ? "ocpp1.6" : false),
    verifyClient: ({ req }: { req: IncomingMessage }) => verify(req.headers.authorization),
  });
  servers.push(server);
  await new Promise((resolve) => server.on("listening", resolve));
  server.on("connection", (socket) => {
    socket.on("message", (bytes) => say(JSON.parse(String(bytes)), socket));
  });
  const send = (frame: unknown[]) => {
    for (const socket of server.clients) socket.send(JSON.stringify(frame));
  };
  return { port: (server.address() as AddressInfo).port, send };
}

const answering =
  (payload: Payload): Say =>
  ([, id], socket) =>
    socket.send(JSON.stringify([3, id, payload]));

const bootAnswer = { status: "Accepted", currentTime: "2026-01-01T00:00:00Z", interval: 300 };

describe("the test client", () => {
  it("calls, gets the answer and records both frames", async () => {
    const { port } = await csms(answering(bootAnswer));
    const client = await connectClient({ port, stationId: "A-1" });
    expect(client.protocol).toBe("ocpp1.6");
    expect(await client.boot()).toEqual(bootAnswer);
    expect(client.frames.map(({ direction, frame }) => [direction, frame?.[0]])).toEqual([
      ["fromStation", 2],
      ["toStation", 3],
    ]);
    expect(client.violations).toEqual([]);
    await client.close();
    expect(client.closed?.code).toBe(1000);
  });

  it("names a CALLERROR by its code", async () => {
    const { port } = await csms(([, id], socket) =>
      socket.send(JSON.stringify([4, id, "SecurityError", "not yet", {}])),
    );
    const client = await connectClient({ port });
    const error: unknown = await client.call("Heartbeat").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CallError);
    expect((error as CallError).code).toBe("SecurityError");
    await client.close();
  });

  it("counts an answer that the schema forbids", async () => {
    const { port } = await csms(answering({ status: "Perhaps" }));
    const client = await connectClient({ port });
    await expect(client.boot()).rejects.toThrow();
    expect(client.violations.join()).toContain("BootNotification");
    await client.close();
  });

  it("answers the CSMS's calls as scripted, once, always or with a CALLERROR", async () => {
    const answers: unknown[] = [];
    const { port, send } = await csms((frame) => answers.push(frame));
    const client = await connectClient({ port });
    client.answers("Reset", ({ payload }) => ({
      status: payload.type === "Hard" ? "Rejected" : "Accepted",
    }));
    client.answersOnce("Reset", { callError: "InternalError", description: "no" });
    send([2, "1", "Reset", { type: "Soft" }]);
    send([2, "2", "Reset", { type: "Soft" }]);
    send([2, "3", "Reset", { type: "Hard" }]);
    send([2, "4", "ClearCache", {}]);
    expect((await client.nextCall("Reset")).messageId).toBe("1");
    expect((await client.nextCall("Reset")).messageId).toBe("2");
    await client.until("four answers", () => client.answersTo("4")[0]);
    await expect.poll(() => answers.length).toBe(4);
    expect(answers).toEqual(
      expect.arrayContaining([
        [4, "1", "InternalError", "no", {}],
        [3, "2", { status: "Accepted" }],
        [3, "3", { status: "Rejected" }],
        [4, "4", "NotImplemented", "no answer is scripted", {}],
      ]),
    );
    await client.close();
  });

  it("counts a call of the CSMS that the schema forbids", async () => {
    const { port, send } = await csms(() => {});
    const client = await connectClient({ port });
    client.answers("Reset", { status: "Accepted" });
    send([2, "1", "Reset", { type: "Warm" }]);
    await client.until("the answer", () => client.answersTo("1")[0]);
    expect(client.violations.join()).toContain("Reset");
    await client.terminate();
  });

  it("says with which status a handshake was refused", async () => {
    const { port } = await csms(
      () => {},
      (authorization) =>
        authorization === `Basic ${Buffer.from("STATION-1:open").toString("base64")}`,
    );
    const refused: unknown = await connectClient({ port }).catch((reason: unknown) => reason);
    expect(refused).toMatchObject({ code: 401 });
    const client = await new OcppClient({ port, password: "open" }).connect();
    await client.close();
  });

  it("sees the socket go and gives up waiting in time", async () => {
    const { port } = await csms((_frame, socket) => socket.close(1008, "no"));
    const client = await connectClient({ port });
    await expect(client.nextCall("Reset", 20)).rejects.toThrow("did not come within 20 ms");
    client.sendRaw("[]");
    expect(await client.untilClosed()).toEqual({ code: 1008, reason: "no" });
  });
});
