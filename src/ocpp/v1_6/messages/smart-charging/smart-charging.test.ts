import { describe, expect, it } from "vitest";
import { type ChargingProfile, oneEvse } from "#core";
import { answered, told } from "#support/rows16";
import { asked, at, countedFrom, opened, served } from "#support/station-history";

const profile: ChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: "TxDefaultProfile",
  chargingProfileKind: "Recurring",
  recurrencyKind: "Daily",
  validFrom: at(0),
  validTo: at(3600),
  chargingSchedule: {
    duration: 3600,
    startSchedule: at(0),
    chargingRateUnit: "A",
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 16.1, numberPhases: 3 },
      { startPeriod: 60, limit: 0 },
    ],
    minChargingRate: 6.3,
  },
};
const running = [...served, opened(1)];

const tells = (data: { evseId?: number; chargingProfile: ChargingProfile }, history = running) =>
  told(
    "SetChargingProfile",
    { type: "SetChargingProfileRequested", data: { ...asked(), ...data } },
    { history },
  );

describe("SetChargingProfile", () => {
  it("says the whole profile in the schema's order", () => {
    const [request] = tells({ evseId: 1, chargingProfile: profile });
    expect(JSON.stringify(request)).toBe(
      JSON.stringify({ connectorId: 1, csChargingProfiles: profile }),
    );
    expect(tells({ chargingProfile: profile })).toMatchObject([{ connectorId: 0 }]);
  });
  it.each([
    ["the one it names", { transactionId: "tx1" }, { transactionId: countedFrom + 1 }],
    ["what runs on its EVSE", {}, { transactionId: countedFrom + 1 }],
  ])("says the number of a TxProfile's transaction: %s", (_which, named, expected) => {
    const chargingProfile = { ...profile, chargingProfilePurpose: "TxProfile" as const, ...named };
    expect(tells({ evseId: 1, chargingProfile })).toMatchObject([{ csChargingProfiles: expected }]);
  });
  it("says no number where nothing runs", () => {
    const chargingProfile = { ...profile, chargingProfilePurpose: "TxProfile" as const };
    const [request] = tells({ evseId: 1, chargingProfile }, [...served]);
    expect(JSON.stringify(request)).not.toContain("transactionId");
  });
  it("is kept in our terms once it was accepted", () => {
    const wire = { ...profile, transactionId: countedFrom + 1, validTo: "2026-05-04T11:00:00Z" };
    const request = { connectorId: 1, csChargingProfiles: wire };
    const exchange = { request, response: { status: "Accepted" } };
    const { outcome, events } = answered("SetChargingProfile", exchange, { history: running });
    expect(outcome).toBe("accepted");
    expect(events[0]?.data).toEqual({
      target: oneEvse(1),
      chargingProfile: { ...profile, transactionId: "tx1" },
      at: at(1000),
    });
  });
  it.each([
    ["Rejected", "rejected"],
    ["NotSupported", "notSupported"],
  ])("%s is %s", (status, outcome) => {
    const request = { connectorId: 1, csChargingProfiles: profile };
    const end = answered("SetChargingProfile", { request, response: { status } });
    expect(end).toMatchObject({ outcome, status, events: [] });
  });
});

describe("ClearChargingProfile", () => {
  it("names what to clear, or nothing for all", () => {
    const type = "ClearChargingProfilesRequested";
    const filter = { chargingProfileId: 4, evseId: 2, stackLevel: 1 };
    const purpose = { chargingProfilePurpose: "TxProfile" as const };
    const data = { ...asked(), ...filter, ...purpose };
    const [request] = told("ClearChargingProfile", { type, data });
    expect(JSON.stringify(request)).toBe(
      JSON.stringify({ id: 4, connectorId: 2, chargingProfilePurpose: "TxProfile", stackLevel: 1 }),
    );
    expect(told("ClearChargingProfile", { type, data: asked() })).toEqual([{}]);
  });
  it.each([
    ["Accepted", "accepted", [{ filter: { chargingProfileId: 4, evseId: 2 }, at: at(1000) }]],
    ["Unknown", "rejected", []],
  ])("%s is %s", (status, outcome, cleared) => {
    const exchange = { request: { id: 4, connectorId: 2 }, response: { status } };
    const end = answered("ClearChargingProfile", exchange);
    expect(end).toMatchObject({ outcome, status });
    expect(end.events.map(({ data }) => data)).toEqual(cleared);
  });
});

describe("GetCompositeSchedule", () => {
  const type = "CompositeScheduleRequested";
  it("names connector, seconds and unit", () => {
    const data = { ...asked(), evseId: 1, durationSeconds: 60, chargingRateUnit: "W" as const };
    const [request] = told("GetCompositeSchedule", { type, data });
    expect(JSON.stringify(request)).toBe(
      JSON.stringify({ connectorId: 1, duration: 60, chargingRateUnit: "W" }),
    );
  });
  it("is kept as the station computed it", () => {
    const { chargingSchedule } = profile;
    const scheduleStart = "2026-05-04T10:00:00Z";
    const response = { status: "Accepted", connectorId: 1, scheduleStart, chargingSchedule };
    const exchange = { request: { connectorId: 1, duration: 60 }, response };
    const end = answered("GetCompositeSchedule", exchange);
    const schedule = { scheduleStart: at(0), chargingSchedule };
    expect(end).toMatchObject({ outcome: "accepted", result: schedule });
    expect(end.events[0]?.data).toEqual({
      requestId: "r1",
      target: oneEvse(1),
      schedule,
      at: at(1000),
    });
  });
  it("Rejected is rejected", () => {
    const exchange = {
      request: { connectorId: 0, duration: 60 },
      response: { status: "Rejected" },
    };
    const end = answered("GetCompositeSchedule", exchange);
    expect(end).toMatchObject({ outcome: "rejected", events: [] });
  });
});
