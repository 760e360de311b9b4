// The six flows that Motown was born from, each with its refusals: on the wire with a client that
// was not written here, and through the public API. Nothing else is touched.
import { afterEach, describe, expect, it } from "vitest";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";

let house: HouseWithStations;
afterEach(() => house?.stop());

const type = {
  evses: [
    { evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2", current: "AC" }] },
    { evseId: 2, connectors: [{ connectorId: 1, type: "IEC_62196_T2_COMBO", current: "DC" }] },
  ],
};
const timestamp = () => new Date().toISOString();

async function eventTypes(stationId: string): Promise<readonly unknown[]> {
  const events = await house.list(`/api/v1/charging-stations/${stationId}/events?limit=200`);
  return events.map((event) => event.type);
}

describe("1. an unconfigured charging station boots", () => {
  it("is created, refused by default, and announced", async () => {
    house = await houseWithStations();
    const station = await house.connect("NEW-1");
    expect(await station.boot()).toMatchObject({
      status: "Rejected",
      interval: expect.any(Number),
      currentTime: expect.any(String),
    });
    await house.idle();
    expect(await house.get("/api/v1/charging-stations/new-1")).toMatchObject({
      stationId: "NEW-1",
      accepted: false,
      configured: false,
      vendor: "Acme",
      model: "One",
    });
    expect(await eventTypes("NEW-1")).toEqual(
      expect.arrayContaining(["ChargingStationCreated", "UnconfiguredChargingStationBooted"]),
    );
  });

  it.each([
    ["reject", "Rejected"],
    ["pending", "Pending"],
    ["accept", "Accepted"],
  ] as const)("is answered by the policy %s with %s", async (unknownStations, status) => {
    house = await houseWithStations({ unknownStations });
    const station = await house.connect("NEW-1");
    expect((await station.boot()).status).toBe(status);
  });

  it("may say nothing but its boot until it is admitted", async () => {
    house = await houseWithStations();
    const station = await house.connect("NEW-1");
    await expect(station.call("Heartbeat")).rejects.toThrow("SecurityError");
    await station.boot();
    const status = { connectorId: 1, status: "Available", errorCode: "NoError" };
    await expect(station.call("StatusNotification", status)).rejects.toThrow("SecurityError");
    await house.idle();
    expect(await eventTypes("NEW-1")).not.toContain("StatusReported");
  });

  it("under the policy accept is served at once, with a guess that its statuses mend", async () => {
    house = await houseWithStations({ unknownStations: "accept" });
    const station = await house.connect("NEW-1");
    await station.boot();
    const status = { connectorId: 2, status: "Available", errorCode: "NoError" };
    expect(await station.call("StatusNotification", status)).toEqual({});
    await house.idle();
    const seen = await house.get("/api/v1/charging-stations/NEW-1");
    expect(seen).toMatchObject({ accepted: true, configured: true, inferred: true });
    const evses = await house.list("/api/v1/charging-stations/NEW-1/evses");
    expect(evses.map((evse) => evse.evseId).sort()).toEqual([1, 2]);
  });
});

describe("2. the configuration add-on configures it", () => {
  it("finds vendor and model without regard to case", async () => {
    house = await houseWithStations();
    await house.api("PUT", "/api/v1/station-types/ACME/oNe", type);
    const station = await house.connect("NEW-1");
    await station.boot();
    await house.eventually("the configuration", async () => {
      const seen = await house.get("/api/v1/charging-stations/NEW-1");
      return seen.configured === true ? seen : undefined;
    });
    const evses = await house.list("/api/v1/charging-stations/NEW-1/evses");
    expect(evses.map((evse) => evse.evseId)).toEqual([1, 2]);
  });

  it("lists an unknown type, which an operator adds once for all its stations", async () => {
    house = await houseWithStations();
    for (const id of ["NEW-1", "NEW-2"]) await (await house.connect(id)).boot();
    await house.idle();
    const [unknown] = await house.list("/api/v1/unknown-types");
    expect(unknown).toMatchObject({ vendor: "Acme", model: "One", stationCount: 2 });
    await house.api("PUT", "/api/v1/station-types/Acme/One", type);
    for (const id of ["NEW-1", "NEW-2"]) {
      await house.eventually(`the configuration of ${id}`, async () => {
        const seen = await house.get(`/api/v1/charging-stations/${id}`);
        return seen.configured === true ? seen : undefined;
      });
    }
    await house.idle();
    expect(await house.list("/api/v1/unknown-types")).toEqual([]);
  });

  it("answers the boot with Accepted when the configuration comes within a second of it", async () => {
    house = await houseWithStations();
    await house.api("PUT", "/api/v1/station-types/Acme/One", type);
    await house.api("POST", "/api/v1/charging-stations", { stationId: "NEW-1", accepted: true });
    const station = await house.connect("NEW-1");
    expect((await station.boot()).status).toBe("Accepted");
  });

  it("offers a changed type to its stations, and gives it to those that take it", async () => {
    house = await houseWithStations();
    await house.api("PUT", "/api/v1/station-types/Acme/One", { evses: type.evses.slice(0, 1) });
    await (await house.connect("NEW-1")).boot();
    await house.idle();
    await house.api("PUT", "/api/v1/station-types/Acme/One", type);
    await house.eventually("the offer", async () => {
      const seen = await house.get("/api/v1/charging-stations/NEW-1");
      return seen.reconfigurationOffered === true ? seen : undefined;
    });
    expect(await house.list("/api/v1/charging-stations/NEW-1/evses")).toHaveLength(1);
    await house.command("NEW-1", { type: "ReconfigureChargingStation" });
    await house.eventually("the new configuration", async () => {
      const evses = await house.list("/api/v1/charging-stations/NEW-1/evses");
      return evses.length === 2 ? evses : undefined;
    });
  });

  it("refuses a type without EVSEs, naming the field", async () => {
    house = await houseWithStations();
    const answer = await house.api("PUT", "/api/v1/station-types/Acme/One", { evses: [] });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer.body)).toContain("/evses");
  });

  it("gives the keys of its type to a station once it is accepted and connected", async () => {
    house = await houseWithStations();
    const configuration = { HeartbeatInterval: "600" };
    await house.api("PUT", "/api/v1/station-types/Acme/One", { ...type, configuration });
    const station = await house.connect("NEW-1");
    station.answers("ChangeConfiguration", { status: "Accepted" });
    await station.boot();
    await house.idle();
    await house.command("NEW-1", { type: "AcceptChargingStation" });
    const call = await station.nextCall("ChangeConfiguration");
    expect(call.payload).toEqual({ key: "HeartbeatInterval", value: "600" });
  });
});

