// Charging profiles: OCPP 1.6 edition 2, §5.5, §5.7 and §5.16.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, starts, stops } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const profiles = async (stationId: string) => shown.list(stationId, "charging-profiles");
const idsOf = async (stationId: string) =>
  (await profiles(stationId)).map(({ chargingProfileId }) => chargingProfileId);

const profile = (more: object = {}) => ({
  ...{ chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: "TxDefaultProfile" },
  ...{ chargingProfileKind: "Absolute" },
  chargingSchedule: {
    startSchedule: "2026-01-01T00:00:00.000Z",
    chargingRateUnit: "A",
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 16.1, numberPhases: 3 },
      { startPeriod: 3600, limit: 0.3 },
    ],
  },
  ...more,
});
const set = (chargingProfile: object, evseId?: number) => ({
  ...{ type: "RequestSetChargingProfile", chargingProfile },
  ...(evseId === undefined ? {} : { evseId }),
});
const forTransaction = { chargingProfilePurpose: "TxProfile", chargingProfileKind: "Relative" };

async function limited(stationId: string) {
  const station = await house.served(stationId);
  station.answers("SetChargingProfile", { status: "Accepted" });
  return station;
}

beforeAll(() => house.token("TAG"));

describe("SetChargingProfile", () => {
  it("TC_056 a TxDefaultProfile goes to its connector as it is, and is shown", async () => {
    const station = await limited("TC-056");
    const asked = await house.request("TC-056", set(profile(), 1));
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    const { payload } = await station.nextCall("SetChargingProfile");
    expect(payload).toEqual({ connectorId: 1, csChargingProfiles: profile() });
    expect(await profiles("TC-056")).toEqual([
      expect.objectContaining({
        ...{ chargingProfileId: 1, evseId: 1, chargingProfilePurpose: "TxDefaultProfile" },
        chargingProfile: profile(),
      }),
    ]);
  });

  it("TC_057 a TxProfile carries the running transaction's number, and ends with it", async () => {
    const station = await limited("TC-057");
    const started = await starts(station);
    const { transactionId } = await house.transaction("TC-057");
    const own = profile({ ...forTransaction, transactionId });
    expect(await house.request("TC-057", set(own, 1))).toMatchObject({ outcome: "accepted" });
    const { payload } = await station.nextCall("SetChargingProfile");
    expect(payload).toMatchObject({
      connectorId: 1,
      csChargingProfiles: { ...forTransaction, transactionId: started.transactionId },
    });
    expect(await profiles("TC-057")).toEqual([expect.objectContaining({ transactionId })]);
    await stops(station, { transactionId: started.transactionId });
    expect(await profiles("TC-057")).toEqual([]);
  });

  it("TC_057 without naming it the transaction of the EVSE is meant", async () => {
    const station = await limited("TC-057-unnamed");
    const started = await starts(station, { connectorId: 2 });
    await house.request("TC-057-unnamed", set(profile(forTransaction), 2));
    const { payload } = await station.nextCall("SetChargingProfile");
    expect(payload).toMatchObject({
      csChargingProfiles: { transactionId: started.transactionId },
    });
    const { transactionId } = await house.transaction("TC-057-unnamed");
    expect(await profiles("TC-057-unnamed")).toEqual([expect.objectContaining({ transactionId })]);
  });

  it("TC_058 a TxProfile where nothing charges: the refusal is the station's", async () => {
    const station = await limited("TC-058");
    station.answers("SetChargingProfile", { status: "Rejected" });
    const asked = await house.request("TC-058", set(profile(forTransaction), 1));
    expect(asked).toMatchObject({ outcome: "rejected", status: "Rejected" });
    expect(await profiles("TC-058")).toEqual([]);
    const named = set(profile({ ...forTransaction, transactionId: "nothing" }), 1);
    expect(await house.request("TC-058", named)).toMatchObject({ code: "TransactionNotOpen" });
    expect(station.received).toHaveLength(1);
  });

  it("TC_072 profiles of other levels stay, one of the same level is replaced", async () => {
    const station = await limited("TC-072");
    const of = (chargingProfileId: number, stackLevel: number) =>
      set(profile({ chargingProfileId, stackLevel }), 1);
    for (const [id, level] of [
      [1, 0],
      [2, 1],
      [3, 1],
    ] as const) {
      await house.request("TC-072", of(id, level));
    }
    expect(station.received).toHaveLength(3);
    expect(await idsOf("TC-072")).toEqual([1, 3]);
  });

  it("TC_082 a TxDefaultProfile is set while a transaction runs, and outlives it", async () => {
    const station = await limited("TC-082");
    const started = await starts(station);
    expect(await house.request("TC-082", set(profile(), 1))).toMatchObject({
      outcome: "accepted",
    });
    const { payload } = await station.nextCall("SetChargingProfile");
    expect(payload.csChargingProfiles).not.toHaveProperty("transactionId");
    await stops(station, { transactionId: started.transactionId });
    expect(await idsOf("TC-082")).toEqual([1]);
  });

  it("of the whole station goes to connector 0", async () => {
    const station = await limited("PROFILE-1");
    const most = profile({ chargingProfilePurpose: "ChargePointMaxProfile" });
    await house.request("PROFILE-1", set(most));
    expect((await station.nextCall("SetChargingProfile")).payload.connectorId).toBe(0);
    const [shownOne] = await profiles("PROFILE-1");
    expect(shownOne?.evseId).toBeUndefined();
  });

  it("NotSupported changes nothing", async () => {
    const station = await limited("PROFILE-2");
    station.answers("SetChargingProfile", { status: "NotSupported" });
    const asked = await house.request("PROFILE-2", set(profile(), 1));
    expect(asked).toMatchObject({ outcome: "notSupported", status: "NotSupported" });
    expect(await profiles("PROFILE-2")).toEqual([]);
  });

  it("of a limit finer than a tenth is refused before it is sent", async () => {
    const station = await limited("PROFILE-3");
    const chargingSchedule = {
      chargingRateUnit: "W",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.15 }],
    };
    const answer = await house.request("PROFILE-3", set(profile({ chargingSchedule }), 1));
    expect(answer).toMatchObject({ status: 422, code: "ChargingLimitTooFine", detail: "16.15" });
    expect(station.received).toEqual([]);
  });

  it("sent as a call of one's own is shown as well", async () => {
    const station = await limited("PROFILE-4");
    const started = await starts(station);
    const { transactionId } = started;
    const { chargingProfileId, ...rest } = profile(forTransaction);
    const csChargingProfiles = { chargingProfileId, transactionId, ...rest };
    const payload = { connectorId: 1, csChargingProfiles };
    const call = { type: "RequestOcppCall", action: "SetChargingProfile", payload };
    expect(await house.request("PROFILE-4", call)).toMatchObject({ outcome: "accepted" });
    expect((await station.nextCall("SetChargingProfile")).payload).toEqual(payload);
    const session = await house.transaction("PROFILE-4");
    expect(await profiles("PROFILE-4")).toEqual([
      expect.objectContaining({ transactionId: session.transactionId, evseId: 1 }),
    ]);
  });
});

