// What holds in every case of OCPP 1.6's certification: one answer to each call, service without a
// boot, nothing sent unasked, nothing sent twice.
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

const sampledValue = [{ value: "1" }];
const transactionId = 77;

it.each([
  ["Authorize", { idTag: "TAG" }],
  ["BootNotification", { chargePointVendor: "Acme", chargePointModel: "One" }],
  ["DataTransfer", { vendorId: "com.nobody" }],
  ["DiagnosticsStatusNotification", { status: "Idle" }],
  ["FirmwareStatusNotification", { status: "Idle" }],
  ["Heartbeat", {}],
  ["LogStatusNotification", { status: "Idle" }],
  ["MeterValues", { connectorId: 1, meterValue: [{ timestamp: instant(), sampledValue }] }],
  ["SecurityEventNotification", { type: "ResetOrReboot", timestamp: instant() }],
  ["SignCertificate", { csr: "-----BEGIN CERTIFICATE REQUEST-----" }],
  ["SignedFirmwareStatusNotification", { status: "Idle" }],
  ["StartTransaction", { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: instant() }],
  ["StatusNotification", { connectorId: 1, status: "Available", errorCode: "NoError" }],
  ["StopTransaction", { transactionId, meterStop: 10, timestamp: instant() }],
])("answers %s exactly once, as the specification says", async (action, payload) => {
  const station = await house.served(`E-${action}`);
  await station.call(action, payload);
  await station.call("Heartbeat");
  const answers = station.frames.filter(({ direction }) => direction === "toStation");
  expect(answers.map(({ frame }) => frame?.[0])).toEqual([3, 3]);
});

it("serves a station after a restart of Motown without a boot, and ends what ran", async () => {
  const disk = await conformanceHouse({ database: "sqlite" });
  try {
    await disk.token("TAG");
    const station = await disk.served("E-RESTART");
    const { transactionId } = await starts(station);
    await disk.restart();
    await station.untilClosed();
    const again = await disk.connect("E-RESTART");
    expect(await says(again, "Charging")).toEqual({});
    expect(await stops(again, { transactionId })).toEqual({});
    expect(await disk.transaction("E-RESTART")).toMatchObject({ state: "ended", energyWh: 1500 });
    expect(again.received, "nothing is sent unasked").toEqual([]);
    disk.judge();
  } finally {
    await disk.stop();
  }
});

it("never sends a call again that was not answered before the socket closed", async () => {
  const station = await house.served("E-UNANSWERED");
  station.answers("ClearCache", () => new Promise(() => {}));
  const asked = await house.ask("E-UNANSWERED", { type: "RequestClearCache" });
  await station.nextCall("ClearCache");
  await station.terminate();
  await house.eventually("the end of the request", async () => {
    const { outcome } = await house.requestOf(asked);
    return outcome === "timedOut" || undefined;
  });
  const again = await house.connect("E-UNANSWERED");
  await again.boot();
  await again.call("Heartbeat");
  expect(again.received).toEqual([]);
});

it("has one call in flight to a station, and sends the next when it was answered", async () => {
  const station = await house.served("E-ONE-IN-FLIGHT");
  let answer = (_status: string) => {};
  const first = new Promise<string>((resolve) => {
    answer = resolve;
  });
  station.answers("ClearCache", async () => ({ status: await first }));
  station.answers("Reset", { status: "Accepted" });
  const clear = await house.ask("E-ONE-IN-FLIGHT", { type: "RequestClearCache" });
  await station.nextCall("ClearCache");
  const reset = await house.ask("E-ONE-IN-FLIGHT", { type: "RequestReset", kind: "soft" });
  expect(await station.call("Heartbeat"), "both directions are free of each other").toBeDefined();
  expect(station.received).toHaveLength(1);
  expect(await house.requestOf(reset)).toMatchObject({ state: "queued" });
  answer("Accepted");
  await station.nextCall("Reset");
  await house.eventually("both outcomes", async () => {
    const both = await Promise.all([house.requestOf(clear), house.requestOf(reset)]);
    return both.every(({ outcome }) => outcome === "accepted") || undefined;
  });
});

it("shows the station's refusal of what it does not know", async () => {
  const station = await house.served("E-ERROR");
  station.answers("ClearCache", { callError: "NotImplemented", description: "no cache here" });
  expect(await house.request("E-ERROR", { type: "RequestClearCache" })).toMatchObject({
    outcome: "failed",
    status: "NotImplemented",
    result: { description: "no cache here" },
  });
});
