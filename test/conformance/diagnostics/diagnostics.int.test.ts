// Uploads of diagnostics and their statuses: OCPP 1.6 edition 2, §4.4 and §5.9.
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

const location = "ftp://example.org/diagnostics";
const wish = { type: "RequestDiagnostics", location };
const jobs = (stationId: string) => shown.list(stationId, "diagnostics-jobs");
const wordsOf = (job: Record<string, unknown> | undefined) =>
  ((job?.statuses ?? []) as { status: string }[]).map(({ status }) => status);

async function uploading(stationId: string, more: object = {}) {
  const station = await house.served(stationId);
  station.answers("GetDiagnostics", { fileName: "diagnostics.log" });
  const asked = await house.request(stationId, { ...wish, ...more });
  const report = async (...statuses: string[]) => {
    for (const status of statuses) {
      expect(await station.call("DiagnosticsStatusNotification", { status })).toEqual({});
    }
  };
  return { station, asked, report };
}

describe("GetDiagnostics", () => {
  it("TC_045_1 the file's name and every status belong to the request", async () => {
    const period = {
      periodStart: "2026-01-01T00:00:00.000Z",
      periodStop: "2026-01-02T00:00:00.000Z",
    };
    const often = { retries: 2, retryIntervalSeconds: 30 };
    const { station, asked, report } = await uploading("TC-045-1", { ...period, ...often });
    expect(asked).toMatchObject({ outcome: "accepted", result: { fileName: "diagnostics.log" } });
    expect((await station.nextCall("GetDiagnostics")).payload).toEqual({
      ...{ location, retries: 2, retryInterval: 30 },
      startTime: period.periodStart,
      stopTime: period.periodStop,
    });
    await report("Uploading", "Uploaded");
    const [job, ...others] = await jobs("TC-045-1");
    expect(others).toEqual([]);
    expect(job).toMatchObject({
      ...{ requestId: asked.requestId, location, fileName: "diagnostics.log", ...period },
      ...{ outcome: "accepted", status: "Uploaded", nothingToUpload: false },
    });
    expect(wordsOf(job)).toEqual(["Uploading", "Uploaded"]);
  });

  it("TC_045_2 an upload that fails ends it; what comes later is not its own", async () => {
    const { asked, report } = await uploading("TC-045-2");
    await report("Uploading", "UploadFailed", "Idle");
    const found = await jobs("TC-045-2");
    const own = found.find((job) => job.requestId === asked.requestId);
    expect(own?.status).toBe("UploadFailed");
    expect(wordsOf(own)).toEqual(["Uploading", "UploadFailed"]);
    expect(found.find((job) => job.requestId === "")?.status).toBe("Idle");
  });

  it("without a file name means that there is nothing to upload", async () => {
    const station = await house.served("DIAGNOSTICS-1");
    station.answers("GetDiagnostics", {});
    const asked = await house.request("DIAGNOSTICS-1", wish);
    expect(asked.outcome).toBe("accepted");
    const [job] = await jobs("DIAGNOSTICS-1");
    expect(job).toMatchObject({ requestId: asked.requestId, nothingToUpload: true });
    expect(job?.fileName).toBeUndefined();
  });

  it("sent as a call of one's own has the same job", async () => {
    const station = await house.served("DIAGNOSTICS-2");
    station.answers("GetDiagnostics", { fileName: "own.log" });
    const call = { type: "RequestOcppCall", action: "GetDiagnostics", payload: { location } };
    const asked = await house.request("DIAGNOSTICS-2", call);
    await station.call("DiagnosticsStatusNotification", { status: "Uploaded" });
    expect(await jobs("DIAGNOSTICS-2")).toEqual([
      expect.objectContaining({
        ...{ requestId: asked.requestId, fileName: "own.log", outcome: "accepted" },
        status: "Uploaded",
      }),
    ]);
  });
});
