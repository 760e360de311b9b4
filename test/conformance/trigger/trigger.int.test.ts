// Messages that a station is asked to send: OCPP 1.6 edition 2, §5.17.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, instant, says } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

type Station = Awaited<ReturnType<ConformanceHouse["served"]>>;

/** What a station sends when it is asked for a message. */
const sends: Readonly<Record<string, (station: Station, connectorId?: number) => unknown>> = {
  BootNotification: (station) => station.boot(),
  DiagnosticsStatusNotification: (station) =>
    station.call("DiagnosticsStatusNotification", { status: "Idle" }),
  FirmwareStatusNotification: (station) =>
    station.call("FirmwareStatusNotification", { status: "Idle" }),
  Heartbeat: (station) => station.call("Heartbeat"),
  MeterValues: (station, connectorId = 1) =>
    station.call("MeterValues", {
      connectorId,
      meterValue: [
        { timestamp: instant(), sampledValue: [{ value: "17", context: "Trigger", unit: "Wh" }] },
      ],
    }),
  StatusNotification: (station, connectorId = 1) => says(station, "Available", { connectorId }),
};

async function triggered(stationId: string, wish: object) {
  const station = await house.served(stationId);
  station.answers("TriggerMessage", { status: "Accepted" });
  const asked = await house.request(stationId, { type: "RequestTriggerMessage", ...wish });
  expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted", followUp: "awaited" });
  const { payload } = await station.nextCall("TriggerMessage");
  return { station, asked, payload };
}

describe("TriggerMessage", () => {
  it("TC_054 each message without a connector is linked to its request", async () => {
    for (const [message, send] of Object.entries(sends)) {
      const { station, asked, payload } = await triggered(`TC-054-${message}`, { message });
      expect(payload).toEqual({ requestedMessage: message });
      await send(station);
      const seen = await shown.requestWith(asked, { followUp: "fulfilled" });
      expect(seen.triggeredAt, message).toEqual(expect.any(String));
      const events = await house.correlated(asked.correlationId);
      expect(events).toContain("TriggeredMessageReceived");
    }
  });

  it("TC_054 status and meter values of one connector are linked, another's are not", async () => {
    for (const message of ["MeterValues", "StatusNotification"]) {
      const stationId = `TC-054-one-${message}`;
      const { station, asked, payload } = await triggered(stationId, { message, evseId: 2 });
      expect(payload).toEqual({ requestedMessage: message, connectorId: 2 });
      await sends[message]?.(station, 1);
      await house.idle();
      expect((await house.requestOf(asked)).followUp, message).toBe("awaited");
      await sends[message]?.(station, 2);
      await shown.requestWith(asked, { followUp: "fulfilled" });
    }
  });

  it("TC_054 what it triggers may come before its own answer is read", async () => {
    const station = await house.served("TC-054-early");
    station.answers("TriggerMessage", async () => {
      await station.call("Heartbeat");
      return { status: "Accepted" };
    });
    const wish = { type: "RequestTriggerMessage", message: "Heartbeat" };
    const asked = await house.request("TC-054-early", wish);
    await shown.requestWith(asked, { outcome: "accepted", followUp: "fulfilled" });
  });

  async function isRefused(stationId: string, status: string, outcome: string): Promise<void> {
    const station = await house.served(stationId);
    station.answers("TriggerMessage", { status });
    const wish = { type: "RequestTriggerMessage", message: "MeterValues", evseId: 1 };
    const asked = await house.request(stationId, wish);
    expect(asked).toMatchObject({ outcome, status, followUp: "notAwaited" });
    await sends.MeterValues?.(station);
    await house.idle();
    expect((await house.requestOf(asked)).followUp).toBe("notAwaited");
    expect(await house.correlated(asked.correlationId)).not.toContain("TriggeredMessageReceived");
  }

  it("TC_055 Rejected awaits nothing, and what comes is the station's own", () =>
    isRefused("TC-055-1", "Rejected", "rejected"));

  it("TC_055 NotImplemented is shown as not supported", () =>
    isRefused("TC-055-2", "NotImplemented", "notSupported"));

  it("that nothing follows is missed after its deadline, and links none later", async () => {
    const wish = { message: "Heartbeat", deadlineSeconds: 1 };
    const { station, asked } = await triggered("TRIGGER-1", wish);
    const missed = await shown.requestWith(asked, { followUp: "missed" });
    expect(missed.outcome).toBe("accepted");
    await station.call("Heartbeat");
    expect((await house.requestOf(asked)).followUp).toBe("missed");
  });

  it("of the same message again is linked to the older request first", async () => {
    const { station, asked: first } = await triggered("TRIGGER-2", { message: "Heartbeat" });
    const wish = { type: "RequestTriggerMessage", message: "Heartbeat" };
    const second = await house.request("TRIGGER-2", wish);
    await station.call("Heartbeat");
    await shown.requestWith(first, { followUp: "fulfilled" });
    expect((await house.requestOf(second)).followUp).toBe("awaited");
    await station.call("Heartbeat");
    await shown.requestWith(second, { followUp: "fulfilled" });
  });

  it("sent as a call of one's own is linked as well", async () => {
    const station = await house.served("TRIGGER-3");
    station.answers("TriggerMessage", { status: "Accepted" });
    const payload = { requestedMessage: "StatusNotification", connectorId: 1 };
    const call = { type: "RequestOcppCall", action: "TriggerMessage", payload };
    const asked = await house.request("TRIGGER-3", call);
    await shown.requestWith(asked, { outcome: "accepted", followUp: "awaited" });
    await says(station, "Available");
    await shown.requestWith(asked, { followUp: "fulfilled" });
  });
});
