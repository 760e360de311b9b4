import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stationKey } from "#core";
import { openApi, type TestApi } from "#support/api";

const stations = "/api/v1/charging-stations";
const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }];

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

describe("registering a station before its first boot", () => {
  it("creates, configures, accepts and sets the password as one unit", async () => {
    const body = { stationId: "CP/Ä 1", accepted: true, evses, password: "a-long-enough-password" };
    const made = await api.post(stations, body);
    expect(made.status).toBe(400);
    expect(made.body.issues).toEqual([expect.objectContaining({ path: "/stationId" })]);
    const good = await api.post(stations, { ...body, stationId: "CP-Ä 1" });
    expect(good.status).toBe(201);
    expect(good.body).toMatchObject({ stationId: "CP-Ä 1", state: "operational", evseCount: 1 });
    const again = await api.get(String(good.headers.location));
    expect(again.body.stationId).toBe("CP-Ä 1");
    const events = await api.get(`${stations}/cp-%C3%A4%201/events`);
    expect(events.body.items.map((event: { type: string }) => event.type)).toEqual([
      "StationPasswordSet",
      "ChargingStationAccepted",
      "ChargingStationConfigured",
      "ChargingStationCreated",
    ]);
    const cursors = events.body.items.map((event: { cursor: string }) => event.cursor);
    expect(new Set(cursors).size).toBe(4);
    expect(events.text).not.toContain("a-long-enough-password");
    const credential = await api.store.findCredential(`station:${stationKey("CP-Ä 1")}`);
    expect(credential?.secret).toMatch(/^hmac-sha256:/);
  });

  it("takes the EVSEs of a type of the catalogue, and refuses another", async () => {
    await api.put("/api/v1/station-types/ACME/Model%201", { evses });
    const body = { stationId: "TYPED", vendor: "acme", model: "model 1" };
    expect((await api.post(stations, body)).body).toMatchObject({ configured: true, evseCount: 1 });
    const unknown = await api.post(stations, { ...body, stationId: "OTHER", model: "no such" });
    expect(unknown).toMatchObject({ status: 404, body: { code: "TypeNotFound" } });
    expect((await api.get(`${stations}/OTHER`)).body.code).toBe("StationNotFound");
    const half = await api.post(stations, { stationId: "OTHER", vendor: "acme" });
    expect(half.body).toMatchObject({ status: 400, issues: [{ path: "/model" }] });
  });

  it("refuses a second one of another spelling", async () => {
    await api.post(stations, { stationId: "Twice" });
    const again = await api.post(stations, { stationId: "TWICE" });
    expect(again).toMatchObject({ status: 409, body: { code: "StationAlreadyExists" } });
  });
});

describe("lists", () => {
  it("are paged, filtered and searched", async () => {
    for (const number of [1, 2, 3]) await api.post(stations, { stationId: `PAGE${number}` });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const next = after === undefined ? "" : `&after=${after}`;
      const page = await api.get(`${stations}?search=page&limit=2${next}`);
      ids.push(...page.body.items.map((item: { stationId: string }) => item.stationId));
      after = page.body.next;
    } while (after !== undefined);
    expect(ids).toEqual(["PAGE1", "PAGE2", "PAGE3"]);
    const one = await api.get(`${stations}?stationId=page2&state=waiting&accepted=false`);
    expect(one.body.items).toMatchObject([{ stationId: "PAGE2" }]);
  });

  it("name each query field that is unknown or wrong", async () => {
    const answer = await api.get(`${stations}?sate=waiting&limit=many&state=lost&accepted=perhaps`);
    expect(answer).toMatchObject({ status: 400, body: { code: "QueryInvalid" } });
    const paths = answer.body.issues.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual(["/accepted", "/limit", "/sate", "/state"]);
    const place = await api.get(`${stations}?after=nowhere`);
    expect(place.body.issues).toEqual([expect.objectContaining({ path: "/after" })]);
  });

  it("are narrowed to what is connected now, or is not", async () => {
    for (const number of [1, 2, 3]) await api.post(stations, { stationId: `NET${number}` });
    const { cluster, card } = api.parts.operation;
    const connectedAt = card.startedAt;
    const node = cluster.node;
    await api.store.connect({ station: "net1", node, connectedAt });
    await api.store.connect({ station: "net2", node: "a node that has died", connectedAt });
    const epoch = await api.store.connect({ station: "net3", node, connectedAt });
    const found = async (connected: boolean) => {
      const { body } = await api.get(`${stations}?search=net&connected=${connected}`);
      return body.items.map((item: { stationId: string }) => item.stationId);
    };
    expect(await found(true)).toEqual(["NET1", "NET3"]);
    expect(await found(false)).toEqual(["NET2"]);
    await api.store.disconnect({ station: "net3", epoch, at: connectedAt });
    api.environment.clock.advance(api.environment.limits.connectedStationsMs);
    expect(await found(true)).toEqual(["NET1"]);
    expect((await api.get(`${stations}?connected=perhaps`)).status).toBe(400);
  });

  it("say whether a station is connected", async () => {
    await api.post(stations, { stationId: "LIVE" });
    const row = { connected: true, protocol: "ocpp1.6", node: "host-1", epoch: 7, station: "live" };
    api.connections.set("live", row);
    const { body } = await api.get(`${stations}/LIVE`);
    expect(body.connection).toEqual({ connected: true, protocol: "ocpp1.6" });
  });
});

