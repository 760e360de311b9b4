// OCPP 1.6 certification of a CSMS: boot, sessions that are started at the station
// or offline, refused tokens.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
  type ConformanceHouse,
  conformanceHouse,
  instant,
  says,
  starts,
  stops,
} from "#support/conformance";

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse();
  await house.token("TAG");
});
afterEach(() => house.judge());
afterAll(() => house.stop());

it("TC_001_CSMS cold boot: accepted, with an interval and the time; statuses; heartbeat", async () => {
  const station = await house.served("C001");
  const boot = await station.boot({ firmwareVersion: "1.2.3", chargePointSerialNumber: "S-1" });
  expect(boot).toEqual({
    status: "Accepted",
    currentTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    interval: expect.any(Number),
  });
  expect(boot.interval).toBeGreaterThan(0);
  expect(await says(station, "Available", { connectorId: 0 })).toEqual({});
  expect(await says(station, "Available")).toEqual({});
  const { currentTime } = await station.call("Heartbeat");
  expect(Math.abs(Date.parse(String(currentTime)) - Date.now())).toBeLessThan(60_000);
  expect(await house.evse("C001")).toMatchObject({ status: "available" });
  expect(await house.evse("C001", 2)).toMatchObject({ status: "unknown" });
  expect(await house.get("/api/v1/charging-stations/C001")).toMatchObject({
    status: "available",
    vendor: "Acme",
    model: "One",
    firmwareVersion: "1.2.3",
    serialNumber: "S-1",
    connection: { connected: true, protocol: "ocpp1.6" },
  });
  expect(station.received, "nothing is sent unasked").toEqual([]);
});

it("TC_003_CSMS regular charging session, plug-in first", async () => {
  const station = await house.served("C003");
  await says(station, "Preparing");
  expect(await house.evse("C003")).toMatchObject({ status: "preparing" });
  const { idTagInfo } = await station.call("Authorize", { idTag: "TAG" });
  expect(idTagInfo).toEqual({ status: "Accepted" });
  const started = await starts(station);
  expect(started).toEqual({
    idTagInfo: { status: "Accepted" },
    transactionId: expect.any(Number),
  });
  const { transactionId } = started;
  expect(transactionId).toBeGreaterThan(0);
  expect(transactionId).toBeLessThan(2 ** 31);
  await says(station, "Charging");
  expect(await house.transaction("C003")).toMatchObject({ state: "active", energyWh: 0 });
  expect(await house.evse("C003")).toMatchObject({
    status: "charging",
    transactionId: expect.any(String),
  });
  await says(station, "Finishing");
  const stopped = await stops(station, { transactionId, idTag: "TAG", reason: "Local" });
  expect(stopped).toEqual({ idTagInfo: { status: "Accepted" } });
  await says(station, "Available");
  expect(await house.transaction("C003")).toMatchObject({
    transactionNumber: transactionId,
    stationId: "C003",
    evseId: 1,
    identifyingToken: "TAG",
    state: "ended",
    stopReason: "Local",
    meterStartWh: 1000,
    meterStopWh: 2500,
    energyWh: 1500,
    reviews: [],
  });
  const evse = await house.evse("C003");
  expect(evse).toMatchObject({ status: "available" });
  expect(evse).not.toHaveProperty("transactionId", expect.any(String));
});

it("TC_004_1_CSMS regular charging session, identification first", async () => {
  const station = await house.served("C0041");
  const { idTagInfo } = await station.call("Authorize", { idTag: "TAG" });
  expect(idTagInfo).toEqual({ status: "Accepted" });
  await says(station, "Preparing");
  const { transactionId } = await starts(station);
  await says(station, "Charging");
  await stops(station, { transactionId, idTag: "TAG" });
  await says(station, "Finishing");
  await says(station, "Available");
  expect(await house.transaction("C0041")).toMatchObject({ state: "ended", energyWh: 1500 });
});

it("TC_004_2_CSMS identification first, the cable never comes: no session appears", async () => {
  const station = await house.served("C0042");
  await station.call("Authorize", { idTag: "TAG" });
  await says(station, "Preparing");
  await says(station, "Available");
  expect(await house.transaction("C0042")).toEqual({});
  expect(await house.evse("C0042")).toMatchObject({ status: "available" });
  expect(await house.eventTypes("C0042")).toContain("AuthorizationAnswered");
});

