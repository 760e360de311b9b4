// Firmware updates and their statuses: OCPP 1.6 edition 2, §4.5 and §5.19.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, instant, says } from "#support/conformance";
import { stationViews } from "#support/station-views";

let house: ConformanceHouse;
const shown = stationViews(() => house);
beforeAll(async () => {
  house = await conformanceHouse();
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

const location = "https://example.org/firmware-2.bin";

async function updating(stationId: string) {
  const station = await house.served(stationId);
  station.answers("UpdateFirmware", {});
  const asked = await house.request(stationId, {
    type: "RequestFirmwareUpdate",
    location,
    retrieveAt: instant(1),
  });
  expect(asked).toMatchObject({ outcome: "accepted" });
  const report = async (...statuses: string[]) => {
    for (const status of statuses) {
      expect(await station.call("FirmwareStatusNotification", { status })).toEqual({});
    }
  };
  return { station, asked, report };
}

const jobs = (stationId: string) => shown.list(stationId, "firmware-jobs");
const wordsOf = (job: Record<string, unknown> | undefined) =>
  ((job?.statuses ?? []) as { status: string }[]).map(({ status }) => status);

describe("UpdateFirmware", () => {
  it("TC_044_1 every status from download to installation belongs to its request", async () => {
    const stationId = "TC-044-1";
    const { station, asked, report } = await updating(stationId);
    await report("Downloading", "Downloaded");
    await says(station, "Unavailable");
    await report("Installing");
    await station.close();
    const again = await house.connect(stationId);
    expect(await again.boot({ firmwareVersion: "2.0" })).toMatchObject({ status: "Accepted" });
    await says(again, "Available");
    expect(await again.call("FirmwareStatusNotification", { status: "Installed" })).toEqual({});
    const [job, ...others] = await jobs(stationId);
    expect(others).toEqual([]);
    expect(job).toMatchObject({ requestId: asked.requestId, location, outcome: "accepted" });
    expect(job?.status).toBe("Installed");
    expect(wordsOf(job)).toEqual(["Downloading", "Downloaded", "Installing", "Installed"]);
    expect((await shown.station(stationId)).firmwareVersion).toBe("2.0");
  });

  it("TC_044_2 a download that fails ends it", async () => {
    const { asked, report } = await updating("TC-044-2");
    await report("Downloading", "DownloadFailed");
    const [job] = await jobs("TC-044-2");
    expect(job).toMatchObject({ requestId: asked.requestId, status: "DownloadFailed" });
  });

  it("TC_044_3 an installation that fails ends it", async () => {
    const { asked, report } = await updating("TC-044-3");
    await report("Downloading", "Downloaded", "Installing", "InstallationFailed");
    const [job] = await jobs("TC-044-3");
    expect(job).toMatchObject({ requestId: asked.requestId, status: "InstallationFailed" });
    expect(wordsOf(job)).toHaveLength(4);
  });

  it("carries when to fetch it and how often to try", async () => {
    const station = await house.served("FIRMWARE-1");
    station.answers("UpdateFirmware", {});
    const retrieveAt = "2040-01-01T00:00:00.000Z";
    const often = { retries: 3, retryIntervalSeconds: 60 };
    const wish = { type: "RequestFirmwareUpdate", location, retrieveAt, ...often };
    await house.request("FIRMWARE-1", wish);
    const call = await station.nextCall("UpdateFirmware");
    const wanted = { location, retries: 3, retrieveDate: retrieveAt, retryInterval: 60 };
    expect(call.payload).toEqual(wanted);
  });

  it("of a second time gets the statuses that follow it; the first keeps its own", async () => {
    const { station, asked, report } = await updating("FIRMWARE-2");
    await report("Downloading", "DownloadFailed");
    const wish = { type: "RequestFirmwareUpdate", location, retrieveAt: instant(1) };
    const second = await house.request("FIRMWARE-2", wish);
    await report("Downloading", "Downloaded", "Installing", "Installed", "Idle");
    const found = await jobs("FIRMWARE-2");
    const byRequest = new Map(found.map((job) => [job.requestId, wordsOf(job)]));
    expect(byRequest.get(asked.requestId)).toEqual(["Downloading", "DownloadFailed"]);
    const whole = ["Downloading", "Downloaded", "Installing", "Installed"];
    expect(byRequest.get(second.requestId)).toEqual(whole);
    // What nobody asked for is the station's own.
    expect(byRequest.get("")).toEqual(["Idle"]);
    expect(station.received).toHaveLength(2);
  });

  it("answered by a CALLERROR has failed, and takes no later status for its own", async () => {
    const station = await house.served("FIRMWARE-3");
    station.answers("UpdateFirmware", { callError: "NotSupported", description: "no flash" });
    const wish = { type: "RequestFirmwareUpdate", location, retrieveAt: instant(1) };
    const asked = await house.request("FIRMWARE-3", wish);
    expect(asked.outcome).toBe("failed");
    await station.call("FirmwareStatusNotification", { status: "Installed" });
    const found = await jobs("FIRMWARE-3");
    const own = found.find((job) => job.requestId === asked.requestId);
    expect(own).toMatchObject({ outcome: "failed", statuses: [] });
    expect(found.find((job) => job.requestId === "")?.status).toBe("Installed");
  });

  it("sent as a call of one's own has the same job", async () => {
    const station = await house.served("FIRMWARE-4");
    station.answers("UpdateFirmware", {});
    const payload = { location, retrieveDate: instant(1) };
    const call = { type: "RequestOcppCall", action: "UpdateFirmware", payload };
    const asked = await house.request("FIRMWARE-4", call);
    expect(asked.outcome).toBe("accepted");
    const [job] = await jobs("FIRMWARE-4");
    expect(job).toMatchObject({ requestId: asked.requestId, outcome: "accepted", statuses: [] });
    await station.call("FirmwareStatusNotification", { status: "Downloading" });
    expect(await jobs("FIRMWARE-4")).toEqual([
      expect.objectContaining({ requestId: asked.requestId, status: "Downloading" }),
    ]);
  });
});
