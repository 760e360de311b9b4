// What stations send wrong, by a raw socket: what is answered, what is logged and counted, and that
// nobody else notices.
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { instant } from "#support/conformance";
import { connectRaw, type RawStation } from "#support/rpc/raw-station";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";

let house: HouseWithStations;
let neighbour: RawStation;
const sockets: RawStation[] = [];
beforeAll(async () => {
  house = await houseWithStations();
  await house.token("TAG");
  await house.admit("NEIGHBOUR");
  neighbour = await connectRaw(`${house.wireUrl}/NEIGHBOUR`);
});
afterEach(async () => {
  for (const { ws } of sockets.splice(0)) ws.terminate();
  // Whatever was sent, the process lives and others are served.
  expect(JSON.parse(await neighbour.ask('[2,"n","Heartbeat",{}]'))).toMatchObject({ 0: 3, 1: "n" });
  expect((await house.api("GET", "/livez")).status).toBe(200);
});
afterAll(async () => {
  neighbour.ws.terminate();
  await house.stop();
});

const path = (stationId: string) => `/api/v1/charging-stations/${stationId}`;

async function station(stationId: string, { strict = false } = {}): Promise<RawStation> {
  await house.admit(stationId);
  if (strict) await house.command(stationId, { type: "SetStrictness", strict });
  const raw = await connectRaw(`${house.wireUrl}/${stationId}`);
  sockets.push(raw);
  return raw;
}

async function asks(raw: RawStation, text: string): Promise<readonly unknown[]> {
  return JSON.parse(await raw.ask(text)) as unknown[];
}

/** Codes that the API has counted of a station, and how often. */
async function counted(stationId: string): Promise<Readonly<Record<string, number>>> {
  await house.idle();
  const items = await house.list(`${path(stationId)}/deviations`);
  return Object.fromEntries(items.map(({ code, count }) => [String(code), Number(count)]));
}

const logged = (stationId: string, words: string) =>
  house.log.lines.some(
    (line) => line.message.includes(words) && JSON.stringify(line).includes(stationId),
  );

const heartbeat = '[2,"h","Heartbeat",{}]';
const call = (action: string, payload: unknown, id = "c") =>
  JSON.stringify([2, id, action, payload]);

describe("a frame that is none", () => {
  it("of broken JSON is answered where its id can be read, logged and counted", async () => {
    const raw = await station("F-JSON");
    expect(await asks(raw, '[2,"7","Heartbeat",{')).toMatchObject({
      ...{ 0: 4, 1: "7", 2: "FormationViolation" },
    });
    expect(await asks(raw, ',[2,"8","Heartbeat",{}]')).toMatchObject({ 0: 4, 1: "8" });
    raw.ws.send("no json at all");
    expect(await asks(raw, heartbeat)).toMatchObject({ 0: 3, 1: "h" });
    expect(await counted("F-JSON")).toEqual({ invalidJson: 3 });
    expect(logged("F-JSON", "A frame could not be read")).toBe(true);
    const messages = await house.list(`${path("F-JSON")}/messages`);
    expect(messages.map((message) => message.call)).toContain("no json at all");
  });

  it.each([
    ["an object", "{}", "frameNotArray"],
    ["an empty list", "[]", "unknownMessageType"],
    ["of another type", '[5,"x","Heartbeat",{}]', "unknownMessageType"],
    ["without an id", '[2,{},"Heartbeat",{}]', "messageIdMissing"],
    ["that answers nothing", '[3,"never-asked",{}]', "answerToNothing"],
    ["that refuses nothing", '[4,"never-asked","GenericError","",{}]', "answerToNothing"],
  ])("%s cannot be answered, and is counted", async (what, frame, code) => {
    const stationId = `F-${what.replaceAll(" ", "-")}`;
    const raw = await station(stationId);
    raw.ws.send(frame);
    expect(await asks(raw, heartbeat)).toMatchObject({ 0: 3, 1: "h" });
    expect(await counted(stationId)).toEqual({ [code]: 1 });
  });

  it("without an action is told so", async () => {
    const raw = await station("F-ACTION");
    expect(await asks(raw, '[2,"7",7,{}]')).toMatchObject({ 0: 4, 1: "7" });
    expect(await counted("F-ACTION")).toEqual({ actionMissing: 1 });
  });

  it("that is empty keeps a socket open and is nothing else", async () => {
    const raw = await station("F-EMPTY");
    raw.ws.send("");
    raw.ws.send(" \n");
    expect(await asks(raw, heartbeat)).toMatchObject({ 0: 3 });
    expect(await counted("F-EMPTY")).toEqual({});
  });
});