describe("3. an operator accepts it", () => {
  it("is shown as accepted once the event is there, and its next boot is Accepted", async () => {
    house = await houseWithStations();
    await house.api("PUT", "/api/v1/station-types/Acme/One", type);
    const station = await house.connect("NEW-1");
    expect((await station.boot()).status).toBe("Rejected");
    await house.idle();
    const accepted = await house.command("NEW-1", { type: "AcceptChargingStation" });
    expect(accepted).toMatchObject({
      cursor: expect.any(String),
      events: [expect.objectContaining({ type: "ChargingStationAccepted" })],
    });
    expect((await house.get("/api/v1/charging-stations/NEW-1")).accepted).toBe(true);
    expect((await station.boot()).status).toBe("Accepted");
    expect(await station.call("Heartbeat")).toHaveProperty("currentTime");
  });

  it("can be registered before its first boot", async () => {
    house = await houseWithStations();
    const station = await house.served("NEW-1");
    expect((await station.boot()).status).toBe("Accepted");
  });

  it("is served on a new socket without a new boot", async () => {
    house = await houseWithStations();
    const first = await house.served("NEW-1");
    await first.boot();
    await first.close();
    const again = await house.connect("NEW-1");
    expect(await again.call("Heartbeat")).toHaveProperty("currentTime");
  });

  it.each([
    ["of an unknown station", "GHOST", 404, "StationNotFound"],
    ["twice", "NEW-1", 409, "StationAlreadyAccepted"],
  ])("is refused %s", async (_what, stationId, status, code) => {
    house = await houseWithStations();
    await house.admit("NEW-1");
    const path = `/api/v1/charging-stations/${stationId}/commands`;
    const answer = await house.api("POST", path, { type: "AcceptChargingStation" });
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  it("is no longer served when its acceptance is taken back, but its open transaction ends", async () => {
    house = await houseWithStations();
    await house.token("TAG");
    const station = await house.served("NEW-1");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: timestamp() };
    const { transactionId } = await station.call("StartTransaction", start);
    await house.command("NEW-1", { type: "UnacceptChargingStation" });
    await expect(station.call("Heartbeat")).rejects.toThrow("SecurityError");
    const stop = { transactionId, meterStop: 1500, timestamp: timestamp() };
    expect(await station.call("StopTransaction", stop)).toEqual({});
    await house.idle();
    const [session] = await house.list("/api/v1/transactions?stationId=NEW-1");
    expect(session).toMatchObject({ state: "ended", energyWh: 1500 });
  });
});

describe("4. a token is authorized", () => {
  it.each([
    [{ status: "accepted" }, "Accepted"],
    [{ status: "blocked" }, "Blocked"],
    [{ status: "expired" }, "Expired"],
    [{ status: "invalid" }, "Invalid"],
    [{ status: "accepted", expiresAt: "2020-01-01T00:00:00Z" }, "Expired"],
  ])("%j is answered %s", async (token, status) => {
    house = await houseWithStations();
    await house.token("TAG", token);
    const station = await house.served("CP-1");
    expect(await station.call("Authorize", { idTag: "tag" })).toMatchObject({
      idTagInfo: { status },
    });
  });

  it("is Invalid when nobody knows it, and the log holds no value of it", async () => {
    house = await houseWithStations();
    const station = await house.served("CP-1");
    const { idTagInfo } = await station.call("Authorize", { idTag: "STRANGER99" });
    expect(idTagInfo).toEqual({ status: "Invalid" });
    const events = await house.api<string>("GET", "/api/v1/events?after=0-0&limit=500");
    expect(String(events.body).toLowerCase()).toContain("authorizationanswered");
    const stored = await house.motown.store.readAll({ after: 0, limit: 500 });
    expect(JSON.stringify(stored).toLowerCase()).not.toContain("stranger99");
  });

  it("comes with expiry and group", async () => {
    house = await houseWithStations();
    const expiresAt = "2040-01-01T00:00:00.000Z";
    await house.token("TAG", { status: "accepted", expiresAt, groupToken: "FLEET" });
    const station = await house.served("CP-1");
    const { idTagInfo } = await station.call("Authorize", { idTag: "TAG" });
    expect(idTagInfo).toEqual({ status: "Accepted", expiryDate: expiresAt, parentIdTag: "FLEET" });
  });

  it("may run only as many transactions at once as it is allowed", async () => {
    house = await houseWithStations();
    await house.token("TAG", { status: "accepted", concurrency: 1 });
    const station = await house.served("CP-1");
    const start = (connectorId: number) =>
      station.call("StartTransaction", {
        ...{ connectorId, idTag: "TAG", meterStart: 0 },
        timestamp: timestamp(),
      });
    expect(await start(1)).toMatchObject({ idTagInfo: { status: "Accepted" } });
    expect(await start(2)).toMatchObject({ idTagInfo: { status: "ConcurrentTx" } });
    expect(await station.call("Authorize", { idTag: "TAG" })).toMatchObject({
      idTagInfo: { status: "Accepted" },
    });
  });

  it("is felt at once when it is blocked", async () => {
    house = await houseWithStations();
    await house.token("TAG");
    const station = await house.served("CP-1");
    await station.call("Authorize", { idTag: "TAG" });
    await house.token("TAG", { status: "blocked" });
    expect(await station.call("Authorize", { idTag: "TAG" })).toMatchObject({
      idTagInfo: { status: "Blocked" },
    });
  });

  it("is asked of the providers in the station's own order", async () => {
    house = await houseWithStations();
    await house.token("TAG");
    const station = await house.served("CP-1");
    await house.command("CP-1", { type: "SetAuthorizationProviders", providers: ["http"] });
    expect(await station.call("Authorize", { idTag: "TAG" })).toMatchObject({
      idTagInfo: { status: "Invalid" },
    });
    await house.command("CP-1", { type: "SetAuthorizationProviders", providers: [] });
    expect(await station.call("Authorize", { idTag: "TAG" })).toMatchObject({
      idTagInfo: { status: "Accepted" },
    });
  });
});

describe("5. a transaction starts, is metered, and stops", () => {
  it("gets a positive number, its energy and its series", async () => {
    house = await houseWithStations();
    await house.token("TAG");
    const station = await house.served("CP-1");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 1000, timestamp: timestamp() };
    const started = await station.call("StartTransaction", start);
    expect(started.idTagInfo).toMatchObject({ status: "Accepted" });
    const { transactionId } = started;
    expect(transactionId).toBeGreaterThan(0);
    const sampledValue = [
      { value: "1.75", unit: "kWh", measurand: "Energy.Active.Import.Register" },
      { value: "7400", unit: "W", measurand: "Power.Active.Import" },
    ];
    const meterValue = [{ timestamp: timestamp(), sampledValue }];
    const metered = { connectorId: 1, transactionId, meterValue };
    expect(await station.call("MeterValues", metered)).toEqual({});
    const stop = { transactionId, idTag: "TAG", meterStop: 2500, timestamp: timestamp() };
    expect(await station.call("StopTransaction", stop)).toMatchObject({
      idTagInfo: { status: "Accepted" },
    });
    await house.idle();
    const [session] = await house.list("/api/v1/transactions?stationId=CP-1");
    expect(session).toMatchObject({
      transactionNumber: transactionId,
      evseId: 1,
      state: "ended",
      meterStartWh: 1000,
      meterStopWh: 2500,
      energyWh: 1500,
    });
  });

  it("is the same when it is said again, with the same or another message id", async () => {
    house = await houseWithStations();
    await house.token("TAG");
    const station = await house.served("CP-1");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: timestamp() };
    const first = await station.call("StartTransaction", start);
    expect(await station.call("StartTransaction", start)).toEqual(first);
    const { transactionId } = first;
    const stop = { transactionId, idTag: "TAG", meterStop: 10, timestamp: timestamp() };
    const stopped = await station.call("StopTransaction", stop);
    expect(await station.call("StopTransaction", stop)).toEqual(stopped);
    await house.idle();
    expect(await house.list("/api/v1/transactions?stationId=CP-1")).toHaveLength(1);
    const events = await eventTypes("CP-1");
    expect(events.filter((name) => name === "TransactionStopped")).toHaveLength(1);
  });

  it("is recorded and numbered though its token is refused", async () => {
    house = await houseWithStations();
    const station = await house.served("CP-1");
    const start = { connectorId: 1, idTag: "NOBODY", meterStart: 0, timestamp: timestamp() };
    const started = await station.call("StartTransaction", start);
    expect(started).toMatchObject({ idTagInfo: { status: "Invalid" } });
    expect(started.transactionId).toBeGreaterThan(0);
    await house.idle();
    const [session] = await house.list("/api/v1/transactions?stationId=CP-1");
    expect(session?.reviews).toContain("notAuthorized");
  });
});

