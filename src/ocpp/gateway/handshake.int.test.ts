import { request as httpRequest } from "node:http";
import { connect as connectTcp } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { stationSecret } from "#bus";
import { stationKey } from "#core";
import { type GatewayHarness, gatewayHarness } from "#support/rpc/gateway-harness";
import { connectRaw, refusal } from "#support/rpc/raw-station";

const nodes: GatewayHarness[] = [];
const start = async (options?: Parameters<typeof gatewayHarness>[0]) => {
  const node = await gatewayHarness(options);
  nodes.push(node);
  return { ...node, url: `ws://127.0.0.1:${node.port}` };
};

afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});

/** A handshake by hand: what no WebSocket client would send, or take. */
async function shakeHands(port: number, header: string) {
  const socket = connectTcp(port, "127.0.0.1");
  socket.write(
    "GET /ocpp/CP-1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n" +
      `${header}\r\n`,
  );
  const answer = await new Promise((resolve) => socket.once("data", resolve));
  return { answer: String(answer), socket };
}

const basic = (text: string | Buffer) => ({
  headers: { authorization: `Basic ${Buffer.from(text).toString("base64")}` },
});

describe("a station's identity", () => {
  it.each([
    ["/ocpp/CP-1", "CP-1"],
    ["/ocpp/cp-1", "CP-1"],
    ["/ocpp/CP-1/", "CP-1"],
    ["//ocpp//CP-1", "CP-1"],
    ["/ocpp/RDAM%7C123", "RDAM|123"],
    ["/ocpp/A%2FB", "a/b"],
    ["/ocpp/A/B", "a/b"],
    ["/ocpp/two%20words?x=1", "two words"],
    ["/ocpp/%C3%85", "å"],
    ["/ocpp/100%2525", "100%25"],
  ])("of %s is %s", async (path, stationId) => {
    const { url, gateway } = await start();
    const { ws } = await connectRaw(url + path);
    expect(gateway.connections.of(stationKey(stationId))).toMatchObject({
      ...{ connected: true, protocol: "ocpp1.6", epoch: 1 },
    });
    ws.terminate();
  });

  it.each([
    ["/CP-1", 404, "/ocpp/CP-1"],
    ["/ocpp/", 404, "/ocpp/"],
    ["/ocpp/a%ZZ", 404, "/ocpp/"],
    ["/ocpp/a%00b", 404, "/ocpp/"],
    [`/ocpp/${"x".repeat(256)}`, 404, "/ocpp/"],
  ])("is refused at %s, with the URL that would work", async (path, status, right) => {
    const { url, gateway } = await start();
    const refused = await refusal(connectRaw(url + path));
    expect(refused.status).toBe(status);
    expect(refused.body).toContain(`${url}${right}`);
    expect(gateway.attempts.list()).toMatchObject([{ status, address: "127.0.0.1", count: 1 }]);
  });
});

describe("the subprotocol", () => {
  it("is a known one among others", async () => {
    const { url } = await start();
    const protocols = ["ocpp2.0.1.1", "ocpp1.6", "soap"];
    const { ws } = await connectRaw(`${url}/ocpp/CP-1`, { protocols });
    expect(ws.protocol).toBe("ocpp1.6");
    ws.terminate();
  });

  it.each([[["ocpp9"]], [[]]])("is missed when %s is offered: 400 and why", async (protocols) => {
    const { url, gateway, log } = await start();
    for (let time = 0; time < 2; time++) {
      const refused = await refusal(connectRaw(`${url}/ocpp/CP-1`, { protocols }));
      expect(refused.status).toBe(400);
      expect(refused.body).toContain("Motown speaks ocpp1.6");
    }
    expect(gateway.attempts.list()).toMatchObject([{ stationId: "CP-1", count: 2 }]);
    expect(log.lines.filter((line) => line.message.includes("refused"))).toHaveLength(1);
  });

  it("may be left out where a default is set", async () => {
    const { url, gateway } = await start({ settings: { defaultProtocol: "ocpp1.6" } });
    const { ws } = await connectRaw(`${url}/ocpp/CP-1`, { protocols: [] });
    expect(gateway.connections.of("cp-1")).toMatchObject({ protocol: "ocpp1.6" });
    expect(ws.protocol).toBe("");
    ws.terminate();
  });

  it("may even be an empty header then", async () => {
    const { port, gateway } = await start({ settings: { defaultProtocol: "ocpp1.6" } });
    const { answer, socket } = await shakeHands(port, "Sec-WebSocket-Protocol: \r\n");
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    expect(gateway.connections.size).toBe(1);
    socket.destroy();
  });
});

