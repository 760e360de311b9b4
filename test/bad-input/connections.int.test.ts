// Handshakes, sockets and transactions as no specification foresees them: what the operator sees of
// it, and that other stations go on.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defineAddOn } from "#bus";
import { instant } from "#support/conformance";
import { connectRaw, type RawStation, refusal } from "#support/rpc/raw-station";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";

const talker = defineAddOn({
  name: "talker",
  grants: { events: [], commands: [], queries: [], questions: ["IncomingDataTransfer"] },
  answers: {
    IncomingDataTransfer: async () => ({
      ...{ status: "accepted", provider: "talker" },
      data: "x".repeat(40_000),
    }),
  },
});

let house: HouseWithStations;
let neighbour: RawStation;
const sockets: RawStation[] = [];
beforeAll(async () => {
  house = await houseWithStations({
    addOns: [talker],
    limits: {
      frameBytesMax: 100_000,
      sendBufferBytesMax: 20_000,
      takeoversPerMinuteMax: 2,
    },
  });
  await house.token("TAG");
  await house.admit("NEIGHBOUR");
  neighbour = await connectRaw(`${house.wireUrl}/NEIGHBOUR`);
});
afterEach(async () => {
  for (const { ws } of sockets.splice(0)) ws.terminate();
  expect(JSON.parse(await neighbour.ask(heartbeat))).toMatchObject({ 0: 3, 1: "h" });
  expect((await house.api("GET", "/livez")).status).toBe(200);
});
afterAll(async () => {
  neighbour.ws.terminate();
  await house.stop();
});

const heartbeat = '[2,"h","Heartbeat",{}]';
const path = (stationId: string) => `/api/v1/charging-stations/${stationId}`;

async function connect(stationId: string, options: Parameters<typeof connectRaw>[1] = {}) {
  const raw = await connectRaw(`${house.wireUrl}/${stationId}`, options);
  sockets.push(raw);
  return raw;
}

async function station(stationId: string, options: Parameters<typeof connectRaw>[1] = {}) {
  await house.admit(stationId);
  return connect(stationId, options);
}

async function asks(raw: RawStation, action: string, payload: unknown) {
  return JSON.parse(await raw.ask(JSON.stringify([2, "c", action, payload]))) as [
    number,
    string,
    Record<string, unknown>,
  ];
}

const counted = async (stationId: string) => {
  await house.idle();
  const items = await house.list(`${path(stationId)}/deviations`);
  return Object.fromEntries(items.map(({ code, count }) => [String(code), Number(count)]));
};
const logged = (words: string) => house.log.lines.some(({ message }) => message.includes(words));
const untilGone = (stationId: string) =>
  house.eventually(`the end of ${stationId}'s connection`, async () => {
    const { connection } = await house.get(path(stationId));
    return (connection as { connected: boolean }).connected ? undefined : true;
  });
const sessionsOf = async (stationId: string) => {
  await house.idle();
  return house.list(`${path(stationId)}/transactions?order=startedAt`);
};

describe("a handshake that is refused", () => {
  it("is listed with its reason and the URL that would work", async () => {
    const wire = house.wireUrl;
    await refusal(connectRaw(`${wire.replace("/ocpp", "")}/LOST`));
    await refusal(connectRaw(`${wire}/`));
    await refusal(connectRaw(`${wire}/OLD-ONE`, { protocols: ["ocpp1.5"] }));
    const attempts = await house.list("/api/v1/connection-attempts");
    expect(attempts).toMatchObject([
      {
        stationId: "OLD-ONE",
        status: 400,
        reason: "the station offers ocpp1.5; Motown speaks ocpp1.6",
        workingUrl: `${wire}/OLD-ONE`,
      },
      { status: 404, reason: expect.stringContaining("names no station") },
      { status: 404, url: "/LOST", workingUrl: `${wire}/LOST` },
    ]);
    expect(logged("A connection was refused")).toBe(true);
  });

  it("for a wrong password keeps out, names no password, and hurts no one who is in", async () => {
    await house.api("POST", "/api/v1/charging-stations", {
      ...{ stationId: "SAFE", accepted: true, password: "0123456789abcdef" },
      evses: [{ evseId: 1, connectors: [{ connectorId: 1, type: "T2" }] }],
    });
    const basic = (password: string) => {
      const secret = Buffer.from(`SAFE:${password}`).toString("base64");
      return { headers: { authorization: `Basic ${secret}` } };
    };
    const inside = await connect("SAFE", basic("0123456789abcdef"));
    const wrong = await refusal(connectRaw(`${house.wireUrl}/SAFE`, basic("fedcba9876543210")));
    expect(wrong.status).toBe(401);
    expect(JSON.parse(await inside.ask(heartbeat))[0]).toBe(3);
    const [attempt] = await house.list("/api/v1/connection-attempts?stationId=SAFE");
    expect(attempt).toMatchObject({ status: 401, reason: "The station's password is wrong." });
    expect(JSON.stringify([attempt, house.log.lines])).not.toContain("fedcba9876543210");
  });
});

