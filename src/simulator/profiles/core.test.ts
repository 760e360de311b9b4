import { describe, expect, it } from "vitest";
import { deskWith, emptyCar } from "#support/fake-csms";

async function charging() {
  const desk = await deskWith();
  const [evse] = desk.station.evses;
  if (!evse) throw new Error("no EVSE");
  evse.plugIn(emptyCar);
  await evse.swipe("TAG");
  await desk.time.advance(10);
  return { ...desk, evse };
}

describe("ChangeAvailability", () => {
  it("is obeyed at once where nothing charges, for one connector or for all", async () => {
    const { call, csms, time } = await deskWith();
    const off = { connectorId: 0, type: "Inoperative" };
    expect(await call("ChangeAvailability", off)).toEqual({ status: "Accepted" });
    await time.advance(10);
    expect(csms.statuses().slice(3)).toEqual(["0 Unavailable", "1 Unavailable", "2 Unavailable"]);
    await call("ChangeAvailability", { connectorId: 2, type: "Operative" });
    await time.advance(10);
    expect(csms.statuses().slice(6)).toEqual(["0 Available", "2 Available"]);
  });

  it("is scheduled while a transaction runs, and applied when it ends", async () => {
    const { call, csms, time, evse } = await charging();
    const off = { connectorId: 1, type: "Inoperative" };
    expect(await call("ChangeAvailability", off)).toEqual({ status: "Scheduled" });
    await time.advance(60_000);
    expect(csms.statuses().at(-1)).toBe("1 Charging");
    evse.stop("Local");
    await time.advance(10);
    expect(csms.statuses().at(-1)).toBe("1 Unavailable");
    evse.unplug();
    expect(await evse.swipe("TAG")).toBe(false);
  });

  it("is rejected for a connector that is not there", async () => {
    const { call } = await deskWith();
    const off = { connectorId: 9, type: "Inoperative" };
    expect(await call("ChangeAvailability", off)).toEqual({ status: "Rejected" });
  });

  it("survives a reset", async () => {
    const { call, csms, time } = await deskWith();
    await call("ChangeAvailability", { connectorId: 1, type: "Inoperative" });
    await call("Reset", { type: "Soft" });
    csms.forget();
    await time.advance(60_000);
    expect(csms.statuses()).toEqual(["0 Available", "1 Unavailable", "2 Available"]);
  });
});

describe("RemoteStartTransaction", () => {
  it("authorizes, waits for the plug and starts", async () => {
    const { call, csms, time, station } = await deskWith();
    const start = { connectorId: 2, idTag: "FAR" };
    expect(await call("RemoteStartTransaction", start)).toEqual({ status: "Accepted" });
    await time.advance(1_000);
    expect(csms.payloads("Authorize")).toEqual([{ idTag: "FAR" }]);
    expect(csms.payloads("StartTransaction")).toEqual([]);
    station.evses[1]?.plugIn(emptyCar);
    await time.advance(10);
    expect(csms.payloads("StartTransaction")).toMatchObject([{ connectorId: 2, idTag: "FAR" }]);
  });

  it("does not ask if AuthorizeRemoteTxRequests is off, and takes the plugged car", async () => {
    const { call, csms, time, station } = await deskWith();
    await call("ChangeConfiguration", { key: "AuthorizeRemoteTxRequests", value: "false" });
    station.evses[1]?.plugIn(emptyCar);
    expect(await call("RemoteStartTransaction", { idTag: "FAR" })).toEqual({ status: "Accepted" });
    await time.advance(10);
    expect(csms.payloads("Authorize")).toEqual([]);
    expect(csms.payloads("StartTransaction")).toMatchObject([{ connectorId: 2 }]);
  });

  it("obeys the profile that comes with it, and only a TxProfile", async () => {
    const { call, csms, time, station } = await deskWith();
    const profile = {
      ...{ chargingProfileId: 1, stackLevel: 0, chargingProfileKind: "Relative" },
      chargingSchedule: {
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 6_000 }],
      },
    };
    const start = (chargingProfilePurpose: string) =>
      call("RemoteStartTransaction", {
        ...{ connectorId: 1, idTag: "FAR" },
        chargingProfile: { ...profile, chargingProfilePurpose },
      });
    expect(await start("TxDefaultProfile")).toEqual({ status: "Rejected" });
    expect(await start("TxProfile")).toEqual({ status: "Accepted" });
    station.evses[0]?.plugIn(emptyCar);
    await time.advance(60_000);
    expect(station.evses[0]?.meter.powerW).toBe(6_000);
    expect(csms.payloads("StartTransaction")).toHaveLength(1);
  });

  it("is rejected where it cannot be", async () => {
    const { call } = await charging();
    const start = (connectorId: number) =>
      call("RemoteStartTransaction", { connectorId, idTag: "FAR" });
    expect(await start(1)).toEqual({ status: "Rejected" });
    expect(await start(7)).toEqual({ status: "Rejected" });
    await call("ChangeAvailability", { connectorId: 2, type: "Inoperative" });
    expect(await call("RemoteStartTransaction", { idTag: "F" })).toEqual({ status: "Rejected" });
  });
});

