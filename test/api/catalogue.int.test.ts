import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stationActor, toAddOn, toTransaction } from "#core";
import { openApi, type TestApi } from "#support/api";

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

describe("tokens", () => {
  const path = "/api/v1/tokens";

  it("are set, shown by value, listed by group and forgotten", async () => {
    const body = {
      status: "accepted",
      groupToken: "FLEET",
      expiresAt: "2027-01-01T00:00:00+01:00",
    };
    const set = await api.put(`${path}/Card%2F1`, body);
    expect(set.body).toMatchObject({
      identifyingToken: "Card/1",
      groupToken: "FLEET",
      expiresAt: "2026-12-31T23:00:00.000Z",
    });
    expect((await api.get(`${path}/CARD%2F1`)).body).toEqual(set.body);
    const group = await api.get(`${path}?groupToken=fleet`);
    expect(group.body.items).toMatchObject([{ identifyingToken: "Card/1" }]);
    expect((await api.get(`${path}?identifyingToken=nobody`)).body.items).toEqual([]);
    const raw = JSON.stringify(await api.store.readAll({ after: 0, limit: 500 }));
    expect(raw).not.toMatch(/Card|FLEET/i);
    expect((await api.remove(`${path}/Card%2F1`)).status).toBe(204);
    expect((await api.get(`${path}/Card%2F1`)).body.code).toBe("TokenNotFound");
    expect((await api.remove(`${path}/never`)).body.code).toBe("TokenNotFound");
  });

  it("tell what was decided about them, by whom, and page by page", async () => {
    await api.put(`${path}/Card-7`, { status: "accepted" });
    await api.put(`${path}/Card-7`, { status: "blocked" });
    const first = await api.get(`${path}/card-7/events?limit=1`);
    expect(first.body.items).toMatchObject([
      { type: "TokenSet", data: { status: "accepted", identifyingToken: "Card-7" } },
    ]);
    expect(first.body.items[0].meta.actor.kind).toBe("operator");
    const rest = await api.get(`${path}/card-7/events?after=${first.body.next}`);
    expect(rest.body.items).toMatchObject([{ data: { status: "blocked" } }]);
    expect(rest.body).not.toHaveProperty("next");
    const known = await api.get(`${path}?identifyingToken=card-7`);
    const byRef = await api.get(`${path}?tokenRef=${known.body.items[0].tokenRef}`);
    expect(byRef.body).toEqual(known.body);
    expect((await api.get(`${path}/nobody/events`)).body.code).toBe("TokenNotFound");
    expect((await api.get(`${path}/card-7/events?after=x`)).body.code).toBe("QueryInvalid");
  });
  it("name what is wrong", async () => {
    const wrong = await api.put(`${path}/X`, { status: "good", concurrency: 0, idTag: "X" });
    const paths = wrong.body.issues.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual(["/concurrency", "/idTag", "/status"]);
  });
});

describe("station types", () => {
  const path = "/api/v1/station-types/Vendor%20A/M%2F1";
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "CCS", current: "DC" }] }];

  it("are defined for all spellings, and removed", async () => {
    const configuration = { HeartbeatInterval: "300" };
    const made = await api.put(path, { evses, configuration });
    expect(made.body).toMatchObject({
      vendor: "Vendor A",
      model: "M/1",
      revision: 1,
      configuration,
    });
    const again = await api.put("/api/v1/station-types/vendor%20a/m%2F1", { evses });
    expect(again.body.revision).toBe(2);
    expect((await api.get("/api/v1/station-types?search=vendor")).body.items).toHaveLength(1);
    expect((await api.remove(path)).status).toBe(204);
    expect((await api.get(path)).body.code).toBe("TypeNotFound");
  });

  it("say how many stations are of them, by the key that lists those", async () => {
    await api.put(path, { evses });
    for (const stationId of ["TYPED-1", "TYPED-2"]) {
      const station = { stationId, vendor: "vendor a", model: "m/1" };
      await api.post("/api/v1/charging-stations", station);
    }
    const { body } = await api.get(path);
    expect(body).toMatchObject({ stations: 2 });
    const key = encodeURIComponent(body.typeKey);
    const listed = await api.get(`/api/v1/charging-stations?typeKey=${key}`);
    expect(listed.body.items).toHaveLength(2);
  });

  it("name what is wrong, down to the connector", async () => {
    const connectors = [{ connectorId: 0, type: "CCS", volts: 400 }];
    const wrong = await api.put(path, { evses: [{ evseId: 1, connectors }] });
    const paths = wrong.body.issues.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual([
      "/evses/0/connectors/0/connectorId",
      "/evses/0/connectors/0/volts",
    ]);
    const twice = await api.put(path, { evses: [...evses, ...evses] });
    expect(twice).toMatchObject({ status: 422, body: { code: "EvseListedTwice" } });
  });
});

