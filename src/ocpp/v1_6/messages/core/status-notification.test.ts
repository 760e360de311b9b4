import { describe, expect, it } from "vitest";
import { hear } from "#support/rows16";
import { accepted, at, created, served, status as word } from "#support/station-history";
import { happened } from "#support/story";

const status = { connectorId: 1, errorCode: "NoError", status: "Available" };
const inferred = happened("ChargingStationConfigured", {
  evses: [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }],
  inferred: true,
});

function reported(request: Record<string, unknown>, history = served) {
  const { events } = hear("StatusNotification", { ...status, ...request }, { history });
  return events.find(({ type }) => type === "StatusReported")?.data;
}

function oddities(request: Record<string, unknown>, history = served) {
  return hear("StatusNotification", { ...status, ...request }, { history }).deviations;
}

describe("StatusNotification", () => {
  it("says everything in our terms", () => {
    const whole = {
      connectorId: 2,
      errorCode: "ConnectorLockFailure",
      info: "stuck",
      status: "Faulted",
      timestamp: "2026-05-04T12:00:05+02:00",
      vendorId: "acme",
      vendorErrorCode: "E7",
    };
    expect(reported(whole)).toEqual({
      target: { of: "evse", evseId: 2 },
      status: "faulted",
      statusAt: at(5),
      errorCode: "ConnectorLockFailure",
      info: "stuck",
      vendorId: "acme",
      vendorErrorCode: "E7",
      at: at(1000),
    });
  });
  it.each([
    ["Available", "available"],
    ["Preparing", "preparing"],
    ["Charging", "charging"],
    ["SuspendedEV", "suspendedEv"],
    ["SuspendedEVSE", "suspendedEvse"],
    ["Finishing", "finishing"],
    ["Reserved", "reserved"],
    ["Unavailable", "unavailable"],
    ["Faulted", "faulted"],
    ["Occupied", "occupied"],
  ])("calls %s %s", (word, ours) =>
    expect(reported({ status: word })).toMatchObject({ status: ours }),
  );
  it("means the station by connector 0, and overwrites no EVSE", () => {
    const { events, state } = hear("StatusNotification", { ...status, connectorId: 0 });
    expect(events[0]?.data).toMatchObject({ target: { of: "station" } });
    expect(state.evses.map((evse) => evse.status)).toEqual(["unknown", "unknown"]);
  });
  it("records a status it does not know as unknown, and counts it", () => {
    const history = [...served, happened("StatusReported", word(1, "available"))];
    expect(reported({ status: "Dreaming" }, history)).toMatchObject({ status: "unknown" });
    expect(oddities({ status: "Dreaming" })).toEqual(["wordUnknown", "statusUnknown"]);
  });
  it("mends an error code that is in no list, and keeps it in the info", () => {
    expect(reported({ errorCode: "E42" })).toMatchObject({ errorCode: "OtherError", info: "E42" });
    expect(reported({ errorCode: "E42", info: "hot" })).toMatchObject({ info: "E42: hot" });
    expect(oddities({ errorCode: "E42" })).toContain("errorCodeUnknown");
    expect(oddities({ errorCode: undefined })).toEqual(["errorCodeMissing"]);
  });
  it("takes the text null for none", () => {
    expect(reported({ info: "null" })).not.toHaveProperty("info");
    expect(oddities({ info: "null" })).toEqual(["textNull"]);
  });
  it.each([
    ["1970-01-01T00:00:09Z", "clockNotSet"],
    ["2026-05-04T11:00:00Z", "clockAhead"],
  ])("trusts no clock that says %s", (timestamp, code) => {
    expect(reported({ timestamp })).not.toHaveProperty("statusAt");
    expect(oddities({ timestamp })).toEqual([code]);
  });
  it("keeps what an offline station tells of the past", () => {
    expect(reported({ timestamp: "2026-04-01T00:00:00Z" })).toMatchObject({
      statusAt: "2026-04-01T00:00:00.000Z",
    });
  });
  it("records an EVSE that is not configured, and learns it where that was guessed", () => {
    expect(reported({ connectorId: 9 })).toMatchObject({ target: { evseId: 9 } });
    expect(oddities({ connectorId: 9 })).toEqual(["evseUnknown"]);
    const guessed = [created, accepted, inferred];
    const { events, state } = hear(
      "StatusNotification",
      { ...status, connectorId: 2 },
      { history: guessed },
    );
    expect(events.map(({ type }) => type)).toEqual(["EvseInferred", "StatusReported"]);
    expect(state.evses[1]).toMatchObject({ evseId: 2, status: "available" });
    expect(oddities({ connectorId: 2 }, guessed)).toEqual([]);
  });
  it("finds the EVSE of a connector by the station type's mapping", () => {
    const dual = happened("ChargingStationConfigured", {
      evses: [
        {
          evseId: 1,
          connectors: [
            { connectorId: 1, ocpp1ConnectorId: 1, type: "CHADEMO" },
            { connectorId: 2, ocpp1ConnectorId: 2, type: "IEC_62196_T2_COMBO" },
          ],
        },
        { evseId: 2, connectors: [{ connectorId: 1, ocpp1ConnectorId: 3, type: "IEC_62196_T2" }] },
      ],
      inferred: false,
    });
    const history = [created, accepted, dual];
    expect(reported({ connectorId: 2 }, history)).toMatchObject({
      target: { of: "evse", evseId: 1 },
      connectorId: 2,
    });
    expect(reported({ connectorId: 3 }, history)).toMatchObject({ target: { evseId: 2 } });
  });
});

describe("an availability that was scheduled", () => {
  const change = (availability: "operative" | "inoperative", evseId = 1) =>
    happened("AvailabilityScheduled", { target: { of: "evse", evseId }, availability, at: at(1) });
  it("comes true when a status says so", () => {
    const history = [...served, change("inoperative")];
    const busy = hear("StatusNotification", { ...status, status: "Charging" }, { history });
    expect(busy.state.evses[0]?.availability).toBe("operative");
    const off = hear("StatusNotification", { ...status, status: "Unavailable" }, { history });
    expect(off.state.evses[0]).toMatchObject({ availability: "inoperative" });
    expect(off.state.evses[0]?.scheduledAvailability).toBeUndefined();
    expect(off.state.evses[1]).toMatchObject({ availability: "operative" });
  });
  it("comes true the other way round", () => {
    const down = happened("AvailabilityChanged", {
      target: { of: "evse", evseId: 1 },
      availability: "inoperative",
      at: at(1),
    });
    const history = [...served, down, change("operative")];
    const { state } = hear("StatusNotification", status, { history });
    expect(state.evses[0]?.availability).toBe("operative");
  });
});