describe("a stranger", () => {
  it("gets a SecurityError before its boot, and the operator a line that says what to do", async () => {
    const raw = await connect("STRANGER");
    expect(await asks(raw, "Heartbeat", {})).toMatchObject({ 0: 4, 2: "SecurityError" });
    const status = { connectorId: 1, status: "Available", errorCode: "NoError" };
    expect(await asks(raw, "StatusNotification", status)).toMatchObject({ 2: "SecurityError" });
    expect((await house.api("GET", path("STRANGER"))).status).toBe(404);
    expect(logged("npx motown accept STRANGER")).toBe(true);
    const boot = { chargePointVendor: "Acme", chargePointModel: "One" };
    expect(await asks(raw, "BootNotification", boot)).toMatchObject({ 2: { status: "Rejected" } });
    expect(await asks(raw, "StatusNotification", status)).toMatchObject({ 2: "SecurityError" });
    expect(await counted("STRANGER")).toEqual({ callBeforeAdmission: 3 });
    expect(await house.list(`${path("STRANGER")}/evses`)).toEqual([]);
  });
});

describe("a socket", () => {
  it("with a frame beyond the limit is closed with 1009; that is logged and counted", async () => {
    const raw = await station("LARGE");
    const data = "x".repeat(200_000);
    raw.ws.send(JSON.stringify([2, "c", "DataTransfer", { vendorId: "v", data }]));
    expect(await raw.closed).toMatchObject({ code: 1009 });
    expect(await counted("LARGE")).toEqual({ frameTooLarge: 1 });
    expect(logged("A connection is odd")).toBe(true);
    expect(JSON.parse(await (await connect("LARGE")).ask(heartbeat))[0]).toBe(3);
  });

  it("with bytes for a text is closed with 1003", async () => {
    const raw = await station("BYTES");
    raw.ws.send(Buffer.from(heartbeat));
    expect(await raw.closed).toMatchObject({ code: 1003 });
    expect(await counted("BYTES")).toEqual({ frameNotText: 1 });
  });

  it("gives way to a newer one of the same station, which is served", async () => {
    const old = await station("TWICE");
    const young = await connect("twice");
    expect(await old.closed).toMatchObject({ code: 1000 });
    expect(JSON.parse(await young.ask(heartbeat))[0]).toBe(3);
    expect(await house.get(path("TWICE"))).toMatchObject({ connection: { connected: true } });
    expect(await counted("TWICE")).toEqual({ connectionReplaced: 1 });
  });

  it("that others push out again and again stays in the end, and the operator is told", async () => {
    await station("FLAPPING");
    await connect("FLAPPING");
    const third = await connect("FLAPPING");
    const refused = await refusal(connectRaw(`${house.wireUrl}/FLAPPING`));
    expect(refused.status).toBe(429);
    expect(JSON.parse(await third.ask(heartbeat))[0]).toBe(3);
    expect(logged("Two stations seem to share one id")).toBe(true);
  });

  it("that is half open ends after its silence, and leaves the place to the next", async () => {
    const impatient = await houseWithStations({
      limits: { pingIntervalMs: 64, silenceMs: 300 },
    });
    try {
      await impatient.admit("HALF-OPEN");
      const url = `${impatient.wireUrl}/HALF-OPEN`;
      const raw = await connectRaw(url);
      // No FIN, no pong: as behind a cut cable.
      raw.ws.pause();
      await impatient.eventually("the end of the silent socket", async () => {
        const { connection } = await impatient.get(path("HALF-OPEN"));
        return (connection as { connected: boolean }).connected ? undefined : true;
      });
      const { items } = await impatient.get(`${path("HALF-OPEN")}/deviations`);
      expect(items).toMatchObject([{ code: "connectionSilent", count: 1 }]);
      const lines = impatient.log.lines.map(({ message }) => message);
      expect(lines).toContain("A silent station is disconnected");
      const again = await connectRaw(url);
      expect(JSON.parse(await again.ask(heartbeat))[0]).toBe(3);
      for (const { ws } of [raw, again]) ws.terminate();
    } finally {
      await impatient.stop();
    }
  });

  it("of who asks and never reads is cut off before it fills the memory", async () => {
    const raw = await station("DEAF");
    raw.ws.pause();
    // Enough to fill what the kernel keeps for a socket, too.
    for (let n = 0; n < 500; n++) {
      raw.ws.send(JSON.stringify([2, `d${n}`, "DataTransfer", { vendorId: "com.talker" }]));
    }
    await untilGone("DEAF");
    expect(await counted("DEAF")).toEqual({ readsTooSlowly: 1 });
  });
});

