// The rows that are about sockets, over real ones: handshakes, signs of life, sizes, broken JSON.
// Profiles come as JSON, as an operator writes them.
import { request as httpRequest } from "node:http";
import { connect as connectTcp, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { stationSecret } from "#bus";
import { stationKey } from "#core";
import { createQuirkBook, readProfiles } from "#ocpp";
import { type GatewayHarness, gatewayHarness } from "#support/rpc/gateway-harness";
import { connectRaw, type RawStation, refusal } from "#support/rpc/raw-station";

const nodes: GatewayHarness[] = [];
const ends: { destroy?: () => void; terminate?: () => void }[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) {
    end.destroy?.();
    end.terminate?.();
  }
  for (const node of nodes.splice(0)) await node.stop();
});

const basic = (text: string | Buffer) => ({
  headers: { authorization: `Basic ${Buffer.from(text).toString("base64")}` },
});

/** A node with profiles as text of a file. */
async function start(
  profiles = "[]",
  options: Omit<NonNullable<Parameters<typeof gatewayHarness>[0]>, "quirks"> = {},
) {
  const quirks = createQuirkBook(readProfiles(JSON.parse(profiles), "the test"));
  const node = await gatewayHarness({ ...options, quirks });
  nodes.push(node);
  return { ...node, url: `ws://127.0.0.1:${node.port}` };
}

async function connected(...args: Parameters<typeof connectRaw>): Promise<RawStation> {
  const raw = await connectRaw(...args);
  ends.push(raw.ws);
  return raw;
}

const boot = (vendor: string, model = "One") =>
  JSON.stringify([
    2,
    "boot",
    "BootNotification",
    { chargePointVendor: vendor, chargePointModel: model },
  ]);

/** A station that has told what it is, on an earlier connection. */
async function known(node: Awaited<ReturnType<typeof start>>, vendor: string, stationId = "CP-1") {
  await node.admit(stationId);
  const raw = await connected(`${node.url}/ocpp/${stationId}`);
  expect(JSON.parse(await raw.ask(boot(vendor)))).toMatchObject({ 0: 3 });
  raw.ws.terminate();
  await expect.poll(() => node.gateway.connections.size, { timeout: 4_000 }).toBe(0);
}

async function counted(node: GatewayHarness, stationId = "CP-1") {
  const counts = await node.frames.deviations({ station: stationKey(stationId) });
  return [...new Set(counts.map(({ code }) => code))];
}

/** A handshake by hand: what no WebSocket client would send. */
async function shakeHands(port: number, lines: readonly string[]): Promise<[string, Socket]> {
  const socket = connectTcp(port, "127.0.0.1");
  ends.push(socket);
  const key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
  const head = ["GET /ocpp/CP-1 HTTP/1.1", "Host: x", key, "Sec-WebSocket-Version: 13", ...lines];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  const answer = await new Promise((resolve) => socket.once("data", resolve));
  return [String(answer), socket];
}

/** A masked text frame of less than 126 bytes. */
function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

