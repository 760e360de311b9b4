// How OCPP 1.6's values are to be read: tokens, meter values, connectors, availability.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type ConformanceHouse,
  conformanceHouse,
  instant,
  says,
  starts,
  stops,
} from "#support/conformance";
import type { OcppClient } from "#support/ocpp-client";

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse();
  await house.token("TAG");
});
afterEach(() => house.judge());
afterAll(() => house.stop());

describe("a token", () => {
  it("is one whatever the case of its letters, and may have 20 characters", async () => {
    await house.token("AbCdEfGhIjKlMnOpQrSt");
    const station = await house.served("V-CASE");
    for (const idTag of ["ABCDEFGHIJKLMNOPQRST", "abcdefghijklmnopqrst"]) {
      const { idTagInfo } = await station.call("Authorize", { idTag });
      expect(idTagInfo).toEqual({ status: "Accepted" });
    }
  });

  it("comes with expiry and group in all three answers", async () => {
    const expiryDate = "2040-01-01T00:00:00.000Z";
    await house.token("GROUPED", {
      status: "accepted",
      expiresAt: expiryDate,
      groupToken: "FLEET",
    });
    const station = await house.served("V-GROUP");
    const whole = { expiryDate, parentIdTag: "FLEET", status: "Accepted" };
    const idTag = "GROUPED";
    expect(await station.call("Authorize", { idTag })).toEqual({ idTagInfo: whole });
    const { transactionId, idTagInfo } = await starts(station, { idTag });
    expect(idTagInfo).toEqual(whole);
    expect(await stops(station, { transactionId, idTag })).toEqual({ idTagInfo: whole });
  });

  it("may stop what another of its group has started; any other is flagged, and stops", async () => {
    await house.token("ADA", { status: "accepted", groupToken: "CREW" });
    await house.token("BOB", { status: "accepted", groupToken: "CREW" });
    const friend = await house.served("V-FRIEND");
    const ofCrew = await starts(friend, { idTag: "ADA" });
    await stops(friend, { transactionId: ofCrew.transactionId, idTag: "BOB" });
    expect(await house.transaction("V-FRIEND")).toMatchObject({ state: "ended", reviews: [] });
    const stranger = await house.served("V-STRANGER");
    const { transactionId } = await starts(stranger, { idTag: "ADA" });
    await stops(stranger, { transactionId, idTag: "TAG" });
    expect(await house.transaction("V-STRANGER")).toMatchObject({
      state: "ended",
      reviews: ["stopOfAnotherToken"],
    });
  });

  it("has its limit of transactions at the start alone", async () => {
    await house.token("ONE", { status: "accepted", concurrency: 1 });
    const station = await house.served("V-LIMIT");
    const first = await starts(station, { idTag: "ONE" });
    expect(first.idTagInfo).toEqual({ status: "Accepted" });
    const second = await starts(station, { idTag: "ONE", connectorId: 2 });
    expect(second.idTagInfo).toEqual({ status: "ConcurrentTx" });
    expect(second.transactionId).toBeGreaterThan(first.transactionId);
    expect(await station.call("Authorize", { idTag: "ONE" })).toEqual({
      idTagInfo: { status: "Accepted" },
    });
  });
});

