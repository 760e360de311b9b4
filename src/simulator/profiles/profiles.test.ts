import { describe, expect, it } from "vitest";
import { type Desk, deskWith, emptyCar } from "#support/fake-csms";

const minute = 60_000;
const inMinutes = (desk: Desk, count: number) =>
  new Date(desk.time.now() + count * minute).toISOString();

async function swipeAt(desk: Desk, connectorId: number, idTag: string) {
  const evse = desk.station.evses[connectorId - 1];
  evse?.plugIn(emptyCar);
  const welcome = await evse?.swipe(idTag);
  await desk.time.advance(10);
  return welcome;
}

describe("the local list", () => {
  const accepted = { status: "Accepted" };
  const send = (desk: Desk, listVersion: number, updateType: string, tags: string[]) =>
    desk.call("SendLocalList", {
      ...{ listVersion, updateType },
      localAuthorizationList: tags.map((idTag) => ({ idTag, idTagInfo: accepted })),
    });

  it("has versions; a differential update needs a higher one", async () => {
    const desk = await deskWith();
    const version = () => desk.call("GetLocalListVersion");
    expect(await version()).toEqual({ listVersion: 0 });
    expect(await send(desk, 5, "Full", ["A", "B"])).toEqual(accepted);
    expect(await send(desk, 5, "Differential", ["C"])).toEqual({ status: "VersionMismatch" });
    expect(await send(desk, 6, "Differential", ["C"])).toEqual(accepted);
    expect(await version()).toEqual({ listVersion: 6 });
    expect(desk.station.localList.size).toBe(3);
    const listVersion = 7;
    const localAuthorizationList = [{ idTag: "a" }];
    const update = { listVersion, updateType: "Differential", localAuthorizationList };
    expect(await desk.call("SendLocalList", update)).toEqual(accepted);
    expect(desk.station.localList.get("A")).toBeUndefined();
    expect(await send(desk, 8, "Full", ["Z"])).toEqual(accepted);
    expect(desk.station.localList.size).toBe(1);
  });

  it("fails when it is too long, doubled or without infos", async () => {
    const desk = await deskWith();
    const many = Array.from({ length: 101 }, (_none, at) => `T${at}`);
    expect(await send(desk, 1, "Full", many)).toEqual({ status: "Failed" });
    expect(await send(desk, 1, "Full", ["A", "a"])).toEqual({ status: "Failed" });
    const update = {
      ...{ listVersion: 1, updateType: "Full" },
      localAuthorizationList: [{ idTag: "A" }],
    };
    expect(await desk.call("SendLocalList", update)).toEqual({ status: "Failed" });
  });

  it("is not there if it is disabled", async () => {
    const desk = await deskWith({ configuration: { LocalAuthListEnabled: "false" } });
    expect(await send(desk, 1, "Full", [])).toEqual({ status: "NotSupported" });
    expect(await desk.call("GetLocalListVersion")).toEqual({ listVersion: -1 });
  });

  it("authorizes offline, and online first with LocalPreAuthorize", async () => {
    const desk = await deskWith();
    await send(desk, 1, "Full", ["LISTED"]);
    await desk.call("ChangeConfiguration", { key: "LocalPreAuthorize", value: "true" });
    expect(await swipeAt(desk, 1, "LISTED")).toBe(true);
    expect(desk.csms.payloads("Authorize")).toEqual([]);
    desk.csms.unreachable = true;
    desk.csms.drop(desk.station.id);
    await desk.time.advance(10);
    expect(await swipeAt(desk, 2, "listed")).toBe(true);
  });
});

describe("a reservation", () => {
  const reserve = (desk: Desk, connectorId: number, more: object = {}) =>
    desk.call("ReserveNow", {
      ...{ connectorId, expiryDate: inMinutes(desk, 10), idTag: "GUEST", reservationId: 3 },
      ...more,
    });

  it("keeps the connector for its tag and is used up by the start", async () => {
    const desk = await deskWith();
    expect(await reserve(desk, 1)).toEqual({ status: "Accepted" });
    await desk.time.advance(10);
    expect(desk.csms.statuses().at(-1)).toBe("1 Reserved");
    expect(await swipeAt(desk, 1, "OTHER")).toBe(false);
    expect(await swipeAt(desk, 1, "guest")).toBe(true);
    expect(desk.csms.payloads("StartTransaction")).toMatchObject([{ reservationId: 3 }]);
    expect(desk.station.reservations.size).toBe(0);
  });

  it("lets in who is of the same group", async () => {
    const desk = await deskWith();
    const idTagInfo = { status: "Accepted", parentIdTag: "FAMILY" };
    desk.csms.answers("Authorize", () => ({ idTagInfo }));
    await reserve(desk, 1, { parentIdTag: "FAMILY" });
    expect(await swipeAt(desk, 1, "COUSIN")).toBe(true);
  });

  it("expires by itself", async () => {
    const desk = await deskWith();
    await reserve(desk, 2);
    await desk.time.advance(10 * minute + 10);
    expect(desk.csms.statuses().slice(-2)).toEqual(["2 Reserved", "2 Available"]);
    expect(await swipeAt(desk, 2, "OTHER")).toBe(true);
  });

  it("is cancelled, once", async () => {
    const desk = await deskWith();
    await reserve(desk, 2);
    const cancel = () => desk.call("CancelReservation", { reservationId: 3 });
    expect(await cancel()).toEqual({ status: "Accepted" });
    expect(await cancel()).toEqual({ status: "Rejected" });
  });

  it("is refused by what is there", async () => {
    const desk = await deskWith();
    await swipeAt(desk, 1, "OTHER");
    expect(await reserve(desk, 1)).toEqual({ status: "Occupied" });
    expect(await reserve(desk, 9)).toEqual({ status: "Rejected" });
    expect(await reserve(desk, 2, { expiryDate: inMinutes(desk, -1) })).toEqual({
      status: "Rejected",
    });
    desk.station.evses[1]?.fail("GroundFailure");
    expect(await reserve(desk, 2)).toEqual({ status: "Faulted" });
    desk.station.evses[1]?.repair();
    await desk.call("ChangeAvailability", { connectorId: 2, type: "Inoperative" });
    expect(await reserve(desk, 2)).toEqual({ status: "Unavailable" });
  });

  it("of connector 0 keeps one connector free, whichever", async () => {
    const desk = await deskWith();
    expect(await reserve(desk, 0)).toEqual({ status: "Accepted" });
    expect(await swipeAt(desk, 1, "OTHER")).toBe(true);
    expect(await swipeAt(desk, 2, "OTHER-2")).toBe(false);
    expect(await swipeAt(desk, 2, "GUEST")).toBe(true);
  });
});

