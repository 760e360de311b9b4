// OCPP 1.6 certification of a CSMS: what an operator asks a station to do, and what follows.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, says, starts, stops } from "#support/conformance";
import type { OcppClient } from "#support/ocpp-client";

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse();
  await house.token("TAG");
});
afterEach(() => house.judge());
afterAll(() => house.stop());

const remoteStart = { type: "RequestStartTransaction", evseId: 1, identifyingToken: "TAG" };

it("TC_010_CSMS remote start, cable plugged in first", async () => {
  const station = await house.served("R010");
  station.answers("RemoteStartTransaction", { status: "Accepted" });
  await says(station, "Preparing");
  const asked = await house.request("R010", remoteStart);
  expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted", followUp: "awaited" });
  const { payload } = await station.nextCall("RemoteStartTransaction");
  expect(payload).toEqual({ connectorId: 1, idTag: "TAG" });
  expect(await station.call("Authorize", { idTag: "TAG" })).toMatchObject({
    idTagInfo: { status: "Accepted" },
  });
  await starts(station);
  await says(station, "Charging");
  const transaction = await house.transaction("R010");
  expect(transaction).toMatchObject({ state: "active", startRequestId: asked.requestId });
  expect(await house.requestOf(asked)).toMatchObject({
    followUp: "fulfilled",
    transactionId: transaction.transactionId,
  });
  expect(await house.correlated(asked.correlationId)).toEqual([
    "StartTransactionRequested",
    "RequestSent",
    "RequestCompleted",
    "TransactionOpened",
    "TransactionStarted",
  ]);
});

it("TC_011_1_CSMS remote start first, then the cable; without a connector as well", async () => {
  const station = await house.served("R0111");
  station.answers("RemoteStartTransaction", { status: "Accepted" });
  const { evseId: _any, ...anywhere } = remoteStart;
  const asked = await house.request("R0111", anywhere);
  const { payload } = await station.nextCall("RemoteStartTransaction");
  expect(payload).toEqual({ idTag: "TAG" });
  await station.call("Authorize", { idTag: "TAG" });
  await says(station, "Preparing", { connectorId: 2 });
  await starts(station, { connectorId: 2 });
  await says(station, "Charging", { connectorId: 2 });
  expect(await house.transaction("R0111")).toMatchObject({
    evseId: 2,
    startRequestId: asked.requestId,
  });
});

it("TC_011_2_CSMS remote start, the cable never comes: no session, and the request says so", async () => {
  const station = await house.served("R0112");
  station.answers("RemoteStartTransaction", { status: "Accepted" });
  const asked = await house.request("R0112", { ...remoteStart, deadlineSeconds: 1 });
  expect(asked).toMatchObject({ outcome: "accepted", followUp: "awaited" });
  await station.call("Authorize", { idTag: "TAG" });
  await says(station, "Preparing");
  await says(station, "Available");
  await house.eventually("the missed follow-up", async () => {
    const request = await house.requestOf(asked);
    return request.followUp === "missed" ? request : undefined;
  });
  expect(await house.transaction("R0112")).toEqual({});
  // Who comes afterwards comes on their own.
  await starts(station);
  const late = await house.transaction("R0112");
  expect(late).not.toHaveProperty("startRequestId", expect.any(String));
});

it("TC_012_CSMS remote stop: the station's own StopTransaction ends that session", async () => {
  const station = await house.served("R012");
  station.answers("RemoteStopTransaction", { status: "Accepted" });
  const { transactionId } = await starts(station);
  await says(station, "Charging");
  const running = await house.transaction("R012");
  const asked = await house.request("R012", {
    type: "RequestStopTransaction",
    transactionId: running.transactionId,
  });
  expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
  const { payload } = await station.nextCall("RemoteStopTransaction");
  expect(payload).toEqual({ transactionId });
  expect(await house.transaction("R012")).toMatchObject({ state: "active" });
  await stops(station, { transactionId, reason: "Remote" });
  await says(station, "Finishing");
  await says(station, "Available");
  expect(await house.transaction("R012")).toMatchObject({
    transactionId: running.transactionId,
    state: "ended",
    stopReason: "Remote",
    stopRequestId: asked.requestId,
    energyWh: 1500,
    reviews: [],
  });
});

it("TC_013_CSMS hard reset in a session: its stop is stored though no one read our answer", async () => {
  const station = await house.served("R013");
  station.answers("Reset", { status: "Accepted" });
  const { transactionId } = await starts(station);
  const asked = await house.request("R013", { type: "RequestReset", kind: "hard" });
  expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
  expect((await station.nextCall("Reset")).payload).toEqual({ type: "Hard" });
  const stop = { transactionId, meterStop: 2500, timestamp: new Date().toISOString() };
  const frame = [2, "last", "StopTransaction", { ...stop, reason: "HardReset" }];
  station.sendRaw(JSON.stringify(frame));
  await station.terminate();
  await house.eventually("the end of the session", async () => {
    const { state } = await house.transaction("R013");
    return state === "ended" || undefined;
  });
  const again = await house.connect("R013");
  expect(await again.boot()).toMatchObject({ status: "Accepted" });
  await says(again, "Available");
  const ended = { state: "ended", stopReason: "HardReset", energyWh: 1500 };
  expect(await house.transaction("R013")).toMatchObject(ended);
  expect(again.received, "nothing is sent again").toEqual([]);
});