describe("a frame that is almost one", () => {
  it.each([
    ["without a payload", '[2,"h","Heartbeat"]', "payloadMissing"],
    ["with null for a payload", '[2,"h","Heartbeat",null]', "payloadNotAnObject"],
    ["with a number for an id", '[2,7,"Heartbeat",{}]', "messageIdNumber"],
    ["with an empty id", '[2,"","Heartbeat",{}]', "messageIdEmpty"],
    ["with null for an id", '[2,null,"Heartbeat",{}]', "messageIdNull"],
    ["with more than belongs there", '[2,"h","Heartbeat",{},{}]', "frameTooLong"],
  ])("%s is answered under its own id, and counted", async (what, frame, code) => {
    const stationId = `A-${what.replaceAll(" ", "-")}`;
    const raw = await station(stationId);
    const id = (JSON.parse(frame) as unknown[])[1];
    expect(await asks(raw, frame)).toMatchObject({ 0: 3, 1: id });
    expect(await counted(stationId)).toEqual({ [code]: 1 });
  });

  it("is refused where the station is to be strict", async () => {
    const raw = await station("A-STRICT", { strict: true });
    expect(await asks(raw, '[2,7,"Heartbeat",{}]')).toMatchObject({
      ...{ 0: 4, 1: 7, 2: "FormationViolation" },
    });
    expect(await counted("A-STRICT")).toEqual({ messageIdNumber: 1 });
  });
});

describe("an action", () => {
  it("that 1.6 does not know is NotImplemented; one that we send is not served", async () => {
    const raw = await station("ACTION");
    expect(await asks(raw, call("MakeCoffee", {}))).toMatchObject({ 0: 4, 2: "NotImplemented" });
    expect(await asks(raw, call("constructor", {}))).toMatchObject({ 0: 4, 2: "NotImplemented" });
    expect((await asks(raw, call("Reset", { type: "Soft" })))[0]).toBe(4);
    expect(await asks(raw, heartbeat)).toMatchObject({ 0: 3 });
    expect(await counted("ACTION")).toEqual({ unknownAction: 2, unsupportedAction: 1 });
    expect(logged("ACTION", "departs from its protocol")).toBe(true);
  });
});