describe("a transaction's number", () => {
  it.each([
    ["0", 0, "transactionZero"],
    ["-1", -1, "transactionUnknown"],
    ["unknown", 987_654, "transactionUnknown"],
  ])("of %s that only its stop names is a session of its own", async (what, number, code) => {
    const stationId = `ORPHAN${what}`;
    const raw = await station(stationId);
    const stop = { transactionId: number, idTag: "TAG", meterStop: 700, timestamp: instant(-60) };
    expect(await asks(raw, "StopTransaction", stop)).toMatchObject({ 0: 3 });
    const sessions = await sessionsOf(stationId);
    expect(sessions).toMatchObject([
      { state: "ended", wireTransactionNumber: number, identifyingToken: "TAG", meterStopWh: 700 },
    ]);
    expect(sessions[0]?.reviews).toContain("stopWithoutStart");
    expect(await counted(stationId)).toEqual({ [code]: 1 });
  });

  it("that is not ours finds the session by its token, and samples that of their EVSE", async () => {
    const raw = await station("LOST-NUMBER");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: instant(-60) };
    await asks(raw, "StartTransaction", start);
    const sampledValue = [{ value: "500" }];
    const meterValue = [{ timestamp: instant(-30), sampledValue }];
    const samples = { connectorId: 1, transactionId: -1, meterValue };
    expect(await asks(raw, "MeterValues", samples)).toMatchObject({ 0: 3 });
    const stop = { transactionId: -1, idTag: "TAG", meterStop: 700, timestamp: instant() };
    expect(await asks(raw, "StopTransaction", stop)).toMatchObject({ 0: 3 });
    expect(await sessionsOf("LOST-NUMBER")).toMatchObject([
      { state: "ended", energyWh: 700, sampleCount: 1, reviews: ["stopMatchedByToken"] },
    ]);
  });
});

describe("what is told again", () => {
  it("has one effect, and is counted", async () => {
    const raw = await station("AGAIN");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: instant(-60) };
    const started = await asks(raw, "StartTransaction", start);
    const young = await connect("AGAIN");
    expect(await asks(young, "StartTransaction", start)).toEqual(started);
    const { transactionId } = started[2];
    const stop = { transactionId, meterStop: 700, timestamp: instant() };
    const stopped = await asks(young, "StopTransaction", stop);
    expect(await asks(young, "StopTransaction", stop)).toEqual(stopped);
    expect(await sessionsOf("AGAIN")).toMatchObject([{ energyWh: 700, reviews: [] }]);
    expect(await counted("AGAIN")).toEqual({ connectionReplaced: 1, repeatedCall: 2 });
  });

  it("with another meter reading is a second stop, to be looked at", async () => {
    const raw = await station("OTHERWISE");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: instant(-60) };
    const { transactionId } = (await asks(raw, "StartTransaction", start))[2];
    const stop = { transactionId, meterStop: 700, timestamp: instant() };
    await asks(raw, "StopTransaction", stop);
    expect(await asks(raw, "StopTransaction", { ...stop, meterStop: 900 })).toMatchObject({ 0: 3 });
    expect(await sessionsOf("OTHERWISE")).toMatchObject([
      { state: "ended", energyWh: 700, reviews: ["stoppedTwice"] },
    ]);
  });

  it("as a new start ends what ran there, as estimated", async () => {
    const raw = await station("NO-STOP");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: instant(-60) };
    await asks(raw, "StartTransaction", start);
    await asks(raw, "StartTransaction", { ...start, meterStart: 100, timestamp: instant() });
    expect(await sessionsOf("NO-STOP")).toMatchObject([
      { state: "estimated", reviews: ["endEstimated"] },
      { state: "active" },
    ]);
  });
});
