import { afterEach, beforeEach, expect, it } from "vitest";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";

let house: HouseWithStations;
beforeEach(async () => {
  house = await houseWithStations({ limits: { overviewMs: 100, connectedStationsMs: 1 } });
});
afterEach(() => house.stop());

const since = "2020-01-01T00:00:00.000Z";
const overview = () => house.get(`/api/v1/overview?since=${since}`);

it("counts what there is, what happens, and what needs a person", async () => {
  expect(await overview()).toMatchObject({
    stations: { total: 0, connected: 0, byState: {} },
    sessions: { active: 0, powerW: 0, started: 0, energyWh: 0, since },
    attention: { waiting: 0, offline: 0, unknownTypes: 0, faulted: 0, failedRequests: 0 },
  });
  await house.api("POST", "/api/v1/charging-stations", { stationId: "NEW" });
  await house.token("CARD-1");
  const station = await house.served("CP1", 2);
  const at = "2026-05-04T10:00:00Z";
  const fault = { connectorId: 2, errorCode: "GroundFailure", status: "Faulted" };
  await station.call("StatusNotification", fault);
  const start = { connectorId: 1, idTag: "CARD-1", meterStart: 1000, timestamp: at };
  const { transactionId } = await station.call("StartTransaction", start);
  const measured = (measurand: string, unit: string, value: string) => ({ measurand, unit, value });
  const energy = measured("Energy.Active.Import.Register", "Wh", "3500");
  const sampledValue = [energy, measured("Power.Active.Import", "W", "7400")];
  const meterValue = [{ timestamp: "2026-05-04T10:10:00Z", sampledValue }];
  await station.call("MeterValues", { connectorId: 1, transactionId, meterValue });
  await house.idle();
  expect(await overview()).toMatchObject({
    stations: { total: 2, connected: 1, byState: { waiting: 1, operational: 1 } },
    evses: { total: 2, byStatus: { faulted: 1 } },
    sessions: { active: 1, powerW: 7400, started: 1, energyWh: 2500 },
    attention: { waiting: 1, offline: 0, faulted: 1, reviews: 0 },
  });
});

it("counts who should be there and is not, and what failed, as the lists that show them", async () => {
  await house.served("HERE", 1);
  await house.admit("AWAY", 1);
  await house.api("POST", "/api/v1/charging-stations", { stationId: "NEW" });
  const failed = await house.request("AWAY", { type: "RequestClearCache" });
  expect(failed).toMatchObject({ outcome: "stationOffline" });
  await house.idle();
  await house.eventually("the count", async () => {
    const { attention } = (await overview()) as { attention: Record<string, number> };
    return attention.offline === 1 && attention.failedRequests === 1 ? attention : undefined;
  });
  const offline = await house.list("/api/v1/charging-stations?state=operational&connected=false");
  expect(offline).toMatchObject([{ stationId: "AWAY", connection: { connected: false } }]);
  const requests = await house.list(`/api/v1/requests?succeeded=false&requestedAtFrom=${since}`);
  expect(requests).toMatchObject([{ stationId: "AWAY", outcome: "stationOffline" }]);
  const sought = await house.list("/api/v1/requests?search=away");
  expect(sought).toHaveLength(1);
  expect(await house.list("/api/v1/requests?search=here")).toEqual([]);
});

it("shows what was done before one asked, however soon after the count before", async () => {
  for (let count = 1; count <= 5; count += 1) {
    await house.api("POST", "/api/v1/charging-stations", { stationId: `CP${count}` });
    const both = await Promise.all([overview(), overview()]);
    for (const one of both) expect(one).toMatchObject({ attention: { waiting: count } });
  }
});

it("needs to know when the day of who asks began", async () => {
  const { status, body } = await house.api("GET", "/api/v1/overview");
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: "QueryInvalid", issues: [{ path: "/since" }] });
});