it("TC_005_1_CSMS the EV side is disconnected: the session ends with that reason", async () => {
  const station = await house.served("C0051");
  await station.call("Authorize", { idTag: "TAG" });
  await says(station, "Preparing");
  const { transactionId } = await starts(station);
  await says(station, "Charging");
  await says(station, "SuspendedEV");
  expect(await house.evse("C0051")).toMatchObject({ status: "suspendedEv" });
  expect(await stops(station, { transactionId, reason: "EVDisconnected" })).toEqual({});
  await says(station, "Finishing");
  await says(station, "Available");
  expect(await house.transaction("C0051")).toMatchObject({
    state: "ended",
    stopReason: "EVDisconnected",
    energyWh: 1500,
    reviews: [],
  });
});

it("TC_007_CSMS regular start with a cached id: no Authorize on this connection", async () => {
  const station = await house.served("C007");
  await says(station, "Preparing");
  expect(await starts(station)).toMatchObject({ idTagInfo: { status: "Accepted" } });
  await says(station, "Charging");
  expect(await house.transaction("C007")).toMatchObject({ state: "active", reviews: [] });
});

it("TC_023_1_CSMS authorize: an unknown token is Invalid", () => refuses("STRANGER", "Invalid"));

it("TC_023_2_CSMS authorize: an expired token is Expired", async () => {
  await house.token("OLD", { status: "expired" });
  await refuses("OLD", "Expired");
  await house.token("PAST", { status: "accepted", expiresAt: instant(-60) });
  await refuses("PAST", "Expired");
});

it("TC_023_3_CSMS authorize: a blocked token is Blocked", async () => {
  await house.token("BAD", { status: "blocked" });
  await refuses("BAD", "Blocked");
});

async function refuses(idTag: string, status: string): Promise<void> {
  const stationId = `C023-${idTag}`;
  const station = await house.served(stationId);
  await says(station, "Preparing");
  const { idTagInfo } = await station.call("Authorize", { idTag });
  expect(idTagInfo).toMatchObject({ status });
  await says(station, "Available");
  expect(await house.transaction(stationId)).toEqual({});
}

it("TC_024_CSMS the lock of the connector fails: recorded, and to be seen", async () => {
  const station = await house.served("C024");
  await station.call("Authorize", { idTag: "TAG" });
  await says(station, "Preparing");
  const fault = { errorCode: "ConnectorLockFailure", info: "bolt stuck", vendorErrorCode: "E7" };
  await says(station, "Faulted", fault);
  expect(await house.evse("C024")).toMatchObject({
    status: "faulted",
    errorCode: "ConnectorLockFailure",
    detail: { info: "bolt stuck", vendorErrorCode: "E7" },
  });
  expect(await house.transaction("C024")).toEqual({});
});

it("is served after a restart of its own on a new socket, without a boot", async () => {
  const station = await house.served("C-NEW-SOCKET");
  await station.boot();
  await station.terminate();
  const again = await house.connect("C-NEW-SOCKET");
  expect(await again.call("Heartbeat")).toHaveProperty("currentTime");
  expect(await says(again, "Available", { timestamp: instant(-60) })).toEqual({});
  expect(again.received, "nothing is sent unasked").toEqual([]);
});

it("TC_032_1_CSMS a power failure in a session: the boot ends nothing, the late stop does", async () => {
  const station = await house.served("O032");
  const { transactionId } = await starts(station, { timestamp: instant(-600) });
  await says(station, "Charging");
  await station.terminate();
  const again = await house.connect("O032");
  expect(await again.boot()).toMatchObject({ status: "Accepted" });
  await says(again, "Finishing");
  expect(await house.transaction("O032")).toMatchObject({ state: "active" });
  const timestamp = instant(-300);
  const stop = { transactionId, reason: "PowerLoss", timestamp };
  expect(await stops(again, stop)).toEqual({});
  await says(again, "Available");
  expect(await house.transaction("O032")).toMatchObject({
    state: "ended",
    stopReason: "PowerLoss",
    stoppedAt: timestamp,
    energyWh: 1500,
    reviews: [],
  });
});