describe("a payload against its schema", () => {
  const boot = { chargePointVendor: "Acme", chargePointModel: "One", colour: "red" };

  it("is mended, answered and counted by default", async () => {
    const raw = await station("S-LENIENT");
    expect(await asks(raw, call("BootNotification", boot))).toMatchObject({
      ...{ 0: 3, 2: { status: "Accepted" } },
    });
    const long = { ...boot, colour: undefined, chargePointVendor: "x".repeat(30) };
    expect((await asks(raw, call("BootNotification", long, "d")))[0]).toBe(3);
    expect(await counted("S-LENIENT")).toEqual({ unknownMember: 1, textTooLong: 1 });
    expect(logged("S-LENIENT", "departs from its protocol")).toBe(true);
    const events = await house.list(`${path("S-LENIENT")}/events?type=DeviationSeen`);
    expect(events).toHaveLength(2);
  });

  it("is refused by its fault where the station is to be strict", async () => {
    const raw = await station("S-STRICT", { strict: true });
    const refusals = [
      [boot, "FormationViolation"],
      [{ chargePointVendor: "Acme" }, "OccurenceConstraintViolation"],
      [{ chargePointVendor: 7, chargePointModel: "One" }, "TypeConstraintViolation"],
      [
        { chargePointVendor: "x".repeat(30), chargePointModel: "One" },
        "PropertyConstraintViolation",
      ],
    ] as const;
    for (const [payload, code] of refusals) {
      expect(await asks(raw, call("BootNotification", payload))).toMatchObject({ 0: 4, 2: code });
    }
    expect(await counted("S-STRICT")).toEqual({ schemaViolation: refusals.length });
  });

  it("is refused even so where something indispensable is missing", async () => {
    const raw = await station("S-MISSING");
    const answer = await asks(raw, call("StatusNotification", { status: "Available" }));
    expect(answer).toMatchObject({ 0: 4, 2: "OccurenceConstraintViolation" });
    expect(JSON.stringify(answer)).toContain("connectorId");
    expect(await counted("S-MISSING")).toMatchObject({ schemaViolation: 1 });
  });

  it("is no way into the prototype", async () => {
    const raw = await station("S-PROTO");
    const text = '[2,"p","Heartbeat",{"__proto__":{"polluted":1},"constructor":{"x":1}}]';
    expect((await asks(raw, text))[0]).toBe(3);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("a clock", () => {
  it("of 1970 is replaced by ours, and the session flagged", async () => {
    const raw = await station("T-1970");
    const timestamp = "1970-01-01T00:00:12Z";
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp };
    const started = await asks(raw, call("StartTransaction", start));
    const { transactionId } = started[2] as { transactionId: number };
    expect(transactionId).toBeGreaterThan(0);
    const again = await asks(raw, call("StartTransaction", start, "another id"));
    expect(again[2], "told again").toEqual(started[2]);
    const stop = { transactionId, meterStop: 10, timestamp: "1970-01-01T01:00:00Z" };
    expect((await asks(raw, call("StopTransaction", stop)))[0]).toBe(3);
    await house.idle();
    const sessions = await house.list(`${path("T-1970")}/transactions`);
    expect(sessions).toMatchObject([
      { state: "ended", energyWh: 10, reviews: ["implausibleClock"], stationStartedAt: timestamp },
    ]);
    const began = Date.parse(String(sessions[0]?.startedAt));
    expect(Math.abs(began - Date.now())).toBeLessThan(60_000);
    expect(await counted("T-1970")).toEqual({ clockNotSet: 3, repeatedCall: 1 });
  });

  it.each([
    ["ahead", instant(86_400), "clockAhead"],
    ["none", "yesterday", "timeUnreadable"],
    ["zoneless", instant().slice(0, -1), "timeWithoutZone"],
  ])("that is %s hurts no status", async (what, timestamp, code) => {
    const raw = await station(`T-${what}`);
    const status = { connectorId: 1, status: "Available", errorCode: "NoError", timestamp };
    expect((await asks(raw, call("StatusNotification", status)))[0]).toBe(3);
    expect(await counted(`T-${what}`)).toEqual({ [code]: 1 });
    const evses = await house.list(`${path(`T-${what}`)}/evses?evseId=1`);
    expect(evses).toMatchObject([{ status: "available" }]);
  });
});

describe("a number", () => {
  it("with a comma is read as it is meant; one that is none is left out", async () => {
    const raw = await station("N-COMMA");
    const start = { connectorId: 1, idTag: "TAG", meterStart: "0,0", timestamp: instant(-60) };
    const started = await asks(raw, call("StartTransaction", start));
    const { transactionId } = started[2] as { transactionId: number };
    const sampledValue = [
      { value: "1,5", unit: "kWh" },
      { value: "NaN", measurand: "Voltage" },
      { value: "", measurand: "Frequency" },
      { value: 230, measurand: "Voltage", phase: "L1" },
    ];
    const meterValue = { timestamp: instant(), sampledValue };
    const values = { connectorId: 1, transactionId, meterValue };
    expect((await asks(raw, call("MeterValues", values)))[0]).toBe(3);
    await house.idle();
    const [session] = await house.list(`${path("N-COMMA")}/transactions`);
    expect(session).toMatchObject({ state: "active", energyWh: 1500, sampleCount: 2 });
    expect(await counted("N-COMMA")).toMatchObject({
      textAsNumber: 1,
      singleNotArray: 1,
      numberAsText: 1,
      valueUnreadable: 1,
    });
  });
});

describe("many at once", () => {
  it("are answered one by one, each once, while others are served", async () => {
    const raw = await station("M-MANY");
    const all = 300;
    for (let n = 0; n < all; n++) raw.ws.send(call("Heartbeat", {}, `m${n}`));
    expect(JSON.parse(await neighbour.ask(heartbeat))[0]).toBe(3);
    const answers: unknown[] = [];
    for (let n = 0; n < all; n++) answers.push(JSON.parse(await raw.next())[1]);
    expect(answers).toEqual(Array.from({ length: all }, (_none, n) => `m${n}`));
    await turn();
    expect(raw.frames).toEqual([]);
  });
});