describe("6. an operator stops it remotely", () => {
  async function charging() {
    house = await houseWithStations();
    await house.token("TAG");
    const station = await house.served("CP-1");
    const start = { connectorId: 1, idTag: "TAG", meterStart: 0, timestamp: timestamp() };
    const { transactionId: number } = await station.call("StartTransaction", start);
    await house.idle();
    const [session] = await house.list("/api/v1/transactions?stationId=CP-1");
    return { station, number, transactionId: String(session?.transactionId) };
  }

  it("is asked, answered, and ended by the station's own word; one correlation id names all", async () => {
    const { station, number, transactionId } = await charging();
    station.answers("RemoteStopTransaction", { status: "Accepted" });
    const asked = await house.request("CP-1", { type: "RequestStopTransaction", transactionId });
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    expect((await station.nextCall("RemoteStopTransaction")).payload).toEqual({
      transactionId: number,
    });
    const stop = { transactionId: number, meterStop: 10, timestamp: timestamp(), reason: "Remote" };
    await station.call("StopTransaction", stop);
    await house.idle();
    const path = `/api/v1/events?correlationId=${asked.correlationId}&limit=100`;
    const { body } = await house.api<string>("GET", path);
    const events = String(body)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).type);
    expect(events).toEqual([
      "StopTransactionRequested",
      "RequestSent",
      "RequestCompleted",
      "TransactionStopped",
      "TransactionClosed",
    ]);
  });

  it("ends in the station's refusal where it refuses", async () => {
    const { station, transactionId } = await charging();
    station.answers("RemoteStopTransaction", { status: "Rejected" });
    const asked = await house.request("CP-1", { type: "RequestStopTransaction", transactionId });
    expect(asked).toMatchObject({ outcome: "rejected", status: "Rejected" });
  });

  it("ends as offline, unsent, where there is no socket", async () => {
    const { station, transactionId } = await charging();
    await station.close();
    await house.eventually("the end of the connection", async () => {
      const { connection } = await house.get("/api/v1/charging-stations/CP-1");
      return (connection as { connected: boolean }).connected ? undefined : connection;
    });
    const asked = await house.request("CP-1", { type: "RequestStopTransaction", transactionId });
    expect(asked).toMatchObject({ outcome: "stationOffline" });
  });

  it("does not claim a local stop after its deadline", async () => {
    const { station, number, transactionId } = await charging();
    station.answers("RemoteStopTransaction", { status: "Accepted" });
    const asked = await house.request("CP-1", {
      type: "RequestStopTransaction",
      transactionId,
      deadlineSeconds: 1,
    });
    await house.eventually("the deadline", async () => {
      const path = `/api/v1/charging-stations/CP-1/requests/${asked.requestId}`;
      const request = await house.get(path);
      return request.followUp === "missed" ? request : undefined;
    });
    const stop = { transactionId: number, meterStop: 10, timestamp: timestamp(), reason: "Local" };
    await station.call("StopTransaction", stop);
    await house.idle();
    const session = await house.get(`/api/v1/transactions/${transactionId}`);
    expect(session).toMatchObject({ state: "ended" });
    const { body } = await house.api<string>(
      "GET",
      `/api/v1/events?correlationId=${asked.correlationId}&limit=100`,
    );
    expect(String(body)).not.toContain("TransactionStopped");
  });

  it.each([
    [{ transactionId: "nothing" }, 409, "TransactionNotOpen"],
    [{ transactionId: "x", colour: "red" }, 422, undefined],
    [{}, 422, undefined],
  ])("is refused for %j", async (data, status, code) => {
    await charging();
    const path = "/api/v1/charging-stations/CP-1/requests";
    const answer = await house.api("POST", path, { type: "RequestStopTransaction", ...data });
    expect([400, status]).toContain(answer.status);
    if (code !== undefined) expect(answer.body.code).toBe(code);
  });
});