describe("below a station", () => {
  it("lists answer for a known station, and 404 for another", async () => {
    await api.post(stations, { stationId: "BELOW", evses });
    const { body } = await api.get("/openapi.json");
    const lists = Object.keys(body.paths)
      .filter((path) => path.startsWith(`${stations}/{stationId}/`))
      .filter((path) => body.paths[path].get !== undefined && !path.includes("{requestId}"));
    expect(lists.length).toBeGreaterThan(12);
    for (const path of lists) {
      const known = await api.get(path.replace("{stationId}", "below"));
      expect(known.status, path).toBe(200);
      const unknown = await api.get(path.replace("{stationId}", "nobody"));
      expect(unknown, path).toMatchObject({ status: 404, body: { code: "StationNotFound" } });
    }
    const shown = await api.get(`${stations}/BELOW/evses`);
    expect(shown.body.items).toMatchObject([{ stationId: "BELOW", evseId: 1 }]);
  });

  it("are searched as far back as they go", async () => {
    await api.post(stations, { stationId: "SOUGHT", evses });
    const add = (second: number, call: string) =>
      api.frames.add({
        station: "sought",
        at: `2026-05-04T10:00:${String(second).padStart(2, "0")}.000Z`,
        ...{ direction: "fromStation", protocol: "ocpp1.6", action: "DataTransfer", call },
      });
    add(1, '[2,"1","DataTransfer",{"vendorId":"Needle works"}]');
    for (let second = 2; second < 12; second += 1) add(second, `[2,"${second}","DataTransfer",{}]`);
    const frames = await api.get(`${stations}/SOUGHT/messages?search=needle+2%2C&limit=5`);
    expect(frames.body.items).toMatchObject([{ call: expect.stringContaining("Needle") }]);
    const events = await api.get(`${stations}/SOUGHT/events?search=CREATED+sought&limit=1`);
    expect(events.body.items).toMatchObject([{ type: "ChargingStationCreated" }]);
    const none = await api.get(`${stations}/SOUGHT/events?search=created+nobody`);
    expect(none.body).toEqual({ items: [] });
  });

  it("shows what went over the wire, and how often it deviated", async () => {
    await api.post(stations, { stationId: "WIRE" });
    const call = '[2,"1","Heartbeat",null]';
    for (const second of [1, 2, 3]) {
      api.frames.add({
        station: "wire",
        at: `2026-05-04T10:00:0${second}.000Z`,
        direction: "fromStation",
        protocol: "ocpp1.6",
        action: "Heartbeat",
        call,
        deviations: ["payloadNull"],
      });
    }
    await api.frames.flush();
    const first = await api.get(`${stations}/WIRE/messages?limit=2&action=Heartbeat`);
    expect(first.body.items).toMatchObject([{ at: "2026-05-04T10:00:03.000Z", call }, { call }]);
    const rest = await api.get(`${stations}/WIRE/messages?limit=2&after=${first.body.next}`);
    expect(rest.body.items).toHaveLength(1);
    const deviations = await api.get(`${stations}/WIRE/deviations`);
    expect(deviations.body.items).toMatchObject([{ code: "payloadNull", count: 3 }]);
  });

  it("makes a password and shows it once, or takes one", async () => {
    await api.post(stations, { stationId: "SECRET" });
    const made = await api.put(`${stations}/SECRET/password`, {});
    expect(made).toMatchObject({
      status: 200,
      body: { password: expect.stringMatching(/^\w{24}$/) },
    });
    const given = await api.put(`${stations}/SECRET/password`, { password: "0123456789abcdef" });
    expect(given).toMatchObject({ status: 204, text: "" });
    const short = await api.put(`${stations}/SECRET/password`, { password: "short" });
    expect(short.body.issues).toEqual([expect.objectContaining({ path: "/password" })]);
  });
});
