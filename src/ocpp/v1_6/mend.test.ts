import { describe, expect, it } from "vitest";
import { v1_6 } from "./index.ts";

function mended(action: string, payload: unknown, kind: "request" | "response" = "request") {
  const result = v1_6.mend?.(payload, { action, kind });
  const left = v1_6.checkMended?.(action, kind, result?.payload ?? payload);
  return { ...result, fault: left?.description };
}

const at = "2026-05-04T10:00:00Z";
const status = { connectorId: 1, errorCode: "NoError", status: "Available" };
const start = { connectorId: 1, idTag: "a", meterStart: 0, timestamp: at };
const stop = { transactionId: 1, meterStop: 1, timestamp: at };
const value = { value: "1" };
const sampled = { timestamp: at, sampledValue: [value] };

const repairs: readonly [string, unknown, unknown, readonly string[]][] = [
  ["Heartbeat", null, {}, ["payloadNotAnObject"]],
  ["Heartbeat", [], {}, ["payloadNotAnObject"]],
  ["Heartbeat", { currentTime: at }, {}, ["unknownMember"]],
  [
    "StatusNotification",
    { ConnectorID: 1, errorCode: "NoError", status: "Available" },
    status,
    ["memberSpelling"],
  ],
  ["StatusNotification", { ...status, info: null, vendorId: null }, status, ["nullMember"]],
  ["StatusNotification", { ...status, connectorId: "1" }, status, ["textAsNumber"]],
  ["StatusNotification", { ...status, connectorId: 1.4 }, status, ["numberNotWhole"]],
  [
    "StatusNotification",
    { ...status, connectorId: 1e21 },
    { ...status, connectorId: 2 ** 53 - 1 },
    ["numberTooLarge"],
  ],
  [
    "StopTransaction",
    { ...stop, transactionId: "-1e300" },
    { ...stop, transactionId: 1 - 2 ** 53 },
    ["textAsNumber", "numberTooLarge"],
  ],
  ["StatusNotification", { ...status, info: 7 }, { ...status, info: "7" }, ["numberAsText"]],
  ["StatusNotification", { ...status, timestamp: "" }, status, ["emptyText"]],
  ["StatusNotification", { ...status, timestamp: "soon" }, status, ["timeUnreadable"]],
  [
    "StatusNotification",
    { ...status, timestamp: "2026-05-04 10:00:00" },
    { ...status, timestamp: "2026-05-04T10:00:00.000Z" },
    ["timeWithoutZone"],
  ],
  [
    "StatusNotification",
    { ...status, timestamp: "2026-05-04T10:00:00,5Z" },
    { ...status, timestamp: "2026-05-04T10:00:00.500Z" },
    ["timeSpelling"],
  ],
  ["StatusNotification", { ...status, status: "available" }, status, ["wordSpelling"]],
  [
    "StatusNotification",
    { ...status, status: "Occupied" },
    { ...status, status: "Occupied" },
    ["wordUnknown"],
  ],
  [
    "StatusNotification",
    { ...status, vendorId: "v".repeat(300) },
    { ...status, vendorId: "v".repeat(255) },
    ["textTooLong"],
  ],
  [
    "StartTransaction",
    { ...start, timestamp: "" },
    { ...start, timestamp: undefined },
    ["emptyText"],
  ],
  [
    "StartTransaction",
    { ...start, meterStart: "12,5" },
    { ...start, meterStart: 12.5 },
    ["textAsNumber", "numberNotWhole"],
  ],
  [
    "StartTransaction",
    { ...start, idTag: "x".repeat(40) },
    { ...start, idTag: "x".repeat(40) },
    ["tokenTooLong"],
  ],
  ["StopTransaction", { ...stop, reason: "" }, stop, ["emptyText"]],
  ["StopTransaction", { ...stop, reason: "Bored" }, { ...stop, reason: "Bored" }, ["wordUnknown"]],
  [
    "StopTransaction",
    { ...stop, transactionData: { values: [{ timestamp: at, value: [value] }] } },
    { ...stop, transactionData: [sampled] },
    ["meterValueShape"],
  ],
  [
    "MeterValues",
    { connectorId: 1, meterValue: { timestamp: at, sampledValue: value } },
    { connectorId: 1, meterValue: [sampled] },
    ["singleNotArray"],
  ],
  [
    "MeterValues",
    { connectorId: 1, values: [{ timestamp: at, values: [{ value: 1 }] }] },
    { connectorId: 1, meterValue: [sampled] },
    ["meterValueShape", "numberAsText"],
  ],
  [
    "MeterValues",
    { connectorId: 1, meterValue: [{ timestamp: at, value: "1" }] },
    { connectorId: 1, meterValue: [sampled] },
    ["meterValueShape"],
  ],
  [
    "MeterValues",
    { connectorId: 1, meterValue: [null, { timestamp: at, sampledValue: [null, value, {}] }] },
    { connectorId: 1, meterValue: [sampled] },
    ["valueMissing", "nullElement"],
  ],
  [
    "MeterValues",
    { connectorId: 1, meterValue: [{ sampledValue: [{ value: "1", unit: "", phase: "l1" }] }] },
    { connectorId: 1, meterValue: [{ sampledValue: [{ value: "1", phase: "L1" }] }] },
    ["emptyText", "wordSpelling"],
  ],
  [
    "MeterValues",
    { connectorId: 1, meterValue: [{ timestamp: at, sampledValue: [{ value: "1", unit: "Hz" }] }] },
    { connectorId: 1, meterValue: [{ timestamp: at, sampledValue: [{ value: "1", unit: "Hz" }] }] },
    ["wordUnknown"],
  ],
  [
    "BootNotification",
    { chargePointVendor: "v".repeat(30), chargePointModel: "" },
    { chargePointVendor: "v".repeat(30), chargePointModel: "" },
    ["textTooLong"],
  ],
];

describe("mend", () => {
  it.each(repairs)("repairs %s %j", (action, payload, whole, codes) => {
    expect(v1_6.check(action, "request", payload), "it was wrong").toBeDefined();
    const { payload: repaired, deviations, fault } = mended(action, payload);
    expect({ repaired, fault }).toEqual({ repaired: whole, fault: undefined });
    expect([...(deviations ?? [])].sort()).toEqual([...codes].sort());
  });
  it("reads the values of a configuration, however they are typed", () => {
    const response = {
      configurationKey: [
        { key: "a", readonly: "true", value: 5 },
        { key: "b", readonly: 0, value: false },
        { key: "c", value: "x".repeat(600) },
      ],
    };
    expect(mended("GetConfiguration", response, "response")).toEqual({
      payload: {
        configurationKey: [
          { key: "a", readonly: true, value: "5" },
          { key: "b", readonly: false, value: "false" },
          { key: "c", value: "x".repeat(600) },
        ],
      },
      deviations: ["textAsBoolean", "numberAsText", "textTooLong"],
      fault: undefined,
    });
  });
  it("leaves what lacks something indispensable to the check", () => {
    expect(mended("StartTransaction", { idTag: "a" }).fault).toContain("connectorId");
    expect(mended("MeterValues", { connectorId: 1 }).fault).toContain("meterValue");
    expect(mended("StatusNotification", { connectorId: 1 }).fault).toContain("status");
    expect(mended("Authorize", "a tag").fault).toContain("object");
    expect(mended("Reset", { status: "Perhaps" }, "response").fault).toContain("status");
  });
});
