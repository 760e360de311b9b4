// A remote start with a charging profile, and one that nothing follows: §5.11 and §5.16.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, starts } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const wish = { type: "RequestStartTransaction", identifyingToken: "TAG" };
const chargingProfile = {
  ...{ chargingProfileId: 7, stackLevel: 2, chargingProfilePurpose: "TxProfile" },
  chargingProfileKind: "Relative",
  chargingSchedule: {
    chargingRateUnit: "W",
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 3700.7, numberPhases: 1 }],
  },
};

beforeAll(() => house.token("TAG"));

describe("RemoteStartTransaction", () => {
  it("TC_059 carries the TxProfile, and the transaction that follows is linked", async () => {
    const station = await house.served("TC-059");
    station.answers("RemoteStartTransaction", { status: "Accepted" });
    const asked = await house.request("TC-059", { ...wish, evseId: 1, chargingProfile });
    expect(asked).toMatchObject({ outcome: "accepted", followUp: "awaited" });
    const { payload } = await station.nextCall("RemoteStartTransaction");
    expect(payload).toEqual({ connectorId: 1, idTag: "TAG", chargingProfile });
    await station.call("Authorize", { idTag: "TAG" });
    await starts(station);
    const session = await house.transaction("TC-059");
    expect(session.startRequestId).toBe(asked.requestId);
    const { transactionId } = session;
    await shown.requestWith(asked, { followUp: "fulfilled", transactionId: String(transactionId) });
  });

  it("TC_060 Rejected awaits nothing; a start afterwards is the driver's own", async () => {
    const station = await house.served("TC-060");
    station.answers("RemoteStartTransaction", { status: "Rejected" });
    const asked = await house.request("TC-060", { ...wish, evseId: 1, chargingProfile });
    expect(asked).toMatchObject({
      ...{ outcome: "rejected", status: "Rejected", followUp: "notAwaited" },
    });
    await starts(station);
    expect((await house.transaction("TC-060")).startRequestId).toBeUndefined();
  });

  it("without a connector links what starts on any EVSE", async () => {
    const station = await house.served("REMOTE-1");
    station.answers("RemoteStartTransaction", { status: "Accepted" });
    const asked = await house.request("REMOTE-1", wish);
    const { payload } = await station.nextCall("RemoteStartTransaction");
    expect(payload).toEqual({ idTag: "TAG" });
    await starts(station, { connectorId: 2 });
    await shown.requestWith(asked, { followUp: "fulfilled" });
    expect(await house.transaction("REMOTE-1")).toMatchObject({
      ...{ evseId: 2, startRequestId: asked.requestId },
    });
  });

  it("that no transaction follows is accepted and missed, and links none later", async () => {
    const station = await house.served("REMOTE-2");
    station.answers("RemoteStartTransaction", { status: "Accepted" });
    const asked = await house.request("REMOTE-2", { ...wish, evseId: 1, deadlineSeconds: 1 });
    const missed = await shown.requestWith(asked, { followUp: "missed" });
    expect(missed).toMatchObject({ outcome: "accepted" });
    expect(missed.transactionId).toBeUndefined();
    expect(await house.correlated(asked.correlationId)).toContain("FollowUpMissed");
    await starts(station);
    expect((await house.transaction("REMOTE-2")).startRequestId).toBeUndefined();
  });

  it("sent as a call of one's own is followed up like the named request", async () => {
    const station = await house.served("REMOTE-3");
    station.answers("RemoteStartTransaction", { status: "Accepted" });
    const payload = { connectorId: 1, idTag: "TAG" };
    const call = { type: "RequestOcppCall", action: "RemoteStartTransaction", payload };
    const asked = await house.request("REMOTE-3", call);
    expect((await station.nextCall("RemoteStartTransaction")).payload).toEqual(payload);
    await shown.requestWith(asked, { followUp: "awaited" });
    await starts(station);
    await shown.requestWith(asked, { followUp: "fulfilled" });
    expect((await house.transaction("REMOTE-3")).startRequestId).toBe(asked.requestId);
  });

  it.each([
    ["an unfinished profile", { chargingProfileId: 7 }],
    [
      "a profile of another purpose",
      { ...chargingProfile, chargingProfilePurpose: "TxDefaultProfile" },
    ],
    ["a profile that names a transaction", { ...chargingProfile, transactionId: "one" }],
  ])("with %s is refused before it is sent", async (what, wrong) => {
    const stationId = `REMOTE-${what.replaceAll(" ", "-")}`;
    const station = await house.served(stationId);
    const answer = await house.request(stationId, { ...wish, chargingProfile: wrong });
    expect(answer).toMatchObject({ status: 400, code: "BodyInvalid" });
    expect(JSON.stringify(answer)).toContain("/chargingProfile");
    expect(station.received).toEqual([]);
  });
});
