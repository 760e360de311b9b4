// OCPP 1.6 certification of a CSMS: a station's settings, its cache, vendors' own messages.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { defineAddOn } from "#bus";
import { type ConformanceHouse, conformanceHouse } from "#support/conformance";

const acmeTransfers = defineAddOn({
  name: "acme-transfers",
  grants: { events: [], commands: [], queries: [], questions: ["IncomingDataTransfer"] },
  answers: {
    IncomingDataTransfer: async ({ vendorId, data }) =>
      vendorId === "com.acme"
        ? { status: "accepted", data: `heard ${data}`, provider: "acme-transfers" }
        : undefined,
  },
});

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse({ addOns: [acmeTransfers] });
});
afterEach(() => house.judge());
afterAll(() => house.stop());

const settingsOf = (stationId: string) =>
  house.list(`/api/v1/charging-stations/${stationId}/configuration`);

const configurationKey = [
  { key: "GetConfigurationMaxKeys", readonly: true, value: "2" },
  { key: "HeartbeatInterval", readonly: false, value: "300" },
  { key: "Unset", readonly: false },
];

it("TC_019_1_CSMS all settings: values, and which are read-only", async () => {
  const station = await house.served("K0191");
  station.answers("GetConfiguration", { configurationKey, unknownKey: [] });
  const asked = await house.request("K0191", { type: "RequestConfigurationItems" });
  expect(asked).toMatchObject({ outcome: "accepted" });
  expect((await station.nextCall("GetConfiguration")).payload).toEqual({});
  expect(await settingsOf("K0191")).toMatchObject([
    { key: "GetConfigurationMaxKeys", value: "2", readonly: true, unknown: false },
    { key: "HeartbeatInterval", value: "300", readonly: false },
    { key: "Unset", readonly: false },
  ]);
});

it("TC_019_2_CSMS some settings: unknown ones are listed; no more are asked than allowed", async () => {
  const station = await house.served("K0192");
  const known = new Map(configurationKey.map((item) => [item.key, item]));
  station.answers("GetConfiguration", ({ payload }) => {
    const keys = (payload.key as string[] | undefined) ?? [...known.keys()];
    return {
      configurationKey: keys.flatMap((key) => known.get(key) ?? []),
      unknownKey: keys.filter((key) => !known.has(key)),
    };
  });
  await house.request("K0192", { type: "RequestConfigurationItems" });
  const keys = ["HeartbeatInterval", "Strange", "Unset"];
  const asked = await house.request("K0192", { type: "RequestConfigurationItems", keys });
  expect(asked).toMatchObject({ outcome: "accepted", result: { unknownKeys: ["Strange"] } });
  const calls = station.received.slice(1).map(({ payload }) => payload);
  expect(calls).toEqual([{ key: ["HeartbeatInterval", "Strange"] }, { key: ["Unset"] }]);
  expect(await settingsOf("K0192")).toContainEqual(
    expect.objectContaining({ key: "Strange", unknown: true }),
  );
});

it("takes values that are no texts, and keeps what is read-only", async () => {
  await house.admit("K-COERCED");
  const station = await house.connect("K-COERCED", { strict: false });
  station.answers("GetConfiguration", {
    configurationKey: [
      { key: "HeartbeatInterval", readonly: "false", value: 300 },
      { key: "LocalPreAuthorize", readonly: true, value: false },
    ],
  });
  const asked = await house.request("K-COERCED", { type: "RequestConfigurationItems" });
  expect(asked).toMatchObject({ outcome: "accepted" });
  expect(await settingsOf("K-COERCED")).toMatchObject([
    { key: "HeartbeatInterval", value: "300", readonly: false },
    { key: "LocalPreAuthorize", value: "false", readonly: true },
  ]);
});

const change = (stationId: string, key: string, value: string) =>
  house.request(stationId, { type: "RequestChangeConfigurationItem", key, value });

