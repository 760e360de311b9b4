import { describe, expect, it } from "vitest";
import { answered, told } from "#support/rows16";
import { asked, sent, served } from "#support/station-history";
import { happened } from "#support/story";

describe("TriggerMessage", () => {
  const type = "TriggerMessageRequested";
  it.each([
    "BootNotification",
    "DiagnosticsStatusNotification",
    "FirmwareStatusNotification",
    "Heartbeat",
    "MeterValues",
    "StatusNotification",
  ])("asks for %s, of a connector or not", (message) => {
    const data = { ...asked(), message };
    expect(told("TriggerMessage", { type, data })).toEqual([{ requestedMessage: message }]);
    expect(told("TriggerMessage", { type, data: { ...data, evseId: 2 } })).toEqual([
      { requestedMessage: message, connectorId: 2 },
    ]);
  });
  it.each([
    ["Accepted", "accepted"],
    ["Rejected", "rejected"],
    ["NotImplemented", "notSupported"],
  ])("%s is %s", (status, outcome) => {
    const request = { requestedMessage: "Heartbeat" };
    const exchange = { request, response: { status }, event: asked() };
    const end = answered("TriggerMessage", exchange);
    expect(end).toMatchObject({ outcome, status, events: [] });
  });
  it.each(["TriggerMessage", "ExtendedTriggerMessage"])(
    "awaits the message after a call of %s by name",
    (action) => {
      const call = happened("OcppCallRequested", { ...asked(), action, payload: {} });
      const request = { requestedMessage: "StatusNotification", connectorId: 2 };
      const exchange = { request, response: { status: "Accepted" } };
      const scene = { history: [...served, call, sent()] };
      const { state } = answered(action, exchange, scene);
      expect(state.awaited).toMatchObject([
        { kind: "trigger", message: "StatusNotification", evseId: 2, requestId: "r1" },
      ]);
    },
  );
});