describe("GetCompositeSchedule", () => {
  const ask = { type: "RequestCompositeSchedule", evseId: 1, durationSeconds: 600 };

  it("TC_066 what the station computes is the result, and is shown", async () => {
    const station = await house.served("TC-066");
    const chargingSchedule = {
      ...{ duration: 600, chargingRateUnit: "A" },
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 6.7 }],
    };
    const scheduleStart = "2026-01-01T00:00:00.000Z";
    const answer = { status: "Accepted", connectorId: 1, scheduleStart, chargingSchedule };
    station.answers("GetCompositeSchedule", answer);
    const asked = await house.request("TC-066", { ...ask, chargingRateUnit: "A" });
    expect(asked).toMatchObject({
      outcome: "accepted",
      result: { scheduleStart, chargingSchedule },
    });
    const { payload } = await station.nextCall("GetCompositeSchedule");
    expect(payload).toEqual({ connectorId: 1, duration: 600, chargingRateUnit: "A" });
    expect(await shown.list("TC-066", "composite-schedules")).toEqual([
      expect.objectContaining({
        ...{ evseId: 1, requestId: asked.requestId },
        schedule: { scheduleStart, chargingSchedule },
      }),
    ]);
  });

  it("TC_066 Rejected shows none; leaving out the EVSE asks for connector 0", async () => {
    const station = await house.served("TC-066-refused");
    station.answers("GetCompositeSchedule", { status: "Rejected" });
    const { evseId: _whole, ...whole } = ask;
    const asked = await house.request("TC-066-refused", whole);
    expect(asked).toMatchObject({ outcome: "rejected", status: "Rejected" });
    const { payload } = await station.nextCall("GetCompositeSchedule");
    expect(payload).toEqual({ connectorId: 0, duration: 600 });
    expect(await shown.list("TC-066-refused", "composite-schedules")).toEqual([]);
  });
});

describe("ClearChargingProfile", () => {
  const clear = { type: "RequestClearChargingProfiles" };

  async function withProfiles(stationId: string) {
    const station = await limited(stationId);
    station.answers("ClearChargingProfile", { status: "Accepted" });
    await house.request(stationId, set(profile({ chargingProfileId: 1 }), 1));
    await house.request(stationId, set(profile({ chargingProfileId: 2, stackLevel: 1 }), 1));
    await house.request(stationId, set(profile({ chargingProfileId: 3 }), 2));
    expect(await idsOf(stationId)).toEqual([1, 2, 3]);
    return station;
  }

  it("TC_067 one by its id", async () => {
    const station = await withProfiles("TC-067-id");
    const asked = await house.request("TC-067-id", { ...clear, chargingProfileId: 2 });
    expect(asked).toMatchObject({ outcome: "accepted", status: "Accepted" });
    expect((await station.nextCall("ClearChargingProfile")).payload).toEqual({ id: 2 });
    expect(await idsOf("TC-067-id")).toEqual([1, 3]);
  });

  it("TC_067 all that match connector, purpose and level", async () => {
    const station = await withProfiles("TC-067-match");
    const filter = { evseId: 1, chargingProfilePurpose: "TxDefaultProfile", stackLevel: 0 };
    await house.request("TC-067-match", { ...clear, ...filter });
    expect((await station.nextCall("ClearChargingProfile")).payload).toEqual({
      ...{ connectorId: 1, chargingProfilePurpose: "TxDefaultProfile", stackLevel: 0 },
    });
    expect(await idsOf("TC-067-match")).toEqual([2, 3]);
  });

  it("TC_067 all, where nothing is named", async () => {
    const station = await withProfiles("TC-067-all");
    await house.request("TC-067-all", clear);
    expect((await station.nextCall("ClearChargingProfile")).payload).toEqual({});
    expect(await idsOf("TC-067-all")).toEqual([]);
  });

  it("TC_067 Unknown is shown as refused, and nothing changes", async () => {
    const station = await withProfiles("TC-067-unknown");
    station.answers("ClearChargingProfile", { status: "Unknown" });
    const asked = await house.request("TC-067-unknown", { ...clear, chargingProfileId: 9 });
    expect(asked).toMatchObject({ outcome: "rejected", status: "Unknown" });
    expect(await idsOf("TC-067-unknown")).toEqual([1, 2, 3]);
  });
});
