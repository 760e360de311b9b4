import { describe, expect, it } from "vitest";
import { asked, at, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { saidByStation, spokenToStation } from "#support/story/guards";

const given = givenStation;
const location = "ftp://files.example.org/upload";
const reported = (word: string) => ({ status: word, at: at(5) });

describe("RequestClearCache", () => {
  spokenToStation("RequestClearCache", asked());
  it("asks", () => {
    given(served).when("RequestClearCache", asked()).then(happened("ClearCacheRequested", asked()));
  });
});

describe("RecordCacheCleared", () => {
  saidByStation("RecordCacheCleared", { at: at(2) });
  it("keeps that it was cleared", () => {
    given(served)
      .when("RecordCacheCleared", { at: at(2) })
      .then(happened("CacheCleared", { at: at(2) }));
  });
});

describe("RequestDiagnostics", () => {
  spokenToStation("RequestDiagnostics", { ...asked(), location });
  it("asks, with all that an upload may need", () => {
    const wish = { ...asked(), location, retries: 3, retryIntervalSeconds: 60, periodStart: at(0) };
    given(served).when("RequestDiagnostics", wish).then(happened("DiagnosticsRequested", wish));
  });
});

describe("RecordDiagnosticsFileName", () => {
  const named = { requestId: "r1", fileName: "log.zip", at: at(2) };
  saidByStation("RecordDiagnosticsFileName", named);
  it("keeps the file's name", () => {
    given(served)
      .when("RecordDiagnosticsFileName", named)
      .then(happened("DiagnosticsFileNameReceived", named));
  });
  it("understands that there is nothing to upload", () => {
    for (const nothing of [{}, { fileName: "" }]) {
      given(served)
        .when("RecordDiagnosticsFileName", { requestId: "r1", at: at(2), ...nothing })
        .then(happened("NoDiagnosticsInformationAvailable", { requestId: "r1", at: at(2) }));
    }
  });
});

describe("RecordDiagnosticsStatus", () => {
  saidByStation("RecordDiagnosticsStatus", reported("Uploading"));
  const job = happened("DiagnosticsFileNameReceived", {
    requestId: "r1",
    fileName: "log.zip",
    at: at(2),
  });
  it("belongs to the request that asked for the upload, until it ends", () => {
    const tell = (word: string) =>
      given(served, job).when("RecordDiagnosticsStatus", reported(word));
    tell("Uploading").then(
      happened("DiagnosticsStatusReported", { ...reported("Uploading"), requestId: "r1" }),
    );
    expect(tell("Uploading").state.diagnosticsJob).toEqual({ requestId: "r1" });
    for (const end of ["Uploaded", "UploadFailed"]) {
      expect(tell(end).events[0]?.data).toMatchObject({ requestId: "r1" });
      expect(tell(end).state.diagnosticsJob).toBeUndefined();
    }
  });
  it("is kept without a request as well", () => {
    given(served)
      .when("RecordDiagnosticsStatus", reported("Idle"))
      .then(happened("DiagnosticsStatusReported", reported("Idle")));
  });
});

describe("RequestFirmwareUpdate", () => {
  const wish = { ...asked(), location, retrieveAt: at(60) };
  spokenToStation("RequestFirmwareUpdate", wish);
  it("asks", () => {
    given(served)
      .when("RequestFirmwareUpdate", wish)
      .then(happened("FirmwareUpdateRequested", wish));
  });
});

const takenOn = happened("FirmwareUpdateTakenOn", { requestId: "r1", at: at(2) });

describe("RecordFirmwareUpdateTakenOn", () => {
  saidByStation("RecordFirmwareUpdateTakenOn", { requestId: "r1", at: at(2) });
  it("remembers the request, so that statuses find it", () => {
    const { state, ...ending } = given(served).when("RecordFirmwareUpdateTakenOn", {
      requestId: "r1",
      at: at(2),
    });
    ending.then(takenOn);
    expect(state.firmwareJob).toEqual({ requestId: "r1" });
  });
});

describe("RecordFirmwareStatus", () => {
  saidByStation("RecordFirmwareStatus", reported("Downloading"));
  it("belongs to its request, also over a boot, until it ends", () => {
    const booted = happened("ConfiguredChargingStationBooted", { at: at(3), protocol: "ocpp1.6" });
    const tell = (word: string) =>
      given(served, takenOn, booted).when("RecordFirmwareStatus", reported(word));
    tell("Installed").then(
      happened("FirmwareStatusReported", { ...reported("Installed"), requestId: "r1" }),
    );
    for (const going of ["Downloading", "Downloaded", "Installing", "Idle"]) {
      expect(tell(going).state.firmwareJob).toEqual({ requestId: "r1" });
    }
    for (const end of ["Installed", "InstallationFailed", "DownloadFailed"]) {
      expect(tell(end).state.firmwareJob).toBeUndefined();
    }
  });
});

describe("RecordLogStatus", () => {
  const word = { status: "Uploaded", logRequestId: 3, at: at(2) };
  saidByStation("RecordLogStatus", word);
  it("is kept", () => {
    given(served).when("RecordLogStatus", word).then(happened("LogStatusReported", word));
  });
});