describe("RemoteStopTransaction", () => {
  it("ends the transaction of that number alone", async () => {
    const { call, csms, time } = await charging();
    const stop = (transactionId: number) => call("RemoteStopTransaction", { transactionId });
    expect(await stop(5)).toEqual({ status: "Rejected" });
    expect(await stop(1_001)).toEqual({ status: "Accepted" });
    await time.advance(10);
    expect(csms.payloads("StopTransaction")).toMatchObject([
      { transactionId: 1_001, reason: "Remote" },
    ]);
    expect(await stop(1_001)).toEqual({ status: "Rejected" });
  });
});

describe("UnlockConnector", () => {
  it("ends the transaction first; a lock may fail or be missing", async () => {
    const { call, csms, time, evse } = await charging();
    const unlock = (connectorId: number) => call("UnlockConnector", { connectorId });
    expect(await unlock(1)).toEqual({ status: "Unlocked" });
    await time.advance(10);
    expect(csms.payloads("StopTransaction")[0]).toMatchObject({ reason: "UnlockCommand" });
    evse.lock = "fails";
    expect(await unlock(1)).toEqual({ status: "UnlockFailed" });
    evse.lock = "none";
    expect(await unlock(1)).toEqual({ status: "NotSupported" });
    expect(await unlock(0)).toEqual({ status: "NotSupported" });
  });
});

describe("ClearCache", () => {
  it("makes the station forget who was welcome", async () => {
    const { call, csms, evse, station, time } = await charging();
    evse.stop("Local");
    evse.unplug();
    await time.advance(10);
    expect(await call("ClearCache")).toEqual({ status: "Accepted" });
    csms.unreachable = true;
    csms.drop(station.id);
    await time.advance(10);
    expect(await evse.swipe("TAG")).toBe(false);
  });

  it("is rejected without a cache", async () => {
    const { call } = await deskWith({ configuration: { AuthorizationCacheEnabled: "false" } });
    expect(await call("ClearCache")).toEqual({ status: "Rejected" });
  });
});

describe("DataTransfer", () => {
  it("knows its own vendor and one message", async () => {
    const { call } = await deskWith();
    const transfer = (vendorId: string, messageId: string) =>
      call("DataTransfer", { vendorId, messageId, data: "hello" });
    expect(await transfer("Motown", "Echo")).toEqual({ status: "Accepted", data: "hello" });
    expect(await transfer("Motown", "Sing")).toEqual({ status: "UnknownMessageId" });
    expect(await transfer("Acme", "Echo")).toEqual({ status: "UnknownVendorId" });
  });
});

describe("the configuration", () => {
  it("is read whole or in part, in any letter case, and names what is unknown", async () => {
    const { call } = await deskWith();
    const whole = (await call("GetConfiguration")) as { configurationKey: { key: string }[] };
    expect(whole.configurationKey.map(({ key }) => key)).toContain("HeartbeatInterval");
    const part = await call("GetConfiguration", { key: ["numberofconnectors", "Nonsense"] });
    expect(part).toEqual({
      configurationKey: [{ key: "NumberOfConnectors", readonly: true, value: "2" }],
      unknownKey: ["Nonsense"],
    });
    const secret = await call("GetConfiguration", { key: ["AuthorizationKey"] });
    expect(secret).toMatchObject({
      configurationKey: [{ key: "AuthorizationKey", readonly: false }],
    });
    expect(JSON.stringify(secret)).not.toContain("value");
  });

  it("refuses more keys than GetConfigurationMaxKeys", async () => {
    const { call } = await deskWith();
    const key = Array.from({ length: 51 }, (_none, at) => `Key${at}`);
    const answer = await call("GetConfiguration", { key });
    expect(answer).toEqual({ callError: "OccurenceConstraintViolation" });
  });

  it.each([
    ["HeartbeatInterval", "60", "Accepted"],
    ["HeartbeatInterval", "often", "Rejected"],
    ["NumberOfConnectors", "3", "Rejected"],
    ["MeterValuesSampledData", "SoC, Voltage", "Accepted"],
    ["MeterValuesSampledData", "SoC,Weather", "Rejected"],
    ["LocalPreAuthorize", "perhaps", "Rejected"],
    ["SecurityProfile", "1", "RebootRequired"],
    ["Nonsense", "1", "NotSupported"],
  ])("%s = %s is %s", async (key, value, status) => {
    const { call } = await deskWith();
    expect(await call("ChangeConfiguration", { key, value })).toEqual({ status });
  });

  it("changes what the station does: intervals and measurands", async () => {
    const { call, csms, time } = await charging();
    await call("ChangeConfiguration", { key: "HeartbeatInterval", value: "20" });
    await call("ChangeConfiguration", { key: "MeterValuesSampledData", value: "SoC" });
    csms.forget();
    await time.advance(60_000);
    expect(csms.payloads("Heartbeat")).toHaveLength(3);
    const texts = csms.payloads("MeterValues").map((one) => JSON.stringify(one));
    expect(texts).toHaveLength(6);
    expect(texts.every((text) => text.includes("SoC") && !text.includes("Energy"))).toBe(true);
  });
});