it("TC_021_CSMS change a setting: Accepted", async () => {
  const station = await house.served("K021");
  station.answers("ChangeConfiguration", { status: "Accepted" });
  expect(await change("K021", "MeterValueSampleInterval", "60")).toMatchObject({
    outcome: "accepted",
    status: "Accepted",
  });
  expect((await station.nextCall("ChangeConfiguration")).payload).toEqual({
    key: "MeterValueSampleInterval",
    value: "60",
  });
  expect(await settingsOf("K021")).toMatchObject([
    { key: "MeterValueSampleInterval", value: "60", rebootRequired: false },
  ]);
});

it("TC_021_CSMS change a setting: RebootRequired is shown until the next boot", async () => {
  const station = await house.served("K021-REBOOT");
  station.answers("ChangeConfiguration", { status: "RebootRequired" });
  expect(await change("K021-REBOOT", "HeartbeatInterval", "60")).toMatchObject({
    outcome: "accepted",
    status: "RebootRequired",
  });
  const shown = "/api/v1/charging-stations/K021-REBOOT";
  expect(await house.get(shown)).toMatchObject({ rebootRequired: true });
  expect(await settingsOf("K021-REBOOT")).toMatchObject([{ rebootRequired: true }]);
  await station.boot();
  await house.idle();
  expect(await house.get(shown)).toMatchObject({ rebootRequired: false });
  expect(await settingsOf("K021-REBOOT")).toMatchObject([{ rebootRequired: false }]);
});

it("TC_040_1_CSMS change a setting that is not there: NotSupported, and nothing is shown", async () => {
  const station = await house.served("K0401");
  station.answers("ChangeConfiguration", { status: "NotSupported" });
  expect(await change("K0401", "NoSuchKey", "1")).toMatchObject({
    outcome: "notSupported",
    status: "NotSupported",
  });
  expect(await settingsOf("K0401")).toEqual([]);
});

it("TC_040_2_CSMS an invalid value goes out and is Rejected; the old one stays", async () => {
  const station = await house.served("K0402");
  station.answersOnce("ChangeConfiguration", { status: "Accepted" });
  await change("K0402", "MeterValueSampleInterval", "60");
  station.answers("ChangeConfiguration", { status: "Rejected" });
  expect(await change("K0402", "MeterValueSampleInterval", "-1")).toMatchObject({
    outcome: "rejected",
    status: "Rejected",
  });
  expect(station.received.at(-1)?.payload).toMatchObject({ value: "-1" });
  expect(await settingsOf("K0402")).toMatchObject([
    { key: "MeterValueSampleInterval", value: "60" },
  ]);
});

it("TC_061_CSMS clear the cache", async () => {
  const station = await house.served("K061");
  station.answersOnce("ClearCache", { status: "Accepted" });
  station.answersOnce("ClearCache", { status: "Rejected" });
  const wish = { type: "RequestClearCache" };
  expect(await house.request("K061", wish)).toMatchObject({ outcome: "accepted" });
  expect((await station.nextCall("ClearCache")).payload).toEqual({});
  expect(await house.request("K061", wish)).toMatchObject({ outcome: "rejected" });
  const events = await house.eventTypes("K061");
  expect(events.filter((type) => type === "CacheCleared")).toHaveLength(1);
});

it("TC_064_CSMS data of an unknown vendor: UnknownVendorId; of a known one: its answer", async () => {
  const station = await house.served("K064");
  const message = { messageId: "m", data: "hello" };
  expect(await station.call("DataTransfer", { vendorId: "com.nobody", ...message })).toEqual({
    status: "UnknownVendorId",
  });
  expect(await station.call("DataTransfer", { vendorId: "com.acme", ...message })).toEqual({
    status: "Accepted",
    data: "heard hello",
  });
  const events = await house.eventTypes("K064");
  expect(events.filter((type) => type === "IncomingDataTransferReceived")).toHaveLength(2);
});

it("data to a station: its answer is the result", async () => {
  const station = await house.served("K-DATA");
  station.answers("DataTransfer", { status: "Accepted", data: "42" });
  const asked = await house.request("K-DATA", {
    type: "RequestDataTransfer",
    vendorId: "com.acme",
    messageId: "m",
    data: "hello",
  });
  expect(asked).toMatchObject({ outcome: "accepted", result: { data: "42" } });
  expect((await station.nextCall("DataTransfer")).payload).toEqual({
    vendorId: "com.acme",
    messageId: "m",
    data: "hello",
  });
});