describe("a firmware update", () => {
  const statuses = (desk: Desk) =>
    desk.csms.calls
      .filter(({ action }) => /FirmwareStatus|Boot/.test(action))
      .map(({ payload }) => payload.status ?? `boot ${payload.firmwareVersion}`);
  const update = (desk: Desk, file: string, more: object = {}) =>
    desk.call("UpdateFirmware", {
      ...{ location: `https://firmware/${file}`, retrieveDate: inMinutes(desk, 1) },
      ...more,
    });

  it("goes through all steps with a boot of the new version in between", async () => {
    const desk = await deskWith();
    desk.csms.forget();
    expect(await update(desk, "station-2.4.0.bin")).toEqual({});
    await desk.time.advance(30_000);
    expect(statuses(desk)).toEqual([]);
    await desk.time.advance(10 * minute);
    expect(statuses(desk)).toEqual([
      ...["Downloading", "Downloaded", "Installing", "boot 2.4.0", "Installed"],
    ]);
    expect(desk.csms.statuses()).toEqual(expect.arrayContaining(["1 Unavailable", "1 Available"]));
  });

  it("waits for the driver", async () => {
    const desk = await deskWith();
    await swipeAt(desk, 1, "TAG");
    desk.csms.forget();
    await update(desk, "x.bin");
    await desk.time.advance(10 * minute);
    expect(statuses(desk)).toEqual(["Downloading", "Downloaded"]);
    desk.station.evses[0]?.stop("Local");
    await desk.time.advance(10 * minute);
    expect(statuses(desk).slice(2)).toEqual(["Installing", "boot 1.0.1", "Installed"]);
  });

  it("fails on demand, and retries a download as often as asked", async () => {
    const desk = await deskWith();
    desk.csms.forget();
    await update(desk, "fail-download", { retries: 1, retryInterval: 5 });
    await desk.time.advance(10 * minute);
    expect(statuses(desk)).toEqual([
      ...["Downloading", "DownloadFailed", "Downloading", "DownloadFailed"],
    ]);
    desk.csms.forget();
    desk.station.jobs.firmwareFails = "installation";
    await update(desk, "x.bin");
    await desk.time.advance(10 * minute);
    expect(statuses(desk).slice(2)).toEqual(["Installing", "InstallationFailed"]);
    expect(desk.csms.statuses().at(-1)).toBe("2 Available");
  });
});

describe("diagnostics", () => {
  it("are uploaded, or not", async () => {
    const desk = await deskWith();
    const upload = (location: string) => desk.call("GetDiagnostics", { location });
    expect(await upload("ftp://logs/here")).toEqual({ fileName: "S-1-diagnostics.log" });
    await desk.time.advance(minute);
    await upload("ftp://logs/fail-upload");
    await desk.time.advance(minute);
    const statuses = desk.csms.payloads("DiagnosticsStatusNotification").map((one) => one.status);
    expect(statuses).toEqual(["Uploading", "Uploaded", "Uploading", "UploadFailed"]);
  });
});

describe("a trigger", () => {
  it.each([
    ["BootNotification", undefined, 1],
    ["Heartbeat", undefined, 1],
    ["FirmwareStatusNotification", undefined, 1],
    ["DiagnosticsStatusNotification", undefined, 1],
    ["StatusNotification", undefined, 3],
    ["StatusNotification", 2, 1],
    ["StatusNotification", 0, 1],
    ["MeterValues", undefined, 2],
    ["MeterValues", 1, 1],
  ])("%s of connector %s sends %i", async (requestedMessage, connectorId, count) => {
    const desk = await deskWith();
    desk.csms.forget();
    const request = connectorId === undefined ? {} : { connectorId };
    const answer = await desk.call("TriggerMessage", { requestedMessage, ...request });
    expect(answer).toEqual({ status: "Accepted" });
    await desk.time.advance(10);
    expect(desk.csms.payloads(requestedMessage)).toHaveLength(count);
  });

  it("is rejected for a connector that is not there", async () => {
    const desk = await deskWith();
    const request = { requestedMessage: "MeterValues", connectorId: 5 };
    expect(await desk.call("TriggerMessage", request)).toEqual({ status: "Rejected" });
  });

  it("for meter values of a transaction names it and why", async () => {
    const desk = await deskWith();
    await swipeAt(desk, 1, "TAG");
    await desk.call("TriggerMessage", { requestedMessage: "MeterValues", connectorId: 1 });
    await desk.time.advance(10);
    const [values] = desk.csms.payloads("MeterValues");
    expect(values).toMatchObject({ transactionId: 1_001 });
    expect(JSON.stringify(values)).toContain('"context":"Trigger"');
  });
});
