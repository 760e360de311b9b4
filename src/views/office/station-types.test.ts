import { expect, it } from "vitest";
import { stationTypeKey, streams } from "#core";
import { itemsOf, writtenLog } from "#support/view-story";

const at = "2026-05-04T10:00:00.000Z";

it("a station type counts the stations that say that they are of it", async () => {
  const log = writtenLog();
  const type = streams.stationType(stationTypeKey("ACME", "One"));
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "CCS" }] }];
  log.write(type, "StationTypeDefined", { vendor: "ACME", model: "One", evses, revision: 1 });
  const counted = async () => (await itemsOf(log, "stationTypes")).map(({ stations }) => stations);
  expect(await counted()).toEqual([0]);
  for (const [name, model] of [
    ["cp01", "one"],
    ["cp02", " ONE"],
    ["cp03", "Two"],
  ] as const) {
    const station = streams.chargingStation(name);
    const created = { stationId: name, administrators: [], transactionNumberBase: 0 };
    log.write(station, "ChargingStationCreated", created);
    const boot = { vendor: "acme", model, protocol: "ocpp1.6", at };
    log.write(station, "UnconfiguredChargingStationBooted", boot);
  }
  expect(await counted()).toEqual([2]);
});

it("what a user was permitted on single stations is listed by user and by station", async () => {
  const log = writtenLog();
  const station = (name: string) => streams.chargingStation(name);
  for (const [name, administrators] of [
    ["cp01", ["ada"]],
    ["cp02", []],
  ] as const) {
    const created = { stationId: name.toUpperCase(), transactionNumberBase: 0 };
    log.write(station(name), "ChargingStationCreated", {
      ...{ ...created, administrators: [...administrators] },
    });
  }
  const reset = { user: "oscar", permission: "RequestReset.hard" };
  log.write(station("cp01"), "PermissionGranted", reset);
  log.write(station("cp02"), "PermissionGranted", reset);
  log.write(station("cp02"), "PermissionGranted", { ...reset, permission: "RequestUnlockEvse" });
  const held = async (filter: Record<string, string>) =>
    (await itemsOf(log, "stationPermissions", { filter })).map(
      ({ stationId, user, permission }) => `${stationId} ${user} ${permission}`,
    );
  expect(await held({ user: "ada" })).toEqual(["CP01 ada AllPermissions"]);
  expect(await held({ user: "oscar" })).toHaveLength(3);
  log.write(station("cp02"), "PermissionRevoked", reset);
  expect(await held({ user: "oscar", stationId: "CP02" })).toEqual([
    "CP02 oscar RequestUnlockEvse",
  ]);
  const [registered] = await itemsOf(log, "stationPermissions", { filter: { user: "ada" } });
  expect(registered).toMatchObject({ byRegistration: true });
});
