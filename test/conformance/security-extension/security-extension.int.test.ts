// The security extension (whitepaper edition 3): what stations say, and what they are asked.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, instant } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
const hash = {
  ...{ hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb" },
  serialNumber: "01",
};

describe("from the station", () => {
  it("SecurityEventNotification is recorded with its own time", async () => {
    const station = await house.served("SECURITY-1");
    const timestamp = "2026-01-02T03:04:05.000Z";
    const event = { type: "FirmwareUpdated", timestamp, techInfo: "2.0" };
    expect(await station.call("SecurityEventNotification", event)).toEqual({});
    expect(await shown.events("SECURITY-1", "SecurityEventReported")).toEqual([
      expect.objectContaining({ type: "FirmwareUpdated", reportedAt: timestamp, techInfo: "2.0" }),
    ]);
  });

  it("SignCertificate is recorded and answered Rejected: nobody here signs", async () => {
    const station = await house.served("SECURITY-2");
    expect(await station.call("SignCertificate", { csr: "the request" })).toEqual({
      status: "Rejected",
    });
    expect(await shown.events("SECURITY-2", "CertificateSigningAsked")).toEqual([
      expect.objectContaining({ csr: "the request", answer: "rejected" }),
    ]);
  });

  it("LogStatusNotification is recorded with the request's number", async () => {
    const station = await house.served("SECURITY-3");
    const told = { status: "Uploading", requestId: 12 };
    expect(await station.call("LogStatusNotification", told)).toEqual({});
    expect(await shown.events("SECURITY-3", "LogStatusReported")).toEqual([
      expect.objectContaining({ status: "Uploading", logRequestId: 12 }),
    ]);
  });

  it("SignedFirmwareStatusNotification without a request is the station's own", async () => {
    const station = await house.served("SECURITY-4");
    const told = { status: "InstallRebooting" };
    expect(await station.call("SignedFirmwareStatusNotification", told)).toEqual({});
    const [job] = await shown.list("SECURITY-4", "firmware-jobs");
    expect(job).toMatchObject({ requestId: "", status: "InstallRebooting" });
  });
});

const firmware = {
  location: "https://example.org/firmware-3.bin",
  retrieveDateTime: "2040-01-01T00:00:00.000Z",
  signingCertificate: certificate,
  signature: "c2lnbmF0dXJl",
};
const log = { remoteLocation: "https://example.org/log" };

/** Each action with a request, and what each word of the answer means. */
const calls: Readonly<Record<string, { payload: object; ends: Readonly<Record<string, string>> }>> =
  {
    CertificateSigned: {
      payload: { certificateChain: certificate },
      ends: { Accepted: "accepted", Rejected: "rejected" },
    },
    DeleteCertificate: {
      payload: { certificateHashData: hash },
      ends: { Accepted: "accepted", Failed: "rejected", NotFound: "rejected" },
    },
    ExtendedTriggerMessage: {
      payload: { requestedMessage: "LogStatusNotification" },
      ends: { Accepted: "accepted", Rejected: "rejected", NotImplemented: "notSupported" },
    },
    GetInstalledCertificateIds: {
      payload: { certificateType: "CentralSystemRootCertificate" },
      ends: { Accepted: "accepted", NotFound: "accepted" },
    },
    GetLog: {
      payload: { log, logType: "SecurityLog", requestId: 5 },
      ends: { Accepted: "accepted", Rejected: "rejected", AcceptedCanceled: "accepted" },
    },
    InstallCertificate: {
      payload: { certificateType: "CentralSystemRootCertificate", certificate },
      ends: { Accepted: "accepted", Failed: "rejected", Rejected: "rejected" },
    },
    SignedUpdateFirmware: {
      payload: { requestId: 6, firmware },
      ends: {
        ...{ Accepted: "accepted", Rejected: "rejected", AcceptedCanceled: "accepted" },
        ...{ InvalidCertificate: "rejected", RevokedCertificate: "rejected" },
      },
    },
  };

const callOf = (action: string, payload: object) => ({
  type: "RequestOcppCall",
  action,
  payload,
});

describe("to the station, by RequestOcppCall", () => {
  it.each(Object.entries(calls))(
    "%s goes out as it is and ends by its answer",
    async (action, of) => {
      const station = await house.served(`EXTENSION-${action}`);
      for (const [status, outcome] of Object.entries(of.ends)) {
        station.answersOnce(action, { status });
        const asked = await house.request(`EXTENSION-${action}`, callOf(action, of.payload));
        expect(asked, `${action} ${status}`).toMatchObject({ state: "done", outcome, status });
        expect((await station.nextCall(action)).payload).toEqual(of.payload);
      }
      station.answersOnce(action, { callError: "NotImplemented" });
      const asked = await house.request(`EXTENSION-${action}`, callOf(action, of.payload));
      expect(asked.outcome).toBe("failed");
    },
  );

  it("what a station tells beyond its status is the result", async () => {
    const station = await house.served("EXTENSION-1");
    station.answers("GetInstalledCertificateIds", {
      ...{ status: "Accepted", certificateHashData: [hash] },
    });
    station.answers("GetLog", { status: "Accepted", filename: "security.log" });
    const of = (action: string) => callOf(action, calls[action]?.payload ?? {});
    expect(await house.request("EXTENSION-1", of("GetInstalledCertificateIds"))).toMatchObject({
      result: { certificateHashData: [hash] },
    });
    expect(await house.request("EXTENSION-1", of("GetLog"))).toMatchObject({
      result: { fileName: "security.log" },
    });
  });

  it("statuses of a signed firmware belong to its request, through a boot", async () => {
    const station = await house.served("EXTENSION-2");
    station.answers("SignedUpdateFirmware", { status: "Accepted" });
    const payload = { requestId: 77, firmware };
    const asked = await house.request("EXTENSION-2", callOf("SignedUpdateFirmware", payload));
    const words = ["Downloading", "SignatureVerified", "Installing"];
    for (const status of words) {
      await station.call("SignedFirmwareStatusNotification", { status, requestId: 77 });
    }
    await station.boot({ firmwareVersion: "3.0" });
    await station.call("SignedFirmwareStatusNotification", { status: "Installed", requestId: 77 });
    const [job, ...others] = await shown.list("EXTENSION-2", "firmware-jobs");
    expect(others).toEqual([]);
    expect(job).toMatchObject({
      ...{ requestId: asked.requestId, outcome: "accepted", status: "Installed" },
      statuses: [...words, "Installed"].map((status) => expect.objectContaining({ status })),
    });
  });

  it("what an ExtendedTriggerMessage triggers is linked to it", async () => {
    const station = await house.served("EXTENSION-3");
    station.answers("ExtendedTriggerMessage", { status: "Accepted" });
    const sends = {
      LogStatusNotification: ["LogStatusNotification", { status: "Idle" }],
      SignChargePointCertificate: ["SignCertificate", { csr: "the request" }],
      FirmwareStatusNotification: ["SignedFirmwareStatusNotification", { status: "Idle" }],
      Heartbeat: ["Heartbeat", {}],
    } as const;
    for (const [requestedMessage, [action, payload]] of Object.entries(sends)) {
      const wish = callOf("ExtendedTriggerMessage", { requestedMessage });
      const asked = await house.request("EXTENSION-3", wish);
      await shown.requestWith(asked, { followUp: "awaited" });
      await station.call(action, payload);
      await shown.requestWith(asked, { followUp: "fulfilled" });
    }
  });

  it("TC_084 a refused change of the security profile changes nothing", async () => {
    const station = await house.served("TC-084");
    station.answers("ChangeConfiguration", { status: "Rejected" });
    const change = { key: "SecurityProfile", value: "1" };
    const wish = { type: "RequestChangeConfigurationItem", ...change };
    const asked = await house.request("TC-084", wish);
    expect(asked).toMatchObject({ outcome: "rejected", status: "Rejected" });
    expect((await station.nextCall("ChangeConfiguration")).payload).toEqual(change);
    expect(await shown.list("TC-084", "configuration")).toEqual([]);
    expect(await station.call("Heartbeat")).toMatchObject({
      currentTime: expect.stringMatching(instant().slice(0, 10)),
    });
  });
});
