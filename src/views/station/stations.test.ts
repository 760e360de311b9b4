import { expect, it } from "vitest";
import { oneEvse, stationTypeKey, streams, wholeStation } from "#core";
import { itemsOf, type WrittenLog, writtenLog } from "#support/view-story";

const key = "cp%2f01";
const station = streams.chargingStation(key);
const at = "2026-05-04T10:00:00.000Z";
const later = "2026-05-04T10:05:00.000Z";
const evse = (evseId: number) => ({ evseId, connectors: [{ connectorId: 1, type: "T2" }] });
const boot = { at, protocol: "ocpp1.6", vendor: "Acme", model: "One", firmwareVersion: "1.0" };

function created(log: WrittenLog = writtenLog()): WrittenLog {
  const data = { stationId: "CP/01", administrators: ["ada"], transactionNumberBase: 0 };
  log.write(station, "ChargingStationCreated", data);
  return log;
}

function served(): WrittenLog {
  const log = created();
  log.write(station, "ChargingStationAccepted", {});
  log.write(station, "ChargingStationConfigured", { evses: [evse(1), evse(2)], inferred: false });
  return log;
}

const theStation = async (log: WrittenLog) => (await itemsOf(log, "chargingStations"))[0];

it("a station waits, is accepted, configured, un-accepted and decommissioned", async () => {
  const log = created();
  expect(await theStation(log)).toMatchObject({ stationId: "CP/01", state: "waiting" });
  log.write(station, "ChargingStationAccepted", {});
  expect(await theStation(log)).toMatchObject({ state: "unconfigured", accepted: true });
  log.write(station, "ChargingStationConfigured", { evses: [evse(1)], inferred: true });
  expect(await theStation(log)).toMatchObject({ state: "operational", inferred: true });
  log.write(station, "ChargingStationUnaccepted", {});
  expect(await theStation(log)).toMatchObject({ state: "unaccepted", accepted: false });
  log.write(station, "ChargingStationDecommissioned", {});
  expect(await theStation(log)).toMatchObject({ state: "decommissioned" });
  log.write(station, "ChargingStationRecommissioned", {});
  expect(await theStation(log)).toMatchObject({ state: "unaccepted" });
});

it("a station shows what it said at its boot, and what waits for the next one", async () => {
  const log = served();
  log.write(station, "ConfigurationItemChanged", {
    key: "A",
    value: "1",
    rebootRequired: true,
    at,
  });
  expect(await theStation(log)).toMatchObject({ rebootRequired: true });
  log.write(station, "ConfiguredChargingStationBooted", boot);
  expect(await theStation(log)).toMatchObject({
    rebootRequired: false,
    vendor: "Acme",
    firmwareVersion: "1.0",
    lastBootAt: at,
    lastBoot: { model: "One" },
    typeKey: stationTypeKey("ACME", "one"),
  });
});

it("permissions come and go, and no name of a user finds what is not his", async () => {
  const log = created();
  const grant = { user: "constructor", permission: "RequestReset" };
  log.write(station, "PermissionGranted", grant);
  const held = { ada: ["AllPermissions"], constructor: ["RequestReset"] };
  expect((await theStation(log))?.permissions).toEqual(held);
  log.write(station, "PermissionRevoked", grant);
  expect((await theStation(log))?.permissions).toEqual({ ada: ["AllPermissions"] });
});