describe("a station's own default protocol", () => {
  const withDefault = async (protocol: string, settings = {}) => {
    const node = await start({ settings });
    await node.admit("CP-1");
    await node.execute("CP-1", "SetDefaultProtocol", { protocol });
    return { ...node, url: `${node.url}/ocpp/CP-1` };
  };

  it.each([
    ["offers none", ""],
    ["offers none that is known", "Sec-WebSocket-Protocol: ocpp9\r\n"],
  ])("is spoken where it %s, and the answer names none", async (_what, header) => {
    const { port, gateway } = await withDefault("ocpp1.6");
    const { answer, socket } = await shakeHands(port, header);
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    expect(answer.toLowerCase()).not.toContain("sec-websocket-protocol");
    expect(gateway.connections.of("cp-1")).toMatchObject({ protocol: "ocpp1.6" });
    socket.destroy();
  });

  it("goes before the setting for all, and may be taken back", async () => {
    const { url, execute } = await withDefault("ocpp9", { defaultProtocol: "ocpp1.6" });
    const refused = await refusal(connectRaw(url, { protocols: [] }));
    expect(refused).toMatchObject({ status: 503 });
    expect(refused.body).toContain("ocpp9 is none that Motown speaks");
    await execute("CP-1", "SetDefaultProtocol", {});
    const { ws } = await connectRaw(url, { protocols: [] });
    ws.terminate();
  });

  it("is nothing to a station that offers a known one, nor to other stations", async () => {
    const { url } = await withDefault("ocpp9");
    const { ws } = await connectRaw(url, { protocols: ["ocpp1.6"] });
    expect(ws.protocol).toBe("ocpp1.6");
    ws.terminate();
    const other = url.replace("CP-1", "CP-2");
    expect((await refusal(connectRaw(other, { protocols: [] }))).status).toBe(400);
  });
});

describe("a password", () => {
  const withPassword = async (password: string | Buffer) => {
    const node = await start();
    await node.admit("CP-1");
    const given = { key: "cp-1", password };
    await node.setPassword("CP-1", stationSecret(node.cipher, given));
    return { ...node, url: `${node.url}/ocpp/CP-1` };
  };

  it.each([
    ["none", {}],
    ["a wrong one", basic("CP-1:wrong")],
    ["another station's name", basic("CP-2:secret-of-this-station")],
    ["no user name at all", basic("secret-of-this-station")],
    ["another scheme", { headers: { authorization: "Bearer secret-of-this-station" } }],
  ])("is asked for: %s is refused", async (_what, options) => {
    const { url, gateway } = await withPassword("secret-of-this-station");
    const refused = await refusal(connectRaw(url, options));
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toContain("Basic");
    expect(gateway.connections.size).toBe(0);
    expect(JSON.stringify(gateway.attempts.list())).not.toContain("secret-of-this-station");
  });

  it("lets in, whatever the case of the name", async () => {
    const { url } = await withPassword("secret");
    const { ws } = await connectRaw(url, basic("cp-1:secret"));
    expect(ws.readyState).toBe(ws.OPEN);
    ws.terminate();
  });

  it("may be any bytes, colons too", async () => {
    const bytes = Buffer.from([0, 255, 58, 128, 58]);
    const { url } = await withPassword(bytes);
    const { ws } = await connectRaw(url, basic(Buffer.concat([Buffer.from("CP-1:"), bytes])));
    expect(ws.readyState).toBe(ws.OPEN);
    ws.terminate();
  });

  it("can be made a must", async () => {
    const { url } = await start({ settings: { requirePasswords: true } });
    const refused = await refusal(connectRaw(`${url}/ocpp/CP-9`, basic("CP-9:x")));
    expect(refused.status).toBe(401);
  });
});

describe("a handshake", () => {
  it("of a decommissioned station is refused, and its open socket closed", async () => {
    const { url, admit, execute } = await start();
    await admit("CP-1");
    const { closed } = await connectRaw(`${url}/ocpp/CP-1`);
    await execute("CP-1", "DecommissionChargingStation", {});
    expect(await closed).toMatchObject({ code: 1008 });
    const refused = await refusal(connectRaw(`${url}/ocpp/CP-1`));
    expect(refused.status).toBe(403);
  });

  it("without Upgrade is told what is missing, and kept", async () => {
    const { port, gateway } = await start();
    const answer = await fetch(`http://127.0.0.1:${port}/ocpp/CP-1`);
    expect(answer.status).toBe(426);
    expect(await answer.text()).toContain("Connection: Upgrade");
    expect(gateway.attempts.list()).toMatchObject([{ url: `ws://127.0.0.1:${port}/ocpp/CP-1` }]);
  });

  it("that is none is refused in plain words", async () => {
    const { port } = await start();
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const headers = { connection: "Upgrade", upgrade: "websocket" };
      httpRequest({ port, host: "127.0.0.1", path: "/ocpp/CP-1", headers })
        .on("response", (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(await answered).toBe(400);
  });

  it("too many at once wait for later, each for a time of its own, in one line", async () => {
    const { url, gateway, log } = await start({ limits: { handshakesInFlightMax: 0 } });
    const again: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const refused = await refusal(connectRaw(`${url}/ocpp/CP-${at}`));
      expect(refused.status).toBe(503);
      again.push(Number(refused.headers["retry-after"]));
    }
    expect(new Set(again).size).toBeGreaterThan(4);
    expect(Math.min(...again)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...again)).toBeLessThanOrEqual(15);
    expect(gateway.attempts.list()).toMatchObject([{ status: 503, address: "any", count: 20 }]);
    const lines = log.lines.filter(({ message }) => message === "A connection was refused");
    expect(lines).toHaveLength(1);
  });

  it("that fails to be kept is refused and hurts nobody", async () => {
    const node = await start();
    await node.store.close();
    const refused = await refusal(connectRaw(`${node.url}/ocpp/CP-1`));
    expect(refused.status).toBe(503);
  });
});
