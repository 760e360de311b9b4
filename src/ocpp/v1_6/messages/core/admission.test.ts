import { describe, expect, it } from "vitest";
import { hear } from "#support/rows16";
import {
  accepted,
  asked,
  at,
  configured,
  created,
  decommissioned,
  sent,
  served,
} from "#support/station-history";
import { happened } from "#support/story";
import { bootNotification } from "./boot-notification.ts";

const boot = { chargePointVendor: "Acme", chargePointModel: "Corp1" };
const unaccepted = happened("ChargingStationUnaccepted", {});
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe("BootNotification", () => {
  it("accepts a served station and keeps what it says of itself", () => {
    const whole = {
      ...boot,
      chargePointSerialNumber: "s",
      chargeBoxSerialNumber: "b",
      firmwareVersion: "1.0",
      iccid: "i",
      imsi: "m",
      meterType: "t",
      meterSerialNumber: "n",
    };
    const { answer, events } = hear("BootNotification", whole);
    expect(JSON.stringify(answer)).toBe(
      `{"status":"Accepted","currentTime":"${at(1000)}","interval":300}`,
    );
    const data = {
      at: at(1000),
      protocol: "ocpp1.6",
      vendor: "Acme",
      model: "Corp1",
      serialNumber: "s",
      boxSerialNumber: "b",
      firmwareVersion: "1.0",
      iccid: "i",
      imsi: "m",
      meterType: "t",
      meterSerialNumber: "n",
    };
    expect(events).toEqual([{ type: "ConfiguredChargingStationBooted", data }]);
  });
  it.each([
    ["reject", "Rejected"],
    ["pending", "Pending"],
  ] as const)("answers a stranger by the policy %s: %s", (unknownStations, status) => {
    for (const history of [[created], [created, accepted], [...served, unaccepted]]) {
      const { answer, events } = hear("BootNotification", boot, {
        history,
        settings: { unknownStations },
      });
      expect(answer).toEqual({ status, currentTime: at(1000), interval: 60 });
      expect(events).toHaveLength(1);
    }
  });
  it("admits a stranger under the policy accept, with a guessed configuration", () => {
    const scene = { history: [created], settings: { unknownStations: "accept" as const } };
    const { answer, events, state } = hear("BootNotification", boot, scene);
    expect(answer).toMatchObject({ status: "Accepted", interval: 300 });
    expect(types(events)).toEqual([
      "ChargingStationAccepted",
      "UnconfiguredChargingStationBooted",
      "ChargingStationConfigured",
    ]);
    expect(state).toMatchObject({ accepted: true, configured: true, inferred: true });
  });
  it("does not undo under the policy accept what a person decided", () => {
    const settings = { unknownStations: "accept" as const };
    for (const history of [
      [...served, unaccepted],
      [created, accepted, unaccepted],
      [...served, decommissioned],
      [created, decommissioned],
    ]) {
      const { answer, events } = hear("BootNotification", boot, { history, settings });
      expect(answer).toMatchObject({ status: "Rejected", interval: 60 });
      expect(events).toHaveLength(1);
    }
  });
  it("is no longer pending once it is decommissioned", () => {
    const history = [...served, decommissioned];
    const { answer } = hear("BootNotification", boot, {
      history,
      settings: { unknownStations: "pending" },
    });
    expect(answer).toMatchObject({ status: "Rejected" });
  });
  it("waits only for a configuration that may come", () => {
    const waits = (...history: readonly (typeof created | typeof accepted)[]) =>
      bootNotification.answerWhen?.(hear("BootNotification", boot, { history }).state) === false;
    expect(waits(created, accepted)).toBe(true);
    expect(waits(created)).toBe(false);
    expect(waits(created, accepted, configured)).toBe(false);
    expect(waits(created, accepted, decommissioned)).toBe(false);
  });
  it("takes a boot without vendor and model, and counts it", () => {
    const { events, deviations } = hear("BootNotification", { chargePointVendor: " " });
    expect(events[0]?.data).toEqual({ at: at(1000), protocol: "ocpp1.6" });
    expect(deviations).toContain("vendorMissing");
  });
});

describe("Heartbeat", () => {
  it("tells the time and records nothing", () => {
    const { answer, events } = hear("Heartbeat", {});
    expect({ answer, events }).toEqual({ answer: { currentTime: at(1000) }, events: [] });
  });
});

describe("a triggered message", () => {
  const status = { connectorId: 1, errorCode: "NoError", status: "Available" };
  const sampled = { value: "1", context: "Trigger" };
  const meter = { connectorId: 1, meterValue: [{ timestamp: at(5), sampledValue: [sampled] }] };
  const cases = [
    ["BootNotification", boot],
    ["Heartbeat", {}],
    ["StatusNotification", status],
    ["MeterValues", meter],
    ["DiagnosticsStatusNotification", { status: "Idle" }],
    ["FirmwareStatusNotification", { status: "Idle" }],
  ] as const;
  it.each(cases)("%s is linked to the request that asked for it", (message, request) => {
    const trigger = happened("TriggerMessageRequested", { ...asked(), message });
    const received = (history: readonly (typeof trigger)[]) =>
      hear(message, request, { history, seconds: 10 }).events.filter(
        ({ type }) => type === "TriggeredMessageReceived",
      );
    const data = { requestId: "r1", message, at: at(10) };
    expect(received([...served, trigger, sent()])).toEqual([
      { type: "TriggeredMessageReceived", data },
    ]);
    expect(received(served)).toEqual([]);
  });
  it("is of the EVSE that was named", () => {
    const message = "StatusNotification";
    const trigger = happened("TriggerMessageRequested", { ...asked(), message, evseId: 2 });
    const heard = (connectorId: number) =>
      types(
        hear(
          message,
          { ...status, connectorId },
          { history: [...served, trigger, sent()], seconds: 9 },
        ).events,
      );
    expect(heard(1)).toEqual(["StatusReported"]);
    expect(heard(2)).toEqual(["StatusReported", "TriggeredMessageReceived"]);
  });
});