it("TC_013_CSMS hard reset: the boot may come on the same connection", async () => {
  const station = await house.served("R013-SAME");
  station.answers("Reset", { status: "Accepted" });
  await house.request("R013-SAME", { type: "RequestReset", kind: "hard" });
  expect(await station.boot()).toMatchObject({ status: "Accepted" });
  expect(await says(station, "Available")).toEqual({});
});

it("TC_014_CSMS soft reset: the session is stopped first", async () => {
  const station = await house.served("R014");
  station.answers("Reset", { status: "Accepted" });
  const { transactionId } = await starts(station);
  const asked = await house.request("R014", { type: "RequestReset", kind: "soft" });
  expect(asked).toMatchObject({ outcome: "accepted" });
  expect((await station.nextCall("Reset")).payload).toEqual({ type: "Soft" });
  expect(await stops(station, { transactionId, reason: "SoftReset" })).toEqual({});
  await station.close();
  const again = await house.connect("R014");
  expect(await again.boot()).toMatchObject({ status: "Accepted" });
  await says(again, "Available");
  expect(await house.transaction("R014")).toMatchObject({
    state: "ended",
    stopReason: "SoftReset",
  });
  expect(await house.get("/api/v1/charging-stations/R014")).toHaveProperty("lastBootAt");
});

it("TC_014_CSMS soft reset that the station refuses", async () => {
  const station = await house.served("R014-NO");
  station.answers("Reset", { status: "Rejected" });
  const asked = await house.request("R014-NO", { type: "RequestReset", kind: "soft" });
  expect(asked).toMatchObject({ outcome: "rejected", status: "Rejected" });
});

it("TC_017_1_CSMS unlock without a session: Unlocked", async () => {
  const station = await house.served("R0171");
  const asked = await unlocks(station, "Unlocked");
  expect(asked).toMatchObject({ outcome: "accepted", status: "Unlocked" });
  expect((await station.nextCall("UnlockConnector")).payload).toEqual({ connectorId: 1 });
  expect(await house.evse("R0171")).toHaveProperty("unlockedAt");
});

it("TC_017_2_CSMS unlock of a fixed cable: NotSupported", async () => {
  const station = await house.served("R0172");
  expect(await unlocks(station, "NotSupported")).toMatchObject({
    outcome: "notSupported",
    status: "NotSupported",
  });
  expect(await house.evse("R0172")).not.toHaveProperty("unlockedAt", expect.any(String));
});

it("TC_018_1_CSMS unlock in a session: the session ends by it", async () => {
  const station = await house.served("R0181");
  const { transactionId } = await starts(station);
  await says(station, "Charging");
  expect(await unlocks(station, "Unlocked")).toMatchObject({ outcome: "accepted" });
  await says(station, "Finishing");
  expect(await stops(station, { transactionId, reason: "UnlockCommand" })).toEqual({});
  await says(station, "Available");
  expect(await house.transaction("R0181")).toMatchObject({
    state: "ended",
    stopReason: "UnlockCommand",
    energyWh: 1500,
  });
});

it("TC_026_CSMS remote start rejected: that is its outcome, and nothing is awaited", async () => {
  const station = await house.served("R026");
  station.answers("RemoteStartTransaction", { status: "Rejected" });
  await says(station, "Unavailable");
  const asked = await house.request("R026", remoteStart);
  expect(asked).toMatchObject({
    outcome: "rejected",
    status: "Rejected",
    followUp: "notAwaited",
  });
  expect(station.received, "what is asked goes out").toHaveLength(1);
  expect(await house.transaction("R026")).toEqual({});
});

it("TC_028_CSMS remote stop of an unknown transaction goes out, and is rejected", async () => {
  const station = await house.served("R028");
  station.answers("RemoteStopTransaction", { status: "Rejected" });
  await starts(station);
  const wish = { type: "RequestStopTransaction", transactionNumber: 1234 };
  expect(await house.request("R028", wish)).toMatchObject({
    outcome: "rejected",
    status: "Rejected",
  });
  expect((await station.nextCall("RemoteStopTransaction")).payload).toEqual({
    transactionId: 1234,
  });
  expect(await house.transaction("R028")).toMatchObject({ state: "active" });
});

it("TC_030_CSMS unlock fails: UnlockFailed", async () => {
  const station = await house.served("R030");
  expect(await unlocks(station, "UnlockFailed")).toMatchObject({
    outcome: "rejected",
    status: "UnlockFailed",
  });
  expect(await house.evse("R030")).not.toHaveProperty("unlockedAt", expect.any(String));
});

it("TC_031_CSMS unlock of a connector that is not there goes out: NotSupported", async () => {
  const station = await house.served("R031");
  expect(await unlocks(station, "NotSupported", 9)).toMatchObject({ outcome: "notSupported" });
  expect((await station.nextCall("UnlockConnector")).payload).toEqual({ connectorId: 9 });
});

it("unlocks all connectors, one after the other, where none is named", async () => {
  const station = await house.served("R-UNLOCK-ALL");
  station.answersOnce("UnlockConnector", { status: "Unlocked" });
  station.answersOnce("UnlockConnector", { status: "UnlockFailed" });
  const asked = await house.request("R-UNLOCK-ALL", { type: "RequestUnlockEvse" });
  const connectors = station.received.map(({ payload }) => payload.connectorId);
  expect(connectors.sort()).toEqual([1, 2]);
  await house.eventually("the outcome of both", async () => {
    const request = await house.requestOf(asked);
    return request.outcome === "rejected" ? request : undefined;
  });
});

function unlocks(station: OcppClient, status: string, evseId = 1) {
  station.answers("UnlockConnector", { status });
  return house.request(station.stationId, { type: "RequestUnlockEvse", evseId });
}
