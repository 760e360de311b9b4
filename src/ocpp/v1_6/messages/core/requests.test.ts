import { describe, expect, it } from "vitest";
import type { StationState } from "#core";
import { answered, hear, ref, told } from "#support/rows16";
import {
  accepted,
  asked,
  at,
  countedFrom,
  created,
  opened,
  sent,
  served,
} from "#support/station-history";
import { happened } from "#support/story";
import { inChunks } from "../../chunks.ts";

const call = (action: string) => happened("OcppCallRequested", { ...asked(), action, payload: {} });
const json = (value: unknown) => JSON.stringify(value);
const types = (end: { readonly events: readonly { readonly type: string }[] }) =>
  end.events.map(({ type }) => type);
/** Answers whose only word is a status, by what they lead to. */
function ends(action: string, request: unknown, status: string) {
  const { outcome, status: word, events } = answered(action, { request, response: { status } });
  return { outcome, word, types: types({ events }) };
}

describe("Reset", () => {
  it.each([
    ["soft", "Soft"],
    ["hard", "Hard"],
  ] as const)("%s", (kind, type) => {
    const data = { ...asked(), kind };
    expect(told("Reset", { type: "ResetRequested", data })).toEqual([{ type }]);
  });
  it.each([
    ["Accepted", "accepted"],
    ["Rejected", "rejected"],
  ])("%s is %s", (status, outcome) => {
    expect(ends("Reset", { type: "Soft" }, status)).toEqual({ outcome, word: status, types: [] });
  });
});

describe("RemoteStartTransaction", () => {
  const wish = { ...asked(), tokenRef: "ref-ABC" };
  const chargingProfile = {
    chargingProfileId: 3,
    stackLevel: 1,
    chargingProfilePurpose: "TxProfile" as const,
    chargingProfileKind: "Relative" as const,
    chargingSchedule: {
      chargingRateUnit: "A" as const,
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 10.5, numberPhases: 3 }],
    },
  };
  it("names token, connector and profile, each where it was asked", () => {
    const type = "StartTransactionRequested";
    expect(told("RemoteStartTransaction", { type, data: wish })).toEqual([{ idTag: "ABC" }]);
    const data = { ...wish, evseId: 2, chargingProfile };
    const [request] = told("RemoteStartTransaction", { type, data });
    expect(json(request)).toBe(json({ connectorId: 2, idTag: "ABC", chargingProfile }));
  });
  it("awaits nothing more after the named request, but a start after a call by name", () => {
    const request = { connectorId: 2, idTag: "ABC" };
    const response = { status: "Accepted" };
    const exchange = { request, response, event: wish };
    expect(answered("RemoteStartTransaction", exchange)).toMatchObject({
      outcome: "accepted",
      events: [],
    });
    const scene = { history: [...served, call("RemoteStartTransaction"), sent()] };
    const { events } = answered("RemoteStartTransaction", { request, response }, scene);
    expect(events).toEqual([
      {
        type: "FollowUpAwaited",
        data: {
          requestId: "r1",
          correlationId: "c-r1",
          deadline: at(30),
          kind: "start",
          tokenRef: ref("abc"),
          evseId: 2,
        },
      },
    ]);
    const refused = { request, response: { status: "Rejected" } };
    expect(answered("RemoteStartTransaction", refused, scene)).toMatchObject({
      outcome: "rejected",
      events: [],
    });
  });
});

describe("RemoteStopTransaction", () => {
  it("names the number, known or not", () => {
    const type = "StopTransactionRequested";
    const request = told("RemoteStopTransaction", {
      type,
      data: { ...asked(), transactionNumber: 99 },
    });
    expect(request).toEqual([{ transactionId: 99 }]);
  });
  it("awaits the stop after a call by name", () => {
    const history = [...served, opened(1), call("RemoteStopTransaction"), sent()];
    const request = { transactionId: countedFrom + 1 };
    const exchange = { request, response: { status: "Accepted" } };
    const { state } = answered("RemoteStopTransaction", exchange, { history });
    expect(state.awaited).toMatchObject([{ kind: "stop", transactionId: "tx1" }]);
    expect(ends("RemoteStopTransaction", request, "Rejected").outcome).toBe("rejected");
  });
});

describe("UnlockConnector", () => {
  it("names the connector", () => {
    const data = { ...asked(), evseId: 2 };
    expect(told("UnlockConnector", { type: "UnlockEvseRequested", data })).toEqual([
      { connectorId: 2 },
    ]);
  });
  it.each([
    ["Unlocked", "accepted", ["EvseUnlocked"]],
    ["UnlockFailed", "rejected", []],
    ["NotSupported", "notSupported", []],
  ])("%s is %s", (status, outcome, events) => {
    const end = ends("UnlockConnector", { connectorId: 2 }, status);
    expect(end).toEqual({ outcome, word: status, types: events });
  });
});

