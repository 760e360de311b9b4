// The list by which a station authorizes tokens itself: OCPP 1.6 edition 2, §5.10 and §5.15.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const accepted = (identifyingToken: string) => ({ identifyingToken, status: "accepted" });
const send = (updateType: "full" | "differential", ...entries: unknown[]) => ({
  type: "RequestSendAuthorizationList",
  updateType,
  entries,
});
const listed = async (stationId: string) =>
  (await shown.list(stationId, "authorization-list"))
    .map((entry) => `${entry.identifyingToken} ${entry.status} ${entry.listVersion}`)
    .sort();

describe("GetLocalListVersion", () => {
  it("TC_042_1 a station without a list answers -1, which is shown as not supported", async () => {
    const station = await house.served("TC-042-1");
    station.answers("GetLocalListVersion", { listVersion: -1 });
    const asked = await house.request("TC-042-1", { type: "RequestAuthorizationListVersion" });
    expect(asked).toMatchObject({ outcome: "notSupported", result: { listVersion: -1 } });
    expect((await station.nextCall("GetLocalListVersion")).payload).toEqual({});
    expect((await shown.station("TC-042-1")).authorizationListVersion).toBe(-1);
  });

  it("TC_042_2 a station with an empty list answers 0, and no entry remains shown", async () => {
    const station = await house.served("TC-042-2");
    station.answers("SendLocalList", { status: "Accepted" });
    await house.request("TC-042-2", send("full", accepted("STALE")));
    expect(await listed("TC-042-2")).toEqual(["STALE accepted 1"]);
    station.answers("GetLocalListVersion", { listVersion: 0 });
    const asked = await house.request("TC-042-2", { type: "RequestAuthorizationListVersion" });
    expect(asked).toMatchObject({ outcome: "accepted", result: { listVersion: 0 } });
    expect((await shown.station("TC-042-2")).authorizationListVersion).toBe(0);
    expect(await listed("TC-042-2")).toEqual([]);
  });
});

describe("SendLocalList", () => {
  async function isRefused(stationId: string, status: string, outcome: string): Promise<void> {
    const station = await house.served(stationId);
    station.answers("SendLocalList", { status });
    const asked = await house.request(stationId, send("full", accepted("TAG-1")));
    expect(asked).toMatchObject({ outcome, status });
    expect(await listed(stationId)).toEqual([]);
    expect((await shown.station(stationId)).authorizationListVersion).toBeUndefined();
    expect(station.received.filter(({ action }) => action === "SendLocalList")).toHaveLength(1);
  }

  it("TC_043_1 NotSupported ends the request and changes no list", () =>
    isRefused("TC-043-1", "NotSupported", "notSupported"));

  it("TC_043_3 Failed ends the request and changes no list", () =>
    isRefused("TC-043-3", "Failed", "rejected"));

  it("TC_043_4 a full list replaces what was there, with expiry and group", async () => {
    const station = await house.served("TC-043-4");
    station.answers("SendLocalList", { status: "Accepted" });
    await house.request("TC-043-4", send("full", accepted("OLD")));
    await station.nextCall("SendLocalList");
    const expiresAt = "2040-01-01T00:00:00.000Z";
    const entry = { identifyingToken: "NEW", status: "blocked", expiresAt, groupToken: "FLEET" };
    const asked = await house.request("TC-043-4", send("full", entry));
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    expect((await station.nextCall("SendLocalList")).payload).toEqual({
      listVersion: 2,
      localAuthorizationList: [
        {
          idTag: "NEW",
          idTagInfo: { expiryDate: expiresAt, parentIdTag: "FLEET", status: "Blocked" },
        },
      ],
      updateType: "Full",
    });
    const entries = await shown.list("TC-043-4", "authorization-list");
    expect(entries).toEqual([
      expect.objectContaining({
        ...{ identifyingToken: "NEW", status: "blocked", expiresAt, groupToken: "FLEET" },
        listVersion: 2,
      }),
    ]);
  });

  it("TC_043_5 a differential list is of a higher version, adds, changes and removes", async () => {
    const station = await house.served("TC-043-5");
    station.answers("GetLocalListVersion", { listVersion: 7 });
    station.answers("SendLocalList", { status: "Accepted" });
    await house.request("TC-043-5", { type: "RequestAuthorizationListVersion" });
    await house.request("TC-043-5", send("full", accepted("STAYS"), accepted("GOES")));
    const list = [
      { identifyingToken: "GOES" },
      accepted("COMES"),
      { identifyingToken: "stays", status: "blocked" },
    ];
    const asked = await house.request("TC-043-5", send("differential", ...list));
    expect(asked).toMatchObject({ outcome: "accepted" });
    const [full, difference] = station.received.filter((call) => call.action === "SendLocalList");
    expect(full?.payload).toMatchObject({ listVersion: 8, updateType: "Full" });
    expect(difference?.payload).toMatchObject({
      listVersion: 9,
      updateType: "Differential",
      localAuthorizationList: [
        { idTag: "GOES" },
        { idTag: "COMES", idTagInfo: { status: "Accepted" } },
        { idTagInfo: { status: "Blocked" } },
      ],
    });
    expect(await listed("TC-043-5")).toEqual(["COMES accepted 9", "STAYS blocked 9"]);
    expect((await shown.station("TC-043-5")).authorizationListVersion).toBe(9);
  });

  it("TC_043_2 after VersionMismatch one full list of all that is known follows", async () => {
    const station = await house.served("TC-043-2");
    station.answers("SendLocalList", { status: "Accepted" });
    await house.request("TC-043-2", send("full", accepted("FIRST"), accepted("GOES")));
    station.answersOnce("SendLocalList", { status: "VersionMismatch" });
    const changes = [accepted("SECOND"), { identifyingToken: "GOES" }];
    const asked = await house.request("TC-043-2", send("differential", ...changes));
    expect(asked).toMatchObject({ outcome: "rejected", status: "VersionMismatch" });
    await station.nextCall("SendLocalList");
    const difference = await station.nextCall("SendLocalList");
    expect(difference.payload).toMatchObject({ updateType: "Differential", listVersion: 2 });
    const full = await station.nextCall("SendLocalList");
    expect(full.payload.updateType).toBe("Full");
    expect(full.payload.listVersion).toBeGreaterThan(1);
    const tags = (full.payload.localAuthorizationList as { idTag: string }[]).map((e) => e.idTag);
    expect(tags.sort()).toEqual(["FIRST", "SECOND"]);
    await house.eventually("the new list", async () => {
      const entries = await listed("TC-043-2");
      return entries.length === 2 && entries.every((entry) => !/GOES/.test(entry)) ? 1 : undefined;
    });
  });

  it("TC_043_2 a full list that is refused as well is not sent for ever", async () => {
    const station = await house.served("TC-043-2-again");
    station.answers("SendLocalList", { status: "VersionMismatch" });
    await house.request("TC-043-2-again", send("differential", accepted("TAG-1")));
    await station.nextCall("SendLocalList");
    expect((await station.nextCall("SendLocalList")).payload.updateType).toBe("Full");
    await house.eventually("the end of both", async () => {
      const asked = await shown.list("TC-043-2-again", "requests?outcome=rejected");
      return asked.length === 2 ? asked : undefined;
    });
    expect(await shown.list("TC-043-2-again", "requests")).toHaveLength(2);
    expect(await listed("TC-043-2-again")).toEqual([]);
  });
});

