import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stationActor, toChargingStation } from "#core";
import { openApi, type TestApi } from "#support/api";

const station = "/api/v1/charging-stations/CP1";
const evse = (evseId: number) => ({ evseId, connectors: [{ connectorId: 1, type: "T2" }] });

let api: TestApi;
beforeAll(async () => {
  const faultOf = ({ action }: { readonly action: string }) =>
    action === "Reset"
      ? undefined
      : { path: "/action", message: `${action} is no call of this version` };
  api = await openApi(
    {},
    { callRules: { faultOf, withoutTokens: async ({ payload }) => payload } },
  );
  const body = { stationId: "CP1", accepted: true, evses: [evse(1), evse(2)] };
  await api.post("/api/v1/charging-stations", body);
});
afterAll(() => api.close());

const command = (body: unknown, headers?: Record<string, string>) =>
  api.post(`${station}/commands`, body, headers);
const request = (body: unknown, headers?: Record<string, string>) =>
  api.post(`${station}/requests`, body, headers);

/** The station's answer, as the speaker of its protocol records it. */
const answer = (requestId: string, outcome: "accepted" | "rejected") => {
  const data = { requestId, outcome, status: "Word", at: api.environment.clock.now() };
  return api.commit(
    [toChargingStation("cp1", "RecordRequestCompleted", data)],
    stationActor("CP1"),
  );
};

describe("decisions", () => {
  it("answer with the cursor and the events, and the next GET shows them", async () => {
    const done = await command({ type: "UnacceptChargingStation", reason: "broken" });
    expect(done.status).toBe(200);
    expect(done.body.events).toMatchObject([
      { type: "ChargingStationUnaccepted", stationId: "CP1", cursor: done.body.cursor },
    ]);
    expect((await api.get(station)).body.accepted).toBe(false);
    expect((await command({ type: "AcceptChargingStation" })).status).toBe(200);
    expect((await api.get(station)).body.accepted).toBe(true);
  });

  it("have one effect under one Idempotency-Key, and the same answer", async () => {
    const headers = { "idempotency-key": "one" };
    const first = await command({ type: "UnacceptChargingStation" }, headers);
    const again = await command({ type: "UnacceptChargingStation" }, headers);
    expect(again.body).toEqual(first.body);
    expect(again.body.events).toHaveLength(1);
    const replayed = [first, again].map((answer) => answer.headers["idempotency-replayed"]);
    expect(replayed).toEqual([undefined, "true"]);
    const other = await command({ type: "AcceptChargingStation" }, headers);
    expect(other).toMatchObject({ status: 422, body: { code: "IdempotencyKeyReused" } });
    await command({ type: "AcceptChargingStation" });
  });

  it("are refused by the core's codes, as problem documents", async () => {
    const twice = await command({ type: "AcceptChargingStation" });
    expect(twice.headers["content-type"]).toContain("application/problem+json");
    expect(twice.body).toEqual({
      type: "urn:motown:problem:StationAlreadyAccepted",
      title: "The station is accepted already.",
      status: 409,
      code: "StationAlreadyAccepted",
    });
    const refusals = await api.get("/api/v1/refusals?code=StationAlreadyAccepted");
    expect(refusals.body.items).toMatchObject([{ command: "AcceptChargingStation" }]);
  });

  it("make a station reservable and not", async () => {
    const type = "UpdateChargingStationReservable";
    const made = await command({ type, reservable: true });
    expect(made.body.events[0].type).toBe("ChargingStationMadeReservable");
    expect((await command({ type, reservable: true })).body.events).toEqual([]);
  });

  it("set a station's default protocol to one that is spoken here, and to none", async () => {
    const type = "SetDefaultProtocol";
    const wrong = await command({ type, protocol: "ocpp0.9" });
    expect(wrong.body).toMatchObject({
      status: 400,
      issues: [{ path: "/protocol", message: "must be one of ocpp1.6" }],
    });
    const done = await command({ type, protocol: "ocpp1.6" });
    expect(done.body.events).toMatchObject([{ type: "DefaultProtocolSet" }]);
    expect((await api.get(station)).body.defaultProtocol).toBe("ocpp1.6");
    expect((await command({ type })).status).toBe(200);
    expect((await api.get(station)).body.defaultProtocol).toBeUndefined();
  });

  it("name what is wrong in the body", async () => {
    const unknown = await command({ type: "RecordBoot" });
    expect(unknown.body).toMatchObject({ status: 400, issues: [{ path: "/type" }] });
    const place = { accessibility: "hidden", coordinates: { latitude: 91, longitude: 4 }, more: 1 };
    const wrong = await command({ type: "PlaceChargingStation", ...place });
    const paths = wrong.body.issues.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual(["/accessibility", "/coordinates/latitude", "/more"]);
    expect((await command([])).body.code).toBe("BodyInvalid");
  });
});

