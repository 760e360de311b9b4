// Vendors' own messages to a station, and what is recorded of those from it: §4.3 and §5.6.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const message = { vendorId: "org.example", messageId: "Hello", data: '{"a": "ü"}' };

describe("DataTransfer to a station", () => {
  async function ends(stationId: string, status: string, outcome: string): Promise<void> {
    const station = await house.served(stationId);
    station.answers("DataTransfer", { status, data: "Re: Hello" });
    const asked = await house.request(stationId, { type: "RequestDataTransfer", ...message });
    expect(asked).toMatchObject({ outcome, status, result: { data: "Re: Hello" } });
    expect((await station.nextCall("DataTransfer")).payload).toEqual(message);
    expect(await shown.events(stationId, "DataTransferResponseReceived")).toEqual([
      expect.objectContaining({ requestId: asked.requestId, status, data: "Re: Hello" }),
    ]);
  }

  it("TC_062 Accepted, with the data that came back", () => ends("TC-062", "Accepted", "accepted"));

  it("TC_062 Rejected", () => ends("TC-062-rejected", "Rejected", "rejected"));

  it("TC_062 UnknownVendorId is not supported", () =>
    ends("TC-062-vendor", "UnknownVendorId", "notSupported"));

  it("TC_062 UnknownMessageId is not supported", () =>
    ends("TC-062-message", "UnknownMessageId", "notSupported"));

  it("sends the vendor alone where nothing else was given", async () => {
    const station = await house.served("TRANSFER-1");
    station.answers("DataTransfer", { status: "Accepted" });
    const wish = { type: "RequestDataTransfer", vendorId: "org.example" };
    const asked = await house.request("TRANSFER-1", wish);
    expect(asked).toMatchObject({ outcome: "accepted", result: {} });
    expect((await station.nextCall("DataTransfer")).payload).toEqual({ vendorId: "org.example" });
  });
});

describe("DataTransfer from a station", () => {
  it("of a vendor that nobody here knows is recorded, with the answer that it got", async () => {
    const station = await house.served("TRANSFER-2");
    expect(await station.call("DataTransfer", message)).toEqual({ status: "UnknownVendorId" });
    const received = await shown.events("TRANSFER-2", "IncomingDataTransferReceived");
    expect(received).toEqual([expect.objectContaining(message)]);
    expect(await shown.events("TRANSFER-2", "IncomingDataTransferAnswered")).toEqual([
      expect.objectContaining({ status: "unknownVendorId", provider: "none" }),
    ]);
  });
});