it("place, opening times, providers and strictness are the last that was said", async () => {
  const log = served();
  const place = {
    address: { addressLine1: "Street 1", city: "Utrecht", country: "NL" },
    accessibility: "public" as const,
  };
  const monday = { day: "monday" as const, timeStart: "08:00", timeStop: "12:00" };
  log.write(station, "ChargingStationPlaced", place);
  log.write(station, "ChargingStationOpeningTimesSet", { openingTimes: [monday] });
  log.write(station, "ChargingStationOpeningTimesAdded", {
    openingTimes: [{ ...monday, day: "friday" }],
  });
  log.write(station, "AuthorizationProvidersSet", { providers: ["http"] });
  log.write(station, "StrictnessSet", { strict: true });
  log.write(station, "QuirksSet", { quirks: { connectorZeroIs: 1 } });
  log.write(station, "ChargingStationMadeReservable", {});
  log.write(station, "AuthorizationListVersionReceived", { listVersion: 7, at });
  const [shown] = await itemsOf(log, "chargingStations", { search: "utrecht" });
  expect(shown).toMatchObject({
    place,
    openingTimes: [{ day: "monday" }, { day: "friday" }],
    authorizationProviders: ["http"],
    strict: true,
    quirks: { connectorZeroIs: 1 },
    reservable: true,
    authorizationListVersion: 7,
    evseCount: 2,
  });
  expect(await itemsOf(log, "chargingStations", { filter: { strict: true } })).toHaveLength(1);
  log.write(station, "QuirksSet", { quirks: {} });
  expect(await theStation(log)).not.toHaveProperty("quirks");
  expect(await itemsOf(log, "chargingStations", { search: "!%" })).toEqual([]);
});

it("a status is the station's, an EVSE's, and a connector's if it is named", async () => {
  const log = served();
  const status = { status: "faulted" as const, statusAt: later, errorCode: "GroundFailure", at };
  log.write(station, "StatusReported", { target: wholeStation, ...status });
  log.write(station, "StatusReported", {
    target: oneEvse(2),
    connectorId: 1,
    info: "wet",
    ...status,
  });
  expect(await theStation(log)).toMatchObject({ status: "faulted", errorCode: "GroundFailure" });
  expect(await itemsOf(log, "evses", { order: "evseId" })).toMatchObject([
    { stationId: "CP/01", evseId: 1, status: "unknown", connectors: [{ type: "T2" }] },
    {
      evseId: 2,
      status: "faulted",
      statusAt: later,
      detail: { info: "wet" },
      connectors: [{ connectorId: 1, status: "faulted" }],
    },
  ]);
});

it("the whole station's availability holds of its EVSEs, of later ones too", async () => {
  const log = served();
  const inoperative = { availability: "inoperative" as const, at };
  log.write(station, "AvailabilityScheduled", { target: oneEvse(1), ...inoperative });
  const scheduled = await itemsOf(log, "evses", { filter: { evseId: 1 } });
  expect(scheduled).toMatchObject([
    { availability: "operative", scheduledAvailability: "inoperative" },
  ]);
  log.write(station, "AvailabilityChanged", { target: wholeStation, ...inoperative });
  log.write(station, "EvseInferred", { evse: evse(3) });
  const shown = await itemsOf(log, "evses", { order: "evseId" });
  expect(shown.map((item) => [item.evseId, item.availability])).toEqual([
    [1, "inoperative"],
    [2, "inoperative"],
    [3, "inoperative"],
  ]);
  expect(shown[0]).not.toHaveProperty("scheduledAvailability");
});

it("a new configuration keeps what is known of the EVSEs that stay", async () => {
  const log = served();
  const status = { status: "charging" as const, at };
  log.write(station, "StatusReported", { target: oneEvse(2), ...status });
  log.write(station, "ChargingStationConfigured", { evses: [evse(2), evse(3)], inferred: false });
  expect(await itemsOf(log, "evses", { order: "evseId" })).toMatchObject([
    { evseId: 2, status: "charging" },
    { evseId: 3, status: "unknown" },
  ]);
});

it("a full reply replaces the configuration, a partial one adds to it", async () => {
  const log = served();
  const item = (name: string, value?: string) =>
    value === undefined ? { key: name, readonly: true } : { key: name, value, readonly: false };
  const reply = { unknownKeys: [], at };
  const keys = async () =>
    (await itemsOf(log, "configuration")).map(({ key: name, value }) => [name, value]);
  log.write(station, "ConfigurationItemsReceived", {
    items: [item("A", "1"), item("B")],
    requestedKeys: [],
    ...reply,
  });
  log.write(station, "ConfigurationItemsReceived", {
    items: [item("C", "3")],
    requestedKeys: ["C", "D"],
    unknownKeys: ["D"],
    at,
  });
  expect(await keys()).toEqual([["A", "1"], ["B"], ["C", "3"], ["D"]].map(([a, b]) => [a, b]));
  expect(await itemsOf(log, "configuration", { filter: { unknown: "true" } })).toHaveLength(1);
  log.write(station, "ConfigurationItemsReceived", {
    items: [item("C", "4")],
    requestedKeys: [],
    ...reply,
  });
  expect(await keys()).toEqual([["C", "4"]]);
});

