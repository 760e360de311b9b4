import { describe, expect, it } from "vitest";
import { asked, at, created, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { decidedByOperator, saidByStation, spokenToStation } from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;
const booted = (firmwareVersion: string) =>
  happened("ConfiguredChargingStationBooted", { at: at(1), protocol: "ocpp1.6", firmwareVersion });

describe("RecordDeviation", () => {
  const seen = { code: "clock1970", at: at(2) };
  saidByStation("RecordDeviation", seen);
  it("is an event for the first of its kind per firmware", () => {
    const first = happened("DeviationSeen", { ...seen, firmwareVersion: "1.0" });
    given(served, booted("1.0")).when("RecordDeviation", seen).then(first);
    given(served, booted("1.0"), first).when("RecordDeviation", seen).thenNothing();
    given(served, booted("1.0"), first, booted("1.0")).when("RecordDeviation", seen).thenNothing();
    given(served, booted("1.0"), first, booted("1.1"))
      .when("RecordDeviation", seen)
      .then(happened("DeviationSeen", { ...seen, firmwareVersion: "1.1" }));
  });
  it("is an event where no firmware is known", () => {
    given(created).when("RecordDeviation", seen).then(happened("DeviationSeen", seen));
  });
  it("remembers so many of them", () => {
    const many = Array.from({ length: bounds.knownDeviations + 1 }, (_none, index) =>
      happened("DeviationSeen", { code: `code${index}`, at: at(2) }),
    );
    expect(given(served, many).state.knownDeviations).toHaveLength(bounds.knownDeviations);
  });
});

describe("SetStrictness", () => {
  decidedByOperator("SetStrictness", { strict: true });
  it("sets it, where it is not so already", () => {
    const strict = happened("StrictnessSet", { strict: true });
    given(created).when("SetStrictness", { strict: true }).then(strict);
    given(created, strict).when("SetStrictness", { strict: true }).thenNothing();
    expect(given(created, strict).when("SetStrictness", { strict: false }).state.strict).toBe(
      false,
    );
  });
});

describe("SetDefaultProtocol", () => {
  decidedByOperator("SetDefaultProtocol", { protocol: "ocpp1.6" });
  const set = happened("DefaultProtocolSet", { protocol: "ocpp1.6" });
  it("sets it, where it is not so already", () => {
    const { state, ...ending } = given(created).when("SetDefaultProtocol", { protocol: "ocpp1.6" });
    ending.then(set);
    expect(state.defaultProtocol).toBe("ocpp1.6");
    given(created, set).when("SetDefaultProtocol", { protocol: "ocpp1.6" }).thenNothing();
  });
  it("without a protocol takes it back", () => {
    const { state, ...ending } = given(created, set).when("SetDefaultProtocol", {});
    ending.then(happened("DefaultProtocolSet", {}));
    expect(state.defaultProtocol).toBeUndefined();
    given(created).when("SetDefaultProtocol", {}).thenNothing();
  });
});

describe("SetQuirks", () => {
  const quirks = { connectorZeroIs: 1, neverSend: null };
  decidedByOperator("SetQuirks", { quirks });
  const set = happened("QuirksSet", { quirks });
  it("sets them all at once, where they are not so already", () => {
    const { state, ...ending } = given(created).when("SetQuirks", { quirks });
    ending.then(set);
    expect(state.quirks).toEqual(quirks);
    given(created, set).when("SetQuirks", { quirks }).thenNothing();
    given(created).when("SetQuirks", { quirks: {} }).thenNothing();
  });
  it("with none leaves the station to its model", () => {
    const { state, ...ending } = given(created, set).when("SetQuirks", { quirks: {} });
    ending.then(happened("QuirksSet", { quirks: {} }));
    expect(state.quirks).toBeUndefined();
  });
});

describe("RequestTriggerMessage", () => {
  const wish = { ...asked(), message: "MeterValues", evseId: 1 };
  spokenToStation("RequestTriggerMessage", wish);
  it("asks, and awaits the message", () => {
    const { state, ...ending } = given(served).when("RequestTriggerMessage", wish);
    ending.then(happened("TriggerMessageRequested", wish));
    expect(state.awaited).toMatchObject([{ kind: "trigger", message: "MeterValues", evseId: 1 }]);
  });
});

describe("RequestOcppCall", () => {
  const wish = { ...asked(), action: "ExtendedTriggerMessage", payload: { any: ["thing", 1] } };
  spokenToStation("RequestOcppCall", wish);
  it("asks anything that the version has", () => {
    given(served).when("RequestOcppCall", wish).then(happened("OcppCallRequested", wish));
  });
});

describe("RecordSecurityEvent", () => {
  const event = { type: "FirmwareUpdated", reportedAt: at(1), techInfo: "1.1", at: at(2) };
  saidByStation("RecordSecurityEvent", event);
  it("is kept", () => {
    given(served).when("RecordSecurityEvent", event).then(happened("SecurityEventReported", event));
  });
});

describe("RecordCertificateSigningAsked", () => {
  const signing = { csr: "-----BEGIN CERTIFICATE REQUEST-----", answer: "rejected" as const };
  saidByStation("RecordCertificateSigningAsked", { ...signing, at: at(2) });
  it("is kept, with our answer", () => {
    given(served)
      .when("RecordCertificateSigningAsked", { ...signing, at: at(2) })
      .then(happened("CertificateSigningAsked", { ...signing, at: at(2) }));
  });
});

describe("SetStationPassword", () => {
  decidedByOperator("SetStationPassword", {});
  it("says that it was set, and nothing of what it is", () => {
    given(created).when("SetStationPassword", {}).then(happened("StationPasswordSet", {}));
  });
});
