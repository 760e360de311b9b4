import { describe, expect, it } from "vitest";
import { answered, hear } from "#support/rows16";
import { at } from "#support/station-history";

describe("what stations say", () => {
  it("SecurityEventNotification is recorded and answered", () => {
    const request = { type: "InvalidCsmsCertificate", timestamp: at(5), techInfo: "x" };
    const { answer, events, deviations } = hear("SecurityEventNotification", request);
    expect({ answer, deviations }).toEqual({ answer: {}, deviations: [] });
    expect(events).toEqual([
      {
        type: "SecurityEventReported",
        data: {
          type: "InvalidCsmsCertificate",
          reportedAt: at(5),
          techInfo: "x",
          at: at(1000),
        },
      },
    ]);
  });
  it("SecurityEventNotification with a clock that is no good has our instant alone", () => {
    const request = { type: "SettingSystemTime", timestamp: "1970-01-01T00:00:00Z" };
    const { events, deviations } = hear("SecurityEventNotification", request);
    expect(events[0]?.data).toEqual({ type: "SettingSystemTime", at: at(1000) });
    expect(deviations).toEqual(["clockNotSet"]);
  });
  it("LogStatusNotification is recorded and answered", () => {
    const { answer, events } = hear("LogStatusNotification", { status: "Uploaded", requestId: 4 });
    expect(answer).toEqual({});
    expect(events[0]?.data).toEqual({ status: "Uploaded", logRequestId: 4, at: at(1000) });
  });
  it("SignedFirmwareStatusNotification is recorded and answered", () => {
    const status = "InvalidSignature";
    const { answer, events } = hear("SignedFirmwareStatusNotification", { status, requestId: 4 });
    expect(answer).toEqual({});
    expect(events).toMatchObject([{ type: "FirmwareStatusReported", data: { status } }]);
  });
  it("SignCertificate is recorded and rejected", () => {
    const { answer, events } = hear("SignCertificate", { csr: "-----BEGIN" });
    expect(answer).toEqual({ status: "Rejected" });
    expect(events).toEqual([
      {
        type: "CertificateSigningAsked",
        data: { csr: "-----BEGIN", answer: "rejected", at: at(1000) },
      },
    ]);
  });
});

describe("what we say by RequestOcppCall", () => {
  it.each([
    ["CertificateSigned", "Accepted", "accepted"],
    ["CertificateSigned", "Rejected", "rejected"],
    ["DeleteCertificate", "Accepted", "accepted"],
    ["DeleteCertificate", "Failed", "rejected"],
    ["DeleteCertificate", "NotFound", "rejected"],
    ["InstallCertificate", "Accepted", "accepted"],
    ["InstallCertificate", "Failed", "rejected"],
    ["InstallCertificate", "Rejected", "rejected"],
    ["GetInstalledCertificateIds", "Accepted", "accepted"],
    ["GetInstalledCertificateIds", "NotFound", "accepted"],
    ["GetLog", "Accepted", "accepted"],
    ["GetLog", "AcceptedCanceled", "accepted"],
    ["GetLog", "Rejected", "rejected"],
    ["SignedUpdateFirmware", "AcceptedCanceled", "accepted"],
    ["SignedUpdateFirmware", "Accepted", "accepted"],
    ["SignedUpdateFirmware", "Rejected", "rejected"],
    ["SignedUpdateFirmware", "InvalidCertificate", "rejected"],
    ["SignedUpdateFirmware", "RevokedCertificate", "rejected"],
    ["ExtendedTriggerMessage", "Accepted", "accepted"],
    ["ExtendedTriggerMessage", "Rejected", "rejected"],
    ["ExtendedTriggerMessage", "NotImplemented", "notSupported"],
  ])("%s %s is %s", (action, status, outcome) => {
    const request = { requestedMessage: "Heartbeat" };
    expect(answered(action, { request, response: { status } })).toMatchObject({ outcome, status });
  });
  it("GetLog tells the file, GetInstalledCertificateIds the certificates", () => {
    const log = { request: {}, response: { status: "Accepted", filename: "a.log" } };
    expect(answered("GetLog", log).result).toEqual({ fileName: "a.log" });
    const none = { request: {}, response: { status: "NotFound" } };
    expect(answered("GetInstalledCertificateIds", none).result).toEqual({
      certificateHashData: [],
    });
  });
  it("SignedUpdateFirmware is a job whose statuses belong to it", () => {
    const exchange = { request: {}, response: { status: "Accepted" } };
    expect(answered("SignedUpdateFirmware", exchange).state.firmwareJob).toEqual({
      requestId: "r1",
    });
  });
});