describe("ChangeAvailability", () => {
  it("names connector and type; the station is connector 0", () => {
    const type = "ChangeAvailabilityRequested";
    const data = { ...asked(), availability: "inoperative" as const };
    const action = "ChangeAvailability";
    expect(told(action, { type, data })).toEqual([{ connectorId: 0, type: "Inoperative" }]);
    const one = { ...asked(), availability: "operative" as const, evseId: 1 };
    expect(told(action, { type, data: one })).toEqual([{ connectorId: 1, type: "Operative" }]);
  });
  it.each([
    ["Accepted", "accepted", ["AvailabilityChanged"], "inoperative"],
    ["Scheduled", "accepted", ["AvailabilityScheduled"], "operative"],
    ["Rejected", "rejected", [], "operative"],
  ])("%s is %s", (status, outcome, events, availability) => {
    const request = { connectorId: 0, type: "Inoperative" };
    const end = answered("ChangeAvailability", { request, response: { status } });
    expect({ outcome: end.outcome, word: end.status, types: types(end) }).toEqual({
      outcome,
      word: status,
      types: events,
    });
    expect(end.state.evses.map((evse) => evse.availability)).toEqual([availability, availability]);
  });
  it("that is scheduled for the station waits for the last EVSE", () => {
    const scheduled = happened("AvailabilityScheduled", {
      target: { of: "station" },
      availability: "inoperative",
      at: at(1),
    });
    const off = { connectorId: 0, errorCode: "NoError", status: "Unavailable" };
    const during = hear("StatusNotification", off, { history: [...served, scheduled, opened(1)] });
    expect(during.state.availability).toBe("operative");
    const after = hear("StatusNotification", off, { history: [...served, scheduled] });
    expect(after.state.availability).toBe("inoperative");
  });
});

describe("ChangeConfiguration", () => {
  it("names key and value, an empty one too", () => {
    const data = { ...asked(), key: "HeartbeatInterval", value: "" };
    expect(told("ChangeConfiguration", { type: "ChangeConfigurationItemRequested", data })).toEqual(
      [{ key: "HeartbeatInterval", value: "" }],
    );
  });
  it.each([
    ["Accepted", "accepted", [{ rebootRequired: false }], []],
    ["RebootRequired", "accepted", [{ rebootRequired: true }], ["a"]],
    ["NotSupported", "notSupported", [], []],
    ["Rejected", "rejected", [], []],
  ])("%s is %s", (status, outcome, changes, waiting) => {
    const exchange = { request: { key: "a", value: "1" }, response: { status } };
    const end = answered("ChangeConfiguration", exchange);
    expect(end).toMatchObject({ outcome, status });
    expect(end.events.map(({ data }) => data)).toMatchObject(changes);
    expect(end.state.rebootRequiredBy).toEqual(waiting);
  });
});

describe("ClearCache", () => {
  it.each([
    ["Accepted", "accepted", ["CacheCleared"]],
    ["Rejected", "rejected", []],
  ])("%s is %s", (status, outcome, events) => {
    expect(told("ClearCache", { type: "ClearCacheRequested", data: asked() })).toEqual([{}]);
    expect(ends("ClearCache", {}, status)).toEqual({ outcome, word: status, types: events });
  });
});

describe("GetConfiguration", () => {
  const type = "ConfigurationItemsRequested";
  const limited = (value: string) =>
    happened("ConfigurationItemsReceived", {
      items: [],
      unknownKeys: [],
      requestedKeys: [],
      limits: { configurationKeys: Number(value) },
      at: at(1),
    });
  it("asks for all, or for some", () => {
    const all = told("GetConfiguration", { type, data: { ...asked(), keys: [] } });
    expect(all).toEqual([{}]);
    const some = told("GetConfiguration", { type, data: { ...asked(), keys: ["a", "b"] } });
    expect(some).toEqual([{ key: ["a", "b"] }]);
  });
  it("asks for no more keys at once than the station takes", () => {
    const data = { ...asked(), keys: ["a", "b", "c"] };
    const history = [...served, limited("2")];
    expect(told("GetConfiguration", { type, data }, { history })).toEqual([
      { key: ["a", "b"] },
      { key: ["c"] },
    ]);
  });
  it("keeps read-only and unknown keys, coerces values, learns the limits", () => {
    const response = {
      configurationKey: [
        { key: "GetConfigurationMaxKeys", readonly: true, value: 7 },
        { key: "sendLocalListMaxLength", readonly: true, value: " 20 " },
        { key: "AllowOffline", readonly: false, value: true },
        { key: "Empty", readonly: false },
        { key: "", readonly: false },
      ],
      unknownKey: ["Nope"],
    };
    const end = answered("GetConfiguration", { request: { key: ["a"] }, response });
    const items = [
      { key: "GetConfigurationMaxKeys", value: "7", readonly: true },
      { key: "sendLocalListMaxLength", value: " 20 ", readonly: true },
      { key: "AllowOffline", value: "true", readonly: false },
      { key: "Empty", readonly: false },
    ];
    expect(end).toMatchObject({ outcome: "accepted", result: { items, unknownKeys: ["Nope"] } });
    expect(end.events[0]?.data).toMatchObject({
      items,
      unknownKeys: ["Nope"],
      requestedKeys: ["a"],
    });
    const limits: StationState["callLimits"] = {
      configurationKeys: 7,
      authorizationListEntries: 20,
    };
    expect(end.state.callLimits).toEqual(limits);
  });
  it("takes an answer without anything for nothing known", () => {
    const end = answered("GetConfiguration", { request: {}, response: {} });
    expect(end).toMatchObject({ outcome: "accepted", result: { items: [], unknownKeys: [] } });
    expect(end.state.callLimits).toEqual({});
  });
});