describe("transactions", () => {
  const at = "2026-05-04T10:00:00.000Z";

  it("are shown in Wh, with their token's value and their samples", async () => {
    const { ref, entry } = await api.bus.tokens.resolve("Card-9");
    const started = { station: "cp1", evseId: 1, tokenRef: ref, startedAt: at, reviews: [], at };
    const sample = { at, measurand: "Power.Active.Import", milli: 7_400_000, unit: "W" };
    const samples = [{ ...sample, context: "Sample.Periodic", location: "Outlet" }];
    await api.bus.commands.execute({
      actor: stationActor("CP1"),
      station: "cp1",
      vault: entry === undefined ? [] : [entry],
      commands: [
        toTransaction("t1", "RecordTransactionStarted", {
          ...started,
          meterStartMilliWh: 1_000,
          reviews: ["implausibleClock"],
        }),
        toTransaction("t1", "RecordMeterValues", { samples, at }),
      ],
    });
    await api.put("/api/v1/tokens/Card-9", { status: "accepted" });
    const { body } = await api.get("/api/v1/transactions/t1");
    expect(body).toMatchObject({
      stationId: "cp1",
      identifyingToken: "Card-9",
      meterStartWh: 1,
      powerW: 7400,
      reviews: ["implausibleClock"],
    });
    const found = await api.get("/api/v1/transactions?identifyingToken=card-9&state=active");
    expect(found.body.items).toHaveLength(1);
    const values = await api.get(
      "/api/v1/transactions/t1/meter-values?measurand=Power.Active.Import",
    );
    expect(values.body.items).toMatchObject([{ value: 7400, unit: "W" }]);
    const settle = { type: "SettleReview", note: "looked at" };
    const settled = await api.post("/api/v1/transactions/t1/commands", settle);
    expect(settled.body.events).toMatchObject([{ type: "TransactionReviewed", stationId: "cp1" }]);
    expect((await api.get("/api/v1/transactions/t1")).body.reviews).toEqual([]);
  });

  it("that nobody knows are 404", async () => {
    const code = "TransactionNotFound";
    expect((await api.get("/api/v1/transactions/none")).body.code).toBe(code);
    const settle = { type: "SettleReview" };
    expect((await api.post("/api/v1/transactions/none/commands", settle)).body.code).toBe(code);
    expect((await api.get("/api/v1/reservations/none")).body.code).toBe("ReservationNotFound");
  });
});

describe("the network", () => {
  it("has a list for everything, empty where there is nothing", async () => {
    for (const name of ["reservations", "requests", "deadlines", "refusals", "unknown-types"]) {
      const answer = await api.get(`/api/v1/${name}`);
      expect(answer, name).toMatchObject({ status: 200, body: { items: expect.any(Array) } });
    }
  });

  it("lists what users were permitted on single stations", async () => {
    await api.post("/api/v1/charging-stations", { stationId: "PERMITTED" });
    const commands = "/api/v1/charging-stations/PERMITTED/commands";
    const may = { user: "oscar", permission: "RequestReset.soft" };
    await api.post(commands, { type: "GrantPermission", ...may });
    const of = async () => (await api.get("/api/v1/station-permissions?user=oscar")).body.items;
    expect(await of()).toMatchObject([{ stationId: "PERMITTED", ...may, byRegistration: false }]);
    await api.post(commands, { type: "RevokePermission", ...may });
    expect(await of()).toEqual([]);
  });

  it("shows what an add-on could not handle, and lets it try again", async () => {
    const parked = { partition: "cp1", cursor: "0-1", eventType: "TokenSet", attempts: 5 };
    const at = "2026-05-04T10:00:00.000Z";
    const data = { ...parked, error: "it is broken", at };
    await api.commit([toAddOn("an-add-on", "ParkAddOnEvent", data)]);
    const release = { partition: "cp1", cursor: "0-1" };
    const done = await api.post("/api/v1/add-ons/an-add-on/releases", release);
    expect(done.body.events).toMatchObject([{ type: "AddOnEventReleased" }]);
    expect((await api.get("/api/v1/add-ons")).body.items).toEqual([]);
  });

  it("leaves out for ever what an add-on could not handle, once and by who may", async () => {
    const place = { partition: "cp1", cursor: "0-2" };
    const at = "2026-05-04T10:00:00.000Z";
    const data = { ...place, eventType: "TokenSet", attempts: 5, error: "it is broken", at };
    await api.commit([toAddOn("an-add-on", "ParkAddOnEvent", data)]);
    const skips = "/api/v1/add-ons/an-add-on/skips";
    const made = await api.post("/api/v1/api-keys", { name: "watcher" });
    const watching = { authorization: `Bearer ${made.body.apiKey}` };
    const refused = await api.ask("POST", skips, { headers: watching, body: place });
    expect(refused).toMatchObject({ status: 403, body: { code: "NotPermitted" } });
    expect((await api.get("/api/v1/add-ons")).body.items).toHaveLength(1);
    const done = await api.post(skips, place);
    expect(done.body.events).toMatchObject([{ type: "AddOnEventSkipped" }]);
    expect((await api.get("/api/v1/add-ons")).body.items).toEqual([]);
    const again = await api.post(skips, place);
    expect(again).toMatchObject({ status: 409, body: { code: "AddOnEventNotParked" } });
  });

  it("shows refused handshakes, and what would have worked", async () => {
    const attempt = {
      at: "2026-05-04T10:00:00.000Z",
      firstAt: "2026-05-04T09:00:00.000Z",
      count: 2,
    };
    const refused = {
      ...attempt,
      url: "/CP7",
      stationId: "CP7",
      status: 404,
      reason: "wrong path",
    };
    api.attempts.push({ ...refused, workingUrl: "ws://localhost/ocpp/CP7" });
    const { body } = await api.get("/api/v1/connection-attempts?stationId=cp7");
    expect(body.items).toMatchObject([{ reason: "wrong path", count: 2 }]);
    expect((await api.get("/api/v1/connection-attempts?stationId=x")).body.items).toEqual([]);
  });
});