describe("lenient", () => {
  it.each([
    ["none", []],
    ["an empty one", ["Sec-WebSocket-Protocol: "]],
    ["one that is unknown", ["Sec-WebSocket-Protocol: ocpp2.0.1.1"]],
  ])("T1: a model that offers %s speaks what its profile says", async (_what, lines) => {
    const node = await start(
      '[{"name":"g","match":{"vendor":"Grizzl*"},"quirks":{"defaultProtocol":"ocpp1.6"}}]',
    );
    await known(node, "Grizzl-E");
    const handshake = ["Connection: Upgrade", "Upgrade: websocket", ...lines];
    const [answer, socket] = await shakeHands(node.port, handshake);
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    socket.write(textFrame('[2,"1","Heartbeat",{}]'));
    const frame = String(await new Promise((resolve) => socket.once("data", resolve)));
    expect(frame).toContain('[3,"1",{');
    const stranger = await refusal(connectRaw(`${node.url}/ocpp/CP-2`, { protocols: [] }));
    expect(stranger.status).toBe(400);
    expect(node.gateway.attempts.list()[0]?.reason).toContain("Motown speaks ocpp1.6");
  });

  it("T1: a station that never came before is known by its id", async () => {
    const node = await start(
      '[{"name":"g","match":{"stationId":"GRZ-*"},"quirks":{"defaultProtocol":"ocpp1.6"}}]',
    );
    const raw = await connected(`${node.url}/ocpp/grz-17`, { protocols: [] });
    expect(raw.ws.protocol).toBe("");
  });

  it.each([
    ["nothing", []],
    ["keep-alive", ["Connection: keep-alive"]],
  ])("T2: %s where Connection: Upgrade belongs", async (_what, lines) => {
    const node = await start();
    await node.admit("CP-1");
    const upgrade = ["Upgrade: websocket", "Sec-WebSocket-Protocol: ocpp1.6"];
    const [answer, socket] = await shakeHands(node.port, [...upgrade, ...lines]);
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    for (const id of ["1", "2"]) {
      socket.write(textFrame(`[2,"${id}","Heartbeat",{}]`));
      const frame = String(await new Promise((resolve) => socket.once("data", resolve)));
      expect(frame).toContain(`[3,"${id}",{"currentTime"`);
    }
    await expect
      .poll(() => counted(node), { timeout: 4_000 })
      .toEqual(["connectionUpgradeMissing"]);
    socket.end();
    await expect.poll(() => node.gateway.connections.size, { timeout: 4_000 }).toBe(0);
  });

  it("T2: what is no handshake at all is explained, with the address it came from", async () => {
    const node = await start();
    const status = await new Promise((resolve) => {
      const path = "/ocpp/CP-1";
      httpRequest({ port: node.port, host: "127.0.0.1", path, headers: { upgrade: "websocket" } })
        .on("response", (response) => resolve(response.resume().statusCode))
        .end();
    });
    expect(status).toBe(426);
    expect(node.gateway.attempts.list()).toMatchObject([
      { address: "127.0.0.1", path: "/ocpp/CP-1" },
    ]);
  });

  it.each([
    ["/ocpp/cp-1", "other letters"],
    ["//ocpp//CP%2D1/", "doubled and trailing slashes, percent-encoded"],
    ["/steve/websocket/CentralSystemService/CP-1", "a former CSMS's path"],
    ["/tenant/7/CP-1/", "a tenant's path"],
  ])("T3: %s (%s) is CP-1", async (path) => {
    const node = await start(
      '[{"name":"s","match":{"path":["/steve/*","/tenant/*"]},"quirks":{"idSegments":1}}]',
    );
    await node.admit("CP-1");
    const raw = await connected(node.url + path);
    expect(node.gateway.connections.of("cp-1")).toMatchObject({ connected: true });
    expect(JSON.parse(await raw.ask('[2,"1","Heartbeat",{}]'))).toMatchObject({ 0: 3 });
  });

  it("T4: a password as bytes, as hex digits of these, and a name in other letters", async () => {
    const digits = "00ff3a80c1d2e3f405060708090a0b0c0d0e0f10";
    const node = await start(
      '[{"name":"h","match":{"vendor":"Hex"},"quirks":{"passwordAs":"hex"}}]',
    );
    for (const [id, vendor] of [
      ["CP-1", "Hex"],
      ["CP-2", "Other"],
    ] as const) {
      await known(node, vendor, id);
      const given = { key: stationKey(id), password: digits };
      await node.setPassword(id, stationSecret(node.cipher, given));
    }
    const bytes = (id: string) =>
      basic(Buffer.concat([Buffer.from(`${id}:`), Buffer.from(digits, "hex")]));
    await connected(`${node.url}/ocpp/CP-1`, bytes("cp-1"));
    await connected(`${node.url}/ocpp/CP-1`, basic(`CP-1:${digits}`));
    expect((await refusal(connectRaw(`${node.url}/ocpp/CP-2`, bytes("CP-2")))).status).toBe(401);
    const wrong = basic(`CP-1:${digits.replace("00", "01")}`);
    expect((await refusal(connectRaw(`${node.url}/ocpp/CP-1`, wrong))).status).toBe(401);
    const kept = { key: "cp-1", password: Buffer.from(digits, "hex") };
    await node.setPassword("CP-1", stationSecret(node.cipher, kept));
    await connected(`${node.url}/ocpp/CP-1`, basic(`CP-1:${digits}`));
  });

  it("T5: the newest socket of an id is served, and the older one is closed", async () => {
    const node = await start();
    await node.admit("CP-1");
    const first = await connected(`${node.url}/ocpp/CP-1`);
    const second = await connected(`${node.url}/ocpp/CP-1`);
    expect(await first.closed).toMatchObject({ code: 1000 });
    expect(JSON.parse(await second.ask('[2,"1","Heartbeat",{}]'))).toMatchObject({ 0: 3 });
    expect(await counted(node)).toEqual(["connectionReplaced"]);
  });

  it("T6: a model that answers no ping is not cut off; others are", async () => {
    const limits = { pingIntervalMs: 64, silenceMs: 200 };
    const node = await start(
      `[{"name":"q","match":{"vendor":"Q"},
        "quirks":{"silenceSeconds":60,"pingIntervalSeconds":0}}]`,
      { limits },
    );
    await known(node, "Q", "CP-1");
    await known(node, "Other", "CP-2");
    const silent = { autoPong: false };
    const quiet = await connected(`${node.url}/ocpp/CP-1`, silent);
    const pings: unknown[] = [];
    quiet.ws.on("ping", () => pings.push(1));
    const other = await connected(`${node.url}/ocpp/CP-2`, silent);
    expect(await other.closed).toMatchObject({ code: 1006 });
    expect(await counted(node, "CP-2")).toContain("connectionSilent");
    expect(JSON.parse(await quiet.ask('[2,"1","Heartbeat",{}]'))).toMatchObject({ 0: 3 });
    expect(pings).toEqual([]);
  });

  it("T7: a model behind an impatient middlebox is pinged more often", async () => {
    const node = await start(
      '[{"name":"m","match":{"stationId":"SIM-*"},"quirks":{"pingIntervalSeconds":1}}]',
    );
    const raw = await connected(`${node.url}/ocpp/SIM-1`);
    const other = await connected(`${node.url}/ocpp/CP-2`);
    let otherPinged = false;
    other.ws.on("ping", () => {
      otherPinged = true;
    });
    await new Promise((resolve) => raw.ws.once("ping", resolve));
    expect(otherPinged).toBe(false);
  });

  it("T9: no frame goes out that is longer than a model takes; lists go in parts", async () => {
    const node = await start(
      '[{"name":"s","match":{"vendor":"Small"},"quirks":{"sentFrameBytesMax":700}}]',
    );
    await known(node, "Small");
    const raw = await connected(`${node.url}/ocpp/CP-1`);
    const names = {
      correlationId: "c",
      requestedAt: node.clock.now(),
      deadline: "2100-01-01T00:00:00Z",
    };
    const long = { requestId: "long", vendorId: "acme", data: "x".repeat(900), ...names };
    await node.execute("CP-1", "RequestDataTransfer", long);
    const open = async () => (await node.bus.commands.station("cp-1")).requests;
    await expect.poll(open, { timeout: 4_000 }).toEqual([]);
    const tokens = await Promise.all(
      Array.from({ length: 12 }, (_none, at) => node.bus.tokens.resolve(`TOKEN-${at}`)),
    );
    const vault = tokens.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
    const entries = tokens.map(({ ref }) => ({ tokenRef: ref, status: "accepted" }));
    await node.put(vault);
    const list = { requestId: "list", listVersion: 1, updateType: "full", entries, ...names };
    await node.execute("CP-1", "RequestSendAuthorizationList", list);
    const sent: string[] = [];
    for (let size = 0; size < 12; ) {
      const frame = await raw.next();
      sent.push(frame);
      const [, id, action, payload] = JSON.parse(frame);
      expect(action).toBe("SendLocalList");
      size += payload.localAuthorizationList.length;
      raw.ws.send(JSON.stringify([3, id, { status: "Accepted" }]));
    }
    expect(sent.length).toBeGreaterThan(1);
    for (const frame of sent) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(700);
  });

  it("T10: a model may send longer frames than others", async () => {
    const node = await start(
      '[{"name":"l","match":{"vendor":"Large"},"quirks":{"receivedFrameBytesMax":9000}}]',
      { limits: { frameBytesMax: 2_000 } },
    );
    await known(node, "Large", "CP-1");
    await known(node, "Other", "CP-2");
    const long = JSON.stringify([
      2,
      "1",
      "DataTransfer",
      { vendorId: "a", data: "x".repeat(6_000) },
    ]);
    const large = await connected(`${node.url}/ocpp/CP-1`);
    expect(JSON.parse(await large.ask(long))).toMatchObject({ 0: 3, 1: "1" });
    const other = await connected(`${node.url}/ocpp/CP-2`);
    other.ws.send(long);
    expect(await other.closed).toMatchObject({ code: 1009 });
    await expect.poll(() => counted(node, "CP-2"), { timeout: 4_000 }).toContain("frameTooLarge");
  });

  it("T11: a comma in front, from the boot on, of the model that sends it", async () => {
    const node = await start(
      '[{"name":"c","match":{"vendor":"Comma"},"quirks":{"repairJson":["leadingComma"]}}]',
    );
    await node.admit("CP-1");
    const raw = await connected(`${node.url}/ocpp/CP-1`);
    raw.ws.send("");
    raw.ws.send(" \n");
    expect(JSON.parse(await raw.ask(`,${boot("Comma")}`))).toMatchObject({ 0: 3 });
    expect(JSON.parse(await raw.ask(',[2,"2","Heartbeat",{}]'))).toMatchObject({ 0: 3, 1: "2" });
    expect(await counted(node)).toEqual(["jsonRepaired"]);
    await node.admit("CP-2");
    const other = await connected(`${node.url}/ocpp/CP-2`);
    const refused = { 0: 4, 2: "FormationViolation" };
    expect(JSON.parse(await other.ask(`,${boot("Other")}`))).toMatchObject(refused);
    expect(JSON.parse(await other.ask(boot("Other")))).toMatchObject({ 0: 3 });
    expect(JSON.parse(await other.ask(',[2,"2","Heartbeat",{}]'))).toMatchObject(refused);
    expect(await counted(node, "CP-2")).toEqual(["invalidJson"]);
    const lines = node.log.lines.filter((line) => line.message.includes("could not be read"));
    expect(lines).toHaveLength(1);
  });

  it("T11: a member without a value, in an answer as well", async () => {
    const node = await start(
      '[{"name":"a","match":{"vendor":"AEFA2"},"quirks":{"repairJson":["missingValue"]}}]',
    );
    await known(node, "AEFA2");
    const raw = await connected(`${node.url}/ocpp/CP-1`);
    const stop = '{"transactionId":,"meterStop":5,"timestamp":"2026-05-04T10:00:00Z"}';
    expect(JSON.parse(await raw.ask(`[2,"1","StopTransaction",${stop}]`))).toMatchObject({ 0: 4 });
    const at = "2026-05-04T10:00:00Z";
    const told = `"connectorId":1,"idTag":"A","meterStart":5,"timestamp":"${at}"`;
    const broken = `[2,"2","StartTransaction",{${told},"reservationId":}]`;
    const answer = JSON.parse(await raw.ask(broken));
    expect(answer).toMatchObject({ 0: 3, 1: "2" });
  });
});