it("a changed setting waits for the boot where the station says so", async () => {
  const log = served();
  log.write(station, "ConfigurationItemChanged", {
    key: "A",
    value: "2",
    rebootRequired: true,
    at,
  });
  const changed = await itemsOf(log, "configuration", { filter: { rebootRequired: true } });
  expect(changed).toMatchObject([{ key: "A", value: "2" }]);
  log.write(station, "ConfiguredChargingStationBooted", boot);
  expect(await itemsOf(log, "configuration", { filter: { rebootRequired: true } })).toEqual([]);
});

it("an authorization list is replaced in full, changed by differences, and emptied", async () => {
  const log = served();
  const entry = (tokenRef: string) => ({ tokenRef, status: "accepted" as const });
  const refs = async () => (await itemsOf(log, "authorizationLists")).map((item) => item.tokenRef);
  log.write(station, "AuthorizationListChanged", {
    updateType: "full",
    entries: [entry("a"), entry("b")],
    listVersion: 1,
    at,
  });
  log.write(station, "AuthorizationListChanged", {
    updateType: "differential",
    entries: [{ tokenRef: "a" }, entry("c")],
    listVersion: 2,
    at,
  });
  expect(await refs()).toEqual(["b", "c"]);
  log.write(station, "AuthorizationListChanged", {
    updateType: "full",
    entries: [entry("d")],
    listVersion: 3,
    at,
  });
  expect(await refs()).toEqual(["d"]);
  log.write(station, "AuthorizationListVersionReceived", { listVersion: 0, at });
  expect(await refs()).toEqual([]);
});

it("an unknown type is listed until it is defined or its stations configured", async () => {
  const log = writtenLog();
  const boots = (name: string, model: string) =>
    log.write(streams.chargingStation(name), "UnconfiguredChargingStationBooted", {
      ...boot,
      model,
    });
  const configures = (name: string, inferred: boolean) =>
    log.write(streams.chargingStation(name), "ChargingStationConfigured", {
      evses: [evse(1)],
      inferred,
    });
  const listed = async () =>
    (await itemsOf(log, "unknownTypes")).map((item) => [item.model, item.stations]);
  boots("a", "One");
  boots("b", "ONE");
  boots("b", "One");
  boots("c", "Two");
  configures("a", true);
  expect(await listed()).toEqual(
    expect.arrayContaining([
      ["One", ["a", "b"]],
      ["Two", ["c"]],
    ]),
  );
  configures("c", false);
  expect(await listed()).toEqual([["One", ["a", "b"]]]);
  boots("b", "Three");
  expect(await listed()).toEqual(
    expect.arrayContaining([
      ["One", ["a"]],
      ["Three", ["b"]],
    ]),
  );
  const type = streams.stationType(stationTypeKey("acme", "one"));
  const defined = { vendor: "Acme", model: "one", evses: [evse(1)] };
  log.write(type, "StationTypeDefined", { ...defined, revision: 1 });
  boots("d", "One");
  expect(await listed()).toEqual([["Three", ["b"]]]);
  expect(await itemsOf(log, "stationTypes")).toMatchObject([defined]);
  log.write(type, "StationTypeRemoved", { vendor: "Acme", model: "one" });
  boots("d", "One");
  expect(await listed()).toHaveLength(2);
  expect(await itemsOf(log, "stationTypes")).toEqual([]);
});

it("a deviation is listed once per firmware, from when it was first seen", async () => {
  const log = served();
  log.write(station, "DeviationSeen", { code: "x", firmwareVersion: "1", at });
  log.write(station, "DeviationSeen", { code: "x", firmwareVersion: "1", at: later });
  log.write(station, "DeviationSeen", { code: "x", at: later });
  const shown = await itemsOf(log, "deviations", { order: "firstSeenAt" });
  expect(shown).toEqual([
    { stationId: "CP/01", code: "x", firmwareVersion: "1", firstSeenAt: at },
    { stationId: "CP/01", code: "x", firstSeenAt: later },
  ]);
});
