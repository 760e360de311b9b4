import { describe, expect, it } from "vitest";
import { answered, hear, told } from "#support/rows16";
import { asked, at, served } from "#support/station-history";
import { happened } from "#support/story";

const location = "ftp://example.org/firmware.bin";

describe("UpdateFirmware", () => {
  const data = { ...asked(), location, retrieveAt: at(60), retries: 2, retryIntervalSeconds: 30 };
  it("is asked in the schema's order", () => {
    const [request] = told("UpdateFirmware", { type: "FirmwareUpdateRequested", data });
    expect(JSON.stringify(request)).toBe(
      JSON.stringify({ location, retries: 2, retrieveDate: at(60), retryInterval: 30 }),
    );
  });
  it("is taken on by any answer; its statuses belong to it until it ends", () => {
    const request = { location, retrieveDate: at(60) };
    const end = answered("UpdateFirmware", { request, response: {} });
    expect(end).toMatchObject({ outcome: "accepted", state: { firmwareJob: { requestId: "r1" } } });
    let history = [...served, ...end.events];
    const booted = happened("ConfiguredChargingStationBooted", { at: at(70), protocol: "ocpp1.6" });
    for (const status of ["Idle", "Downloading", "Downloaded", "Installing", "Installed"]) {
      const heard = hear("FirmwareStatusNotification", { status }, { history });
      expect(heard).toMatchObject({
        answer: {},
        events: [{ data: { status, requestId: "r1", at: at(1000) } }],
      });
      history = [...history, booted, ...heard.events];
    }
    const later = hear("FirmwareStatusNotification", { status: "Idle" }, { history });
    expect(later.events[0]?.data).toEqual({ status: "Idle", at: at(1000) });
  });
  it.each(["DownloadFailed", "InstallationFailed", "Sulking"])("records %s", (status) => {
    const { events } = hear("FirmwareStatusNotification", { status });
    expect(events).toMatchObject([{ type: "FirmwareStatusReported", data: { status } }]);
  });
});

describe("GetDiagnostics", () => {
  it("is asked in the schema's order", () => {
    const more = { retries: 1, retryIntervalSeconds: 5, periodStart: at(1), periodStop: at(2) };
    const data = { ...asked(), location, ...more };
    const [request] = told("GetDiagnostics", { type: "DiagnosticsRequested", data });
    expect(JSON.stringify(request)).toBe(
      JSON.stringify({ location, retries: 1, retryInterval: 5, startTime: at(1), stopTime: at(2) }),
    );
  });
  it("leads to a file, whose upload belongs to the request", () => {
    const exchange = { request: { location }, response: { fileName: "a.zip" } };
    const end = answered("GetDiagnostics", exchange);
    expect(end).toMatchObject({ outcome: "accepted", result: { fileName: "a.zip" } });
    const history = [...served, ...end.events];
    for (const status of ["Uploading", "Uploaded"]) {
      const { events, answer } = hear("DiagnosticsStatusNotification", { status }, { history });
      expect(answer).toEqual({});
      expect(events).toMatchObject([{ data: { status, requestId: "r1" } }]);
    }
  });
  it.each([[{}], [{ fileName: "" }]])("may have nothing to upload: %j", (response) => {
    const { outcome, events } = answered("GetDiagnostics", { request: { location }, response });
    expect(outcome).toBe("accepted");
    expect(events).toEqual([
      { type: "NoDiagnosticsInformationAvailable", data: { requestId: "r1", at: at(1000) } },
    ]);
  });
  it.each(["Idle", "UploadFailed"])("records %s without a request", (status) => {
    const { events } = hear("DiagnosticsStatusNotification", { status });
    expect(events).toEqual([{ type: "DiagnosticsStatusReported", data: { status, at: at(1000) } }]);
  });
});
