import { describe, it } from "vitest";
import { asked, at, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { saidByStation, spokenToStation } from "#support/story/guards";

const given = givenStation;
const message = { vendorId: "org.example", messageId: "hello", data: "{}" };

describe("RequestDataTransfer", () => {
  spokenToStation("RequestDataTransfer", { ...asked(), ...message });
  it("asks, with the vendor alone or with all of it", () => {
    for (const wish of [
      { ...asked(), ...message },
      { ...asked(), vendorId: "org.example" },
    ]) {
      given(served).when("RequestDataTransfer", wish).then(happened("DataTransferRequested", wish));
    }
  });
  it("never gives way to another message", () => {
    const first = happened("DataTransferRequested", { ...asked("r1"), ...message });
    given(served, first)
      .when("RequestDataTransfer", { ...asked("r2"), ...message })
      .then(happened("DataTransferRequested", { ...asked("r2"), ...message }));
  });
});

describe("RecordDataTransferResponse", () => {
  const response = { requestId: "r1", status: "Accepted", data: "ok", at: at(2) };
  saidByStation("RecordDataTransferResponse", response);
  it("keeps what the station answered", () => {
    given(served)
      .when("RecordDataTransferResponse", response)
      .then(happened("DataTransferResponseReceived", response));
  });
});

describe("RecordIncomingDataTransfer", () => {
  const answer = { status: "unknownVendorId" as const, provider: "none" };
  saidByStation("RecordIncomingDataTransfer", { message, answer, at: at(2) });
  it("keeps the message and our answer to it", () => {
    given(served)
      .when("RecordIncomingDataTransfer", { message, answer, at: at(2) })
      .then(
        happened("IncomingDataTransferReceived", { ...message, at: at(2) }),
        happened("IncomingDataTransferAnswered", { ...answer, at: at(2) }),
      );
  });
});