it("TC_037_1_CSMS started offline with a valid token: judged at the station's time", async () => {
  await house.token("WAS-VALID", { status: "accepted", expiresAt: instant(-300) });
  const station = await house.served("O0371");
  await station.boot();
  const timestamp = instant(-600);
  const started = await starts(station, { idTag: "WAS-VALID", timestamp });
  expect(started.idTagInfo).toMatchObject({ status: "Accepted" });
  expect(started.transactionId).toBeGreaterThan(0);
  await says(station, "Charging");
  expect(await house.transaction("O0371")).toMatchObject({
    state: "active",
    startedAt: timestamp,
    reviews: [],
  });
  const now = await starts(station, { connectorId: 2, idTag: "WAS-VALID" });
  expect(now.idTagInfo).toMatchObject({ status: "Expired" });
});

it("TC_037_3_CSMS started offline with an invalid token: Invalid, and a number", async () => {
  const station = await house.served("O0373");
  const timestamp = instant(-600);
  const started = await starts(station, { idTag: "NOBODY", timestamp });
  expect(started).toEqual({
    idTagInfo: { status: "Invalid" },
    transactionId: expect.any(Number),
  });
  const { transactionId } = started;
  expect(transactionId).toBeGreaterThan(0);
  const stop = { transactionId, reason: "DeAuthorized", meterStop: 1010 };
  expect(await stops(station, stop)).toEqual({});
  await says(station, "Available");
  expect(await house.transaction("O0373")).toMatchObject({
    state: "ended",
    stopReason: "DeAuthorized",
    energyWh: 10,
    reviews: ["notAuthorized"],
  });
});

it("TC_039_CSMS all of a transaction offline: answered and stored as of then", async () => {
  const station = await house.served("O039");
  const startedAt = instant(-3 * 86_400);
  const stoppedAt = instant(-3 * 86_400 + 3600);
  const { transactionId, idTagInfo } = await starts(station, { timestamp: startedAt });
  expect(idTagInfo).toMatchObject({ status: "Accepted" });
  const stop = { transactionId, idTag: "TAG", timestamp: stoppedAt };
  expect(await stops(station, stop)).toMatchObject({ idTagInfo: { status: "Accepted" } });
  await says(station, "Available");
  expect(await house.transaction("O039")).toMatchObject({
    ...{ state: "ended", energyWh: 1500, reviews: [] },
    ...{ startedAt, stoppedAt, stopReason: "Local" },
  });
});

it("gives one number to one start, however often it is told", async () => {
  const station = await house.served("O-REPEATED");
  const start = { timestamp: instant(-60) };
  const first = await starts(station, start);
  await station.terminate();
  const again = await house.connect("O-REPEATED");
  expect(await starts(again, start)).toEqual(first);
  const { transactionId } = first;
  const stop = { transactionId, timestamp: instant() };
  expect(await stops(again, stop)).toEqual({});
  expect(await stops(again, stop)).toEqual({});
  expect(await house.transaction("O-REPEATED")).toMatchObject({ state: "ended", reviews: [] });
  const events = await house.eventTypes("O-REPEATED");
  expect(events.filter((type) => type === "TransactionStopped")).toHaveLength(1);
});

it("queues of an offline time are answered one by one, in their order", async () => {
  const station = await house.served("O-QUEUE");
  const timestamp = instant(-60);
  const call = (id: string, action: string, payload: object) =>
    station.sendRaw(JSON.stringify([2, id, action, payload]));
  const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp };
  for (let n = 1; n <= 20; n++) {
    const at = instant(n - 60);
    if (n === 1) call("1", "StartTransaction", start);
    else call(String(n), "StatusNotification", { ...status(n), timestamp: at });
  }
  await station.until("all answers", () => station.answersTo("20")[0]);
  const answered = station.frames.filter(({ frame }) => frame?.[0] === 3);
  const ids = answered.map(({ frame }) => Number(frame?.[1]));
  expect(ids).toEqual(Array.from({ length: 20 }, (_none, index) => index + 1));
  expect(await house.transaction("O-QUEUE")).toMatchObject({ state: "active" });
});

function status(n: number) {
  const word = n % 2 === 0 ? "Charging" : "SuspendedEV";
  return { connectorId: 1, errorCode: "NoError", status: word };
}