describe("a list that is longer than one call may carry", () => {
  const limits = {
    configurationKey: [{ key: "SendLocalListMaxLength", readonly: true, value: "2" }],
    unknownKey: [],
  };

  it("goes out as a full part and differential ones of later versions, as one", async () => {
    const station = await house.served("LONG-1");
    station.answers("GetConfiguration", limits).answers("SendLocalList", { status: "Accepted" });
    await house.request("LONG-1", { type: "RequestConfigurationItems" });
    const tags = ["T-1", "T-2", "T-3", "T-4", "T-5"];
    const asked = await house.request("LONG-1", send("full", ...tags.map(accepted)));
    expect(asked).toMatchObject({ state: "done", outcome: "accepted" });
    const sent = station.received.filter(({ action }) => action === "SendLocalList");
    const parts = sent.map(({ payload }) => [
      payload.updateType,
      payload.listVersion,
      (payload.localAuthorizationList as unknown[]).length,
    ]);
    expect(parts).toEqual([
      ["Full", 1, 2],
      ["Differential", 2, 2],
      ["Differential", 3, 1],
    ]);
    expect((await listed("LONG-1")).map((entry) => entry.split(" ")[0])).toEqual(tags);
    expect((await shown.station("LONG-1")).authorizationListVersion).toBe(3);
  });

  it("stops at the part that is refused; what was taken stays shown", async () => {
    const station = await house.served("LONG-2");
    station.answers("GetConfiguration", limits).answers("SendLocalList", { status: "Failed" });
    station.answersOnce("SendLocalList", { status: "Accepted" });
    await house.request("LONG-2", { type: "RequestConfigurationItems" });
    const tags = ["T-1", "T-2", "T-3", "T-4", "T-5"];
    const asked = await house.request("LONG-2", send("full", ...tags.map(accepted)));
    expect(asked).toMatchObject({ outcome: "rejected", status: "Failed" });
    expect(station.received.filter(({ action }) => action === "SendLocalList")).toHaveLength(2);
    expect(await listed("LONG-2")).toEqual(["T-1 accepted 1", "T-2 accepted 1"]);
  });
});

describe("what no station is asked", () => {
  it("a full list whose entries lack a status is refused, naming why", async () => {
    await house.served("REFUSED-1");
    const list = send("full", { identifyingToken: "TAG-1" });
    const answer = await house.request("REFUSED-1", list);
    expect(answer).toMatchObject({ status: 422, code: "AuthorizationListIncomplete" });
  });
});