describe("requests", () => {
  it("are resources from queued to done", async () => {
    const asked = await request({ type: "RequestReset", kind: "soft" });
    expect(asked).toMatchObject({ status: 202, body: { type: "RequestReset", state: "queued" } });
    const { requestId, correlationId } = asked.body;
    expect(asked.headers.location).toBe(`${station}/requests/${requestId}`);
    await answer(requestId, "accepted");
    const events = await api.get(`/api/v1/events?correlationId=${correlationId}`);
    expect(events.text).toContain("ResetRequested");
    const list = await api.get(`${station}/requests?state=done`);
    expect(list.body.items).toMatchObject([{ requestId, outcome: "accepted", status: "Word" }]);
  });

  it("are waited for with Prefer", async () => {
    const asked = request({ type: "RequestClearCache" }, { prefer: "respond-async, wait=30" });
    await expect.poll(() => api.environment.clock.waiting).toBeGreaterThan(0);
    const open = await api.get("/api/v1/requests?type=RequestClearCache");
    await answer(open.body.items[0].requestId, "rejected");
    const done = await asked;
    expect(done).toMatchObject({ status: 200, body: { state: "done", outcome: "rejected" } });
    expect(done.headers["preference-applied"]).toBe("wait=30");
  });

  it("are answered as they are when the wait is over", async () => {
    const asked = request({ type: "RequestClearCache" }, { prefer: "wait=999999" });
    await expect.poll(() => api.environment.clock.waiting).toBeGreaterThan(0);
    api.environment.clock.advance(60_000);
    const answered = await asked;
    expect(answered).toMatchObject({ status: 202, body: { state: "queued" } });
    expect(answered.headers["preference-applied"]).toBe("wait=60");
  });

  it("without an EVSE ask for each, and show as one", async () => {
    const asked = await request({ type: "RequestUnlockEvse" });
    const { requestId } = asked.body;
    expect(Object.keys(asked.body.parts)).toEqual([`${requestId}.1`, `${requestId}.2`]);
    await answer(`${requestId}.1`, "accepted");
    await answer(`${requestId}.2`, "rejected");
    await api.get("/api/v1/me");
    const whole = await api.get(`${station}/requests/${requestId}`);
    expect(whole.body).toMatchObject({ state: "done", outcome: "rejected" });
  });

  it("can be taken back while they wait", async () => {
    const validUntil = "2026-05-05T10:00:00+02:00";
    const asked = await request({ type: "RequestReset", kind: "hard", validUntil });
    expect(asked.body.validUntil).toBe("2026-05-05T08:00:00.000Z");
    const path = `${station}/requests/${asked.body.requestId}`;
    expect((await api.remove(path)).body).toMatchObject({ state: "done", outcome: "superseded" });
    expect((await api.remove(path)).status).toBe(404);
    expect((await api.get(`${station}/requests/nothing`)).body.code).toBe("RequestNotFound");
  });

  it("hold token values in the vault alone, and show them nevertheless", async () => {
    const asked = await request({ type: "RequestStartTransaction", identifyingToken: "Card-77" });
    expect(asked.body.parameters.identifyingToken).toBe("Card-77");
    const raw = await api.store.readAll({ after: 0, limit: 500 });
    expect(JSON.stringify(raw)).not.toContain("Card-77");
    const type = "RequestSendAuthorizationList";
    const entries = [{ identifyingToken: "Card-78", status: "accepted", groupToken: "Fleet" }];
    const sent = await request({ type, updateType: "full", entries });
    expect(sent.body.parameters.entries).toMatchObject(entries);
  });

  it("mint what the client does not say", async () => {
    const asked = await request({
      type: "RequestReserveNow",
      identifyingToken: "Card-77",
      expiresAt: "2026-05-04T12:00:00Z",
      deadlineSeconds: 10,
    });
    expect(asked.body.parameters).toMatchObject({ reservationNumber: 1 });
    expect(asked.body.parameters.reservationId).toEqual(expect.any(String));
    const waits = Date.parse(asked.body.deadline) - Date.parse(asked.body.requestedAt);
    expect(waits).toBe(10_000);
  });

  it("of any call of the version are refused by its schema", async () => {
    const type = "RequestOcppCall";
    const wrong = await request({ type, action: "Restart", payload: {} });
    expect(wrong.body).toMatchObject({
      status: 400,
      issues: [{ path: "/action", message: "Restart is no call of this version" }],
    });
    const right = await request({ type, action: "Reset", payload: { type: "Soft" } });
    expect(right).toMatchObject({ status: 202, body: { type, parameters: { action: "Reset" } } });
  });

  it("need what their type needs", async () => {
    const stop = await request({ type: "RequestStopTransaction" });
    expect(stop.body.issues).toEqual([
      { path: "/transactionId", message: "is needed, or transactionNumber" },
    ]);
    const twice = await request({ type: "RequestReset", kind: "warm", requestId: "mine" });
    const paths = twice.body.issues.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual(["/kind", "/requestId"]);
  });

  it("are refused while the station is not accepted", async () => {
    await api.post("/api/v1/charging-stations", { stationId: "NEW" });
    const body = { type: "RequestClearCache" };
    const refused = await api.post("/api/v1/charging-stations/NEW/requests", body);
    expect(refused).toMatchObject({ status: 409, body: { code: "StationNotAccepted" } });
    const allowed = await api.get("/api/v1/charging-stations/NEW/allowed");
    expect(allowed.body.commands).toContainEqual({
      type: "RequestReset",
      permission: "RequestReset.hard",
      to: "requests",
      operation: "postChargingStationsByStationIdRequests",
      when: { type: "RequestReset", kind: "hard" },
      allowed: false,
      code: "StationNotAccepted",
      reason: "The station has not been accepted.",
    });
  });
});
