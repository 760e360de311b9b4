// RequestOcppCall: any call of the station's version, with the effects of the named request.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type ConformanceHouse,
  conformanceHouse,
  instant,
  starts,
  stops,
} from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const call = (action: string, payload: object) => ({ type: "RequestOcppCall", action, payload });

async function answering(stationId: string, action: string, answer: object) {
  const station = await house.served(stationId);
  station.answers(action, answer as Record<string, unknown>);
  return station;
}

beforeAll(() => house.token("TAG"));

describe("a call of one's own", () => {
  it("ChangeAvailability changes the EVSE", async () => {
    await answering("CALL-1", "ChangeAvailability", { status: "Accepted" });
    const payload = { connectorId: 2, type: "Inoperative" };
    const asked = await house.request("CALL-1", call("ChangeAvailability", payload));
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    expect(await house.evse("CALL-1", 2)).toMatchObject({ availability: "inoperative" });
    expect(await house.evse("CALL-1", 1)).not.toMatchObject({ availability: "inoperative" });
  });

  it("ChangeConfiguration marks the key until the next boot", async () => {
    const answer = { status: "RebootRequired" };
    const station = await answering("CALL-2", "ChangeConfiguration", answer);
    const payload = { key: "HeartbeatInterval", value: "60" };
    const asked = await house.request("CALL-2", call("ChangeConfiguration", payload));
    expect(asked).toMatchObject({ outcome: "accepted", status: "RebootRequired" });
    const marked = { ...payload, rebootRequired: true };
    expect(await shown.list("CALL-2", "configuration")).toEqual([expect.objectContaining(marked)]);
    expect((await shown.station("CALL-2")).rebootRequired).toBe(true);
    await station.boot();
    expect((await shown.station("CALL-2")).rebootRequired).toBe(false);
    expect(await shown.list("CALL-2", "configuration")).toEqual([
      expect.objectContaining({ ...payload, rebootRequired: false }),
    ]);
  });

  it("GetConfiguration fills the station's configuration", async () => {
    await answering("CALL-3", "GetConfiguration", {
      configurationKey: [{ key: "NumberOfConnectors", readonly: true, value: "2" }],
      unknownKey: ["Nonsense"],
    });
    const payload = { key: ["NumberOfConnectors", "Nonsense"] };
    await house.request("CALL-3", call("GetConfiguration", payload));
    expect(await shown.list("CALL-3", "configuration")).toEqual([
      expect.objectContaining({ key: "Nonsense", unknown: true }),
      expect.objectContaining({ key: "NumberOfConnectors", readonly: true, value: "2" }),
    ]);
  });

  it("SendLocalList fills the authorization list, GetLocalListVersion its version", async () => {
    const station = await answering("CALL-4", "SendLocalList", { status: "Accepted" });
    station.answers("GetLocalListVersion", { listVersion: 4 });
    const localAuthorizationList = [{ idTag: "TAG", idTagInfo: { status: "Accepted" } }];
    const payload = { listVersion: 3, localAuthorizationList, updateType: "Full" };
    await house.request("CALL-4", call("SendLocalList", payload));
    expect(await shown.list("CALL-4", "authorization-list")).toEqual([
      expect.objectContaining({ identifyingToken: "TAG", status: "accepted", listVersion: 3 }),
    ]);
    await house.request("CALL-4", call("GetLocalListVersion", {}));
    expect((await shown.station("CALL-4")).authorizationListVersion).toBe(4);
  });

  it("RemoteStopTransaction is linked with the stop that follows", async () => {
    const answer = { status: "Accepted" };
    const station = await answering("CALL-5", "RemoteStopTransaction", answer);
    const { transactionId } = await starts(station);
    const asked = await house.request("CALL-5", call("RemoteStopTransaction", { transactionId }));
    await shown.requestWith(asked, { outcome: "accepted", followUp: "awaited" });
    await stops(station, { transactionId, reason: "Remote" });
    await shown.requestWith(asked, { followUp: "fulfilled" });
    expect(await house.transaction("CALL-5")).toMatchObject({
      ...{ state: "ended", stopRequestId: asked.requestId },
    });
  });

  it("keeps a token's value out of the log, and sends it all the same", async () => {
    const station = await answering("CALL-6", "RemoteStartTransaction", { status: "Accepted" });
    station.answers("ReserveNow", { status: "Accepted" });
    const idTag = "Personal-Value-77";
    const start = { connectorId: 1, idTag };
    await house.request("CALL-6", call("RemoteStartTransaction", start));
    expect((await station.nextCall("RemoteStartTransaction")).payload).toEqual(start);
    const reserve = { connectorId: 1, expiryDate: instant(600), idTag, reservationId: 5 };
    const asked = await house.request("CALL-6", call("ReserveNow", reserve));
    expect((await station.nextCall("ReserveNow")).payload).toEqual(reserve);
    // The API shows the value beside its reference to whoever may see it.
    expect(asked.parameters).toMatchObject({
      payload: { connectorId: 1, idTag: { identifyingToken: idTag } },
    });
    await house.idle();
    const stored = await house.motown.store.readAll({ after: 0, limit: 5000 });
    expect(JSON.stringify(stored).toLowerCase()).not.toContain(idTag.toLowerCase());
  });

  it("takes for tokens what stands where tokens stand, and nothing else", async () => {
    const station = await answering("CALL-7", "SendLocalList", { status: "Accepted" });
    const group = { parentIdTag: "Differential", status: "Accepted" };
    const localAuthorizationList = [{ idTag: "FULL", idTagInfo: group }, { idTag: "Gone" }];
    const payload = { listVersion: 1, localAuthorizationList, updateType: "Differential" };
    await house.request("CALL-7", call("SendLocalList", payload));
    expect((await station.nextCall("SendLocalList")).payload).toEqual(payload);
    const [recorded] = await shown.events("CALL-7", "OcppCallRequested");
    expect(recorded?.payload).toMatchObject({
      updateType: "Differential",
      localAuthorizationList: [
        { idTag: { tokenRef: expect.any(String) }, idTagInfo: { status: "Accepted" } },
        { idTag: { tokenRef: expect.any(String) } },
      ],
    });
  });

  it("keeps no token that the station's refusal repeats", async () => {
    const station = await house.served("CALL-ECHO");
    station.answers("RemoteStartTransaction", {
      callError: "GenericError",
      description: "no charging for Personal-Value-78 here",
      details: { tags: ["PERSONAL-VALUE-78"] },
    });
    const start = { connectorId: 1, idTag: "Personal-Value-78" };
    const asked = await house.request("CALL-ECHO", call("RemoteStartTransaction", start));
    expect(asked).toMatchObject({
      outcome: "failed",
      result: { description: "no charging for … here" },
    });
    await house.idle();
    const stored = await house.motown.store.readAll({ after: 0, limit: 5000 });
    expect(JSON.stringify(stored).toLowerCase()).not.toContain("personal-value-78");
  });

  it.each([
    ["a word of no list", "Reset", { type: "Gently" }, "/payload/type"],
    ["a member too few", "Reset", {}, "/payload/type"],
    ["a member too many", "ClearCache", { all: true }, "/payload/all"],
    ["an action of nobody", "MakeCoffee", {}, "/action"],
    ["an action of the station's own", "Heartbeat", {}, "/action"],
  ])("with %s is refused before it is recorded", async (what, action, payload, path) => {
    const stationId = `CALL-${what.replaceAll(/\W/g, "-")}`;
    const station = await house.served(stationId);
    const answer = await house.request(stationId, call(action, payload));
    expect(answer).toMatchObject({ code: "BodyInvalid", status: 400, issues: [{ path }] });
    expect(station.received).toEqual([]);
    expect(await shown.list(stationId, "requests")).toEqual([]);
  });
});