describe("strict", () => {
  it("T1: no profile makes up for a subprotocol", async () => {
    const node = await start(
      '[{"name":"g","match":{"stationId":"*"},"quirks":{"defaultProtocol":"ocpp1.6"}}]',
      { strict: true },
    );
    const refused = await refusal(connectRaw(`${node.url}/ocpp/CP-1`, { protocols: [] }));
    expect(refused.status).toBe(400);
  });

  it("T2: Connection: Upgrade is asked for, of one station or of all", async () => {
    const node = await start();
    await node.admit("CP-1");
    await node.execute("CP-1", "SetStrictness", { strict: true });
    const upgrade = ["Upgrade: websocket", "Sec-WebSocket-Protocol: ocpp1.6"];
    const [answer] = await shakeHands(node.port, upgrade);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain("Connection: Upgrade is missing");
  });

  it("T11: no profile repairs JSON", async () => {
    const node = await start(
      '[{"name":"c","match":{"stationId":"*"},"quirks":{"repairJson":["leadingComma"]}}]',
    );
    await node.admit("CP-1");
    const raw = await connected(`${node.url}/ocpp/CP-1`);
    expect(JSON.parse(await raw.ask(',[2,"1","Heartbeat",{}]'))).toMatchObject({ 0: 3 });
    await node.execute("CP-1", "SetStrictness", { strict: true });
    const refused = { 0: 4, 1: "2", 2: "FormationViolation" };
    expect(JSON.parse(await raw.ask(',[2,"2","Heartbeat",{}]'))).toMatchObject(refused);
  });
});