describe("DataTransfer", () => {
  it("goes out with what it was given", () => {
    const data = { ...asked(), vendorId: "acme", data: "x" };
    expect(told("DataTransfer", { type: "DataTransferRequested", data })).toEqual([
      { vendorId: "acme", data: "x" },
    ]);
  });
  it.each([
    ["Accepted", "accepted"],
    ["Rejected", "rejected"],
    ["UnknownMessageId", "notSupported"],
    ["UnknownVendorId", "notSupported"],
  ])("%s is %s", (status, outcome) => {
    const exchange = { request: { vendorId: "acme" }, response: { status, data: "y" } };
    const end = answered("DataTransfer", exchange);
    expect(end).toMatchObject({ outcome, status, result: { data: "y" } });
    expect(end.events).toEqual([
      {
        type: "DataTransferResponseReceived",
        data: { requestId: "r1", status, data: "y", at: at(1000) },
      },
    ]);
  });
  it.each([
    ["accepted", "Accepted"],
    ["rejected", "Rejected"],
    ["unknownMessageId", "UnknownMessageId"],
    ["unknownVendorId", "UnknownVendorId"],
  ] as const)("from a station is answered as an add-on says: %s", (status, word) => {
    const request = { vendorId: "acme", messageId: "m", data: "d" };
    const answer = { status, provider: "p", data: "e" };
    const heard = hear("DataTransfer", request, { asked: answer });
    expect(heard.question).toMatchObject({ question: "IncomingDataTransfer", ...request });
    expect(json(heard.answer)).toBe(json({ status: word, data: "e" }));
    expect(heard.events.map(({ type }) => type)).toEqual([
      "IncomingDataTransferReceived",
      "IncomingDataTransferAnswered",
    ]);
  });
  it("keeps a bounded part of what a vendor sends", () => {
    const request = { vendorId: "acme", data: "d".repeat(200_000) };
    const { events } = hear("DataTransfer", request, {
      asked: { status: "unknownVendorId", provider: "none" },
    });
    expect(events[0]?.data).toMatchObject({ data: "d".repeat(100_000) });
  });
});

it("inChunks leaves none behind and makes none too long", () => {
  expect(inChunks([1, 2, 3, 4, 5], { entries: 2 })).toEqual([[1, 2], [3, 4], [5]]);
  expect(inChunks([1, 2], { entries: 2 })).toEqual([[1, 2]]);
  expect(inChunks([], { entries: 2 })).toEqual([[]]);
  expect(inChunks([1, 2, 3], {})).toEqual([[1, 2, 3]]);
  const bytes = { bytes: 12 };
  expect(inChunks(["aaaa", "bbb", "c", "d".repeat(20), "e"], bytes)).toEqual([
    ["aaaa"],
    ["bbb", "c"],
    ["d".repeat(20)],
    ["e"],
  ]);
  expect(inChunks([], bytes)).toEqual([[]]);
});

it("speaks of a mapped connector by its wire number", () => {
  const mapped = happened("ChargingStationConfigured", {
    evses: [
      { evseId: 1, connectors: [{ connectorId: 1, ocpp1ConnectorId: 2, type: "IEC_62196_T2" }] },
    ],
    inferred: false,
  });
  const history = [created, accepted, mapped];
  const data = { ...asked(), evseId: 1 };
  expect(told("UnlockConnector", { type: "UnlockEvseRequested", data }, { history })).toEqual([
    { connectorId: 2 },
  ]);
  const exchange = { request: { connectorId: 2 }, response: { status: "Unlocked" } };
  const { events } = answered("UnlockConnector", exchange, { history });
  expect(events[0]?.data).toMatchObject({ evseId: 1 });
});