describe("meter values", () => {
  const sends = (station: OcppClient, transactionId: number, values: readonly object[]) =>
    station.call("MeterValues", {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: instant(), sampledValue: values }],
    });
  const series = async (stationId: string) => {
    const { transactionId } = await house.transaction(stationId);
    return house.list(`/api/v1/transactions/${transactionId}/meter-values?limit=100`);
  };

  it("in kWh are Wh exactly, and have the specification's defaults", async () => {
    const station = await house.served("V-KWH");
    const { transactionId } = await starts(station, { meterStart: 0 });
    await sends(station, transactionId, [{ value: "1.0053", unit: "kWh" }]);
    expect(await house.transaction("V-KWH")).toMatchObject({
      energyWh: 1005.3,
      meterLastWh: 1005.3,
    });
    await sends(station, transactionId, [{ value: "1007" }]);
    const defaults = {
      measurand: "Energy.Active.Import.Register",
      ...{ context: "Sample.Periodic", location: "Outlet", unit: "Wh" },
    };
    expect(await series("V-KWH")).toMatchObject([
      { ...defaults, value: 1005.3 },
      { ...defaults, value: 1007 },
    ]);
  });

  it("of phases are never added to the total that is there", async () => {
    const station = await house.served("V-PHASES");
    const { transactionId } = await starts(station, { meterStart: 0 });
    const phases = ["L1", "L2", "L3"].map((phase) => ({ value: "400", phase }));
    await sends(station, transactionId, [{ value: "1200" }, ...phases]);
    expect(await house.transaction("V-PHASES")).toMatchObject({ energyWh: 1200 });
    expect(await series("V-PHASES")).toHaveLength(4);
  });

  it("of the clock and of connector 0 are no part of a session's energy", async () => {
    const station = await house.served("V-CLOCK");
    const { transactionId } = await starts(station, { meterStart: 0 });
    await sends(station, transactionId, [{ value: "100" }]);
    await sends(station, transactionId, [{ value: "999", context: "Sample.Clock" }]);
    const meterValue = [{ timestamp: instant(), sampledValue: [{ value: "777777" }] }];
    await station.call("MeterValues", { connectorId: 0, meterValue });
    expect(await house.transaction("V-CLOCK")).toMatchObject({ energyWh: 100 });
  });

  it("of the stop join those that came before, once", async () => {
    const station = await house.served("V-TXDATA");
    const { transactionId } = await starts(station, { meterStart: 0 });
    const [first, last] = [instant(-20), instant(-10)];
    const meterValue = [{ timestamp: first, sampledValue: [{ value: "500" }] }];
    await station.call("MeterValues", { connectorId: 1, transactionId, meterValue });
    const atEnd = { value: "1500", context: "Transaction.End" };
    const transactionData = [...meterValue, { timestamp: last, sampledValue: [atEnd] }];
    await stops(station, { transactionId, meterStop: 1500, transactionData });
    expect(await series("V-TXDATA")).toMatchObject([
      { at: first, value: 500 },
      { at: last, value: 1500, context: "Transaction.End" },
    ]);
    expect(await house.transaction("V-TXDATA")).toMatchObject({ energyWh: 1500, reviews: [] });
  });

  it("that are signed are kept byte for byte", async () => {
    const station = await house.served("V-SIGNED");
    const { transactionId } = await starts(station, { meterStart: 0 });
    const value = `OCMF|{"FV":"1.0","RD":[{"RV":1.50,"RU":"kWh"}]}|{"SD":"3045\u00e4\\n 00"}`;
    await sends(station, transactionId, [{ value, format: "SignedData" }]);
    expect(await series("V-SIGNED")).toMatchObject([{ text: value, format: "SignedData" }]);
    expect(await house.transaction("V-SIGNED")).toMatchObject({ energyWh: 0 });
  });
});

describe("a connector", () => {
  it("of number 0 is the station, and overwrites no EVSE", async () => {
    const station = await house.served("V-ZERO");
    await says(station, "Charging");
    await says(station, "Unavailable", { connectorId: 0 });
    expect(await house.evse("V-ZERO")).toMatchObject({ status: "charging" });
    expect(await house.get("/api/v1/charging-stations/V-ZERO")).toMatchObject({
      status: "unavailable",
    });
  });

  it("that charges is put out of use when a status says so", async () => {
    const station = await house.served("V-SCHEDULED");
    station.answers("ChangeAvailability", { status: "Scheduled" });
    const { transactionId } = await starts(station);
    await says(station, "Charging");
    const wish = { type: "RequestChangeAvailability", availability: "inoperative", evseId: 1 };
    expect(await house.request("V-SCHEDULED", wish)).toMatchObject({
      outcome: "accepted",
      status: "Scheduled",
    });
    expect(station.received.at(-1)?.payload).toEqual({ connectorId: 1, type: "Inoperative" });
    expect(await house.evse("V-SCHEDULED")).toMatchObject({
      availability: "operative",
      scheduledAvailability: "inoperative",
    });
    await stops(station, { transactionId });
    await says(station, "Unavailable");
    const evse = await house.evse("V-SCHEDULED");
    expect(evse).toMatchObject({ availability: "inoperative", status: "unavailable" });
    expect(evse).not.toHaveProperty("scheduledAvailability", expect.any(String));
  });

  it("is left out where the whole station is meant", async () => {
    const station = await house.served("V-WHOLE");
    station.answers("ChangeAvailability", { status: "Accepted" });
    const wish = { type: "RequestChangeAvailability", availability: "inoperative" };
    expect(await house.request("V-WHOLE", wish)).toMatchObject({ outcome: "accepted" });
    expect(station.received.at(-1)?.payload).toEqual({ connectorId: 0, type: "Inoperative" });
    expect(await house.evse("V-WHOLE", 2)).toMatchObject({ availability: "inoperative" });
  });
});
