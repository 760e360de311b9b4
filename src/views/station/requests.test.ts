import { expect, it } from "vitest";
import { oneEvse, streams, wholeStation } from "#core";
import { itemsOf, type WrittenLog, writtenLog } from "#support/view-story";

const key = "cp01";
const station = streams.chargingStation(key);
const at = (seconds: number) => `2026-05-04T10:00:${String(seconds).padStart(2, "0")}.000Z`;
const asked = (requestId: string) => ({
  requestId,
  correlationId: `c-${requestId}`,
  requestedAt: at(0),
  deadline: at(30),
});

const sent = (log: WrittenLog, requestId: string) =>
  log.write(station, "RequestSent", { requestId, epoch: 1, at: at(1) });
const accepted = (log: WrittenLog, requestId: string) =>
  log.write(station, "RequestCompleted", { requestId, outcome: "accepted", at: at(2) });

async function requestOf(log: WrittenLog, requestId: string) {
  const items = await itemsOf(log, "requests");
  return items.find((item) => item.requestId === requestId);
}

it("a request is queued, sent, answered, and answered late without another outcome", async () => {
  const log = writtenLog();
  const actor = { kind: "operator" as const, id: "ada" };
  log.write(station, "ResetRequested", { ...asked("r1"), kind: "soft" }, { actor });
  expect(await requestOf(log, "r1")).toMatchObject({
    type: "RequestReset",
    stationId: "cp01",
    state: "queued",
    parameters: { kind: "soft" },
    requestedBy: "operator:ada",
    deadline: at(30),
  });
  sent(log, "r1");
  expect(await requestOf(log, "r1")).toMatchObject({ state: "sent", sentAt: at(1) });
  log.write(station, "RequestCompleted", { requestId: "r1", outcome: "timedOut", at: at(30) });
  log.write(station, "RequestAnsweredLate", { requestId: "r1", status: "Accepted", at: at(40) });
  const done = await requestOf(log, "r1");
  expect(done).toMatchObject({
    state: "done",
    outcome: "timedOut",
    completedAt: at(30),
    lateAnswer: { status: "Accepted", at: at(40) },
  });
  expect(done).not.toHaveProperty("answeredAt");
});

it("requests are found by how they went, and by what is said of them", async () => {
  const log = writtenLog();
  const actor = { kind: "operator" as const, id: "Ada" };
  const outcomes = { r1: "accepted", r2: "rejected", r3: "timedOut", r4: "superseded" } as const;
  for (const requestId of [...Object.keys(outcomes), "r5"]) {
    log.write(station, "ResetRequested", { ...asked(requestId), kind: "soft" }, { actor });
  }
  for (const [requestId, outcome] of Object.entries(outcomes)) {
    const status = outcome === "rejected" ? { status: "RebootFirst" } : {};
    log.write(station, "RequestCompleted", { requestId, outcome, ...status, at: at(2) });
  }
  const found = async (query: Parameters<typeof itemsOf>[2]) =>
    (await itemsOf(log, "requests", { order: "requestedAt", ...query })).map(
      ({ requestId }) => requestId,
    );
  expect(await found({ filter: { succeeded: false } })).toEqual(["r2", "r3"]);
  expect(await found({ filter: { succeeded: true } })).toEqual(["r1"]);
  expect(await requestOf(log, "r4")).not.toHaveProperty("succeeded");
  expect(await requestOf(log, "r5")).not.toHaveProperty("succeeded");
  expect(await found({ search: "rebootfirst" })).toEqual(["r2"]);
  expect(await found({ search: "operator:ada" })).toHaveLength(5);
  expect(await found({ search: "CP01", filter: { outcome: "timedOut" } })).toEqual(["r3"]);
  expect(await found({ search: "c-r5" })).toEqual(["r5"]);
  expect(await found({ search: "RequestUnlock" })).toEqual([]);
});

it("unlocking all is one request with parts, which goes as well as the worst of them", async () => {
  const log = writtenLog();
  for (const evseId of [1, 2]) {
    const part = { ...asked(`u.${evseId}`), evseId, parentRequestId: "u" };
    log.write(station, "UnlockEvseRequested", part);
  }
  expect(await requestOf(log, "u")).toMatchObject({ type: "RequestUnlockEvse", state: "queued" });
  sent(log, "u.1");
  accepted(log, "u.1");
  expect(await requestOf(log, "u")).toMatchObject({
    state: "sent",
    parts: { "u.1": { state: "done", outcome: "accepted" }, "u.2": { state: "queued" } },
  });
  log.write(station, "RequestCompleted", { requestId: "u.2", outcome: "failed", at: at(3) });
  expect(await requestOf(log, "u")).toMatchObject({ state: "done", outcome: "failed" });
  expect(await requestOf(log, "u.1")).toMatchObject({ parentRequestId: "u", outcome: "accepted" });
});

const opening = { transactionId: "tx1", evseId: 1, startedAt: at(5), at: at(5) };

it("a remote start shows the transaction that followed, or that none did", async () => {
  const log = writtenLog();
  for (const id of ["s1", "s2", "s3"]) {
    log.write(station, "StartTransactionRequested", { ...asked(id), tokenRef: "t" });
    sent(log, id);
  }
  accepted(log, "s1");
  accepted(log, "s2");
  log.write(station, "RequestCompleted", { requestId: "s3", outcome: "rejected", at: at(2) });
  log.write(station, "TransactionOpened", { ...opening, transactionNumber: 1, requestId: "s1" });
  log.write(station, "FollowUpMissed", { requestId: "s2", kind: "start", at: at(31) });
  expect(await requestOf(log, "s1")).toMatchObject({ followUp: "fulfilled", transactionId: "tx1" });
  expect(await requestOf(log, "s2")).toMatchObject({ followUp: "missed" });
  expect(await requestOf(log, "s3")).toMatchObject({ followUp: "notAwaited" });
});

it("a remote stop is fulfilled in time, and an overdue one is missed", async () => {
  const log = writtenLog();
  for (const id of ["p1", "p2"]) {
    const stop = { ...asked(id), transactionId: id, transactionNumber: 1 };
    log.write(station, "StopTransactionRequested", stop);
    sent(log, id);
    accepted(log, id);
  }
  log.write(station, "TransactionClosed", { transactionId: "p1", requestId: "p1", at: at(9) });
  log.write(station, "TransactionClosed", { transactionId: "p2", at: at(40) });
  expect(await requestOf(log, "p1")).toMatchObject({ followUp: "fulfilled" });
  expect(await requestOf(log, "p2")).toMatchObject({ followUp: "awaited" });
  const due = await itemsOf(log, "deadlines");
  expect(due).toMatchObject([{ kind: "followUp", id: "p2", dueAt: at(30) }]);
  log.write(station, "FollowUpMissed", { requestId: "p2", kind: "stop", at: at(41) });
  expect(await requestOf(log, "p2")).toMatchObject({ followUp: "missed" });
  expect(await itemsOf(log, "deadlines")).toEqual([]);
});

it("a call of one's own is followed up like the request that it equals", async () => {
  const log = writtenLog();
  const call = { ...asked("o1"), action: "TriggerMessage", payload: {} };
  log.write(station, "OcppCallRequested", call);
  expect(await requestOf(log, "o1")).not.toHaveProperty("followUp");
  sent(log, "o1");
  log.write(station, "FollowUpAwaited", {
    requestId: "o1",
    correlationId: "c-o1",
    deadline: at(30),
    kind: "trigger",
    message: "Heartbeat",
  });
  accepted(log, "o1");
  expect(await itemsOf(log, "deadlines")).toMatchObject([{ kind: "followUp", id: "o1" }]);
  const heard = { requestId: "o1", message: "Heartbeat", at: at(4) };
  log.write(station, "TriggeredMessageReceived", heard);
  expect(await requestOf(log, "o1")).toMatchObject({ followUp: "fulfilled", triggeredAt: at(4) });
  expect(await itemsOf(log, "deadlines")).toEqual([]);
});

it("a request is due by its validity, once sent by its deadline, then its follow-up", async () => {
  const log = writtenLog();
  const start = { ...asked("r1"), validUntil: at(50), tokenRef: "t" };
  log.write(station, "StartTransactionRequested", start);
  const due = () => itemsOf(log, "deadlines", { filter: { dueAtUntil: at(59) } });
  expect(await due()).toMatchObject([{ kind: "request", id: "r1", station: key, dueAt: at(50) }]);
  sent(log, "r1");
  expect(await due()).toMatchObject([{ kind: "request", dueAt: at(30) }]);
  expect(await itemsOf(log, "deadlines", { filter: { dueAtUntil: at(29) } })).toEqual([]);
  accepted(log, "r1");
  expect(await due()).toMatchObject([{ kind: "followUp", dueAt: at(30) }]);
  log.write(station, "TransactionOpened", { ...opening, transactionNumber: 1, requestId: "r1" });
  expect(await due()).toEqual([]);
});

it("a transaction that starts before the answer leaves the answer to wait for", async () => {
  const log = writtenLog();
  log.write(station, "StartTransactionRequested", { ...asked("r1"), tokenRef: "t" });
  sent(log, "r1");
  log.write(station, "TransactionOpened", { ...opening, transactionNumber: 1, requestId: "r1" });
  expect(await itemsOf(log, "deadlines")).toMatchObject([{ kind: "request", id: "r1" }]);
  accepted(log, "r1");
  expect(await itemsOf(log, "deadlines")).toEqual([]);
  expect(await requestOf(log, "r1")).toMatchObject({ state: "done", followUp: "fulfilled" });
});

it("a reservation is made, replaced, used, cancelled, expired, and due until then", async () => {
  const log = writtenLog();
  const made = (reservationId: string, reservationNumber: number) =>
    log.write(station, "ReservationMade", { reservationId, reservationNumber, expiresAt: at(50) });
  made("a", 1);
  made("b", 1);
  made("c", 2);
  made("d", 3);
  expect((await itemsOf(log, "deadlines")).map((item) => item.id)).toEqual(["b", "c", "d"]);
  log.write(station, "TransactionOpened", { ...opening, transactionNumber: 1, reservationId: "b" });
  log.write(station, "ReservationCancelled", { reservationId: "c" });
  log.write(station, "ReservationExpired", { reservationId: "d" });
  const shown = await itemsOf(log, "reservations", { order: "madeAt" });
  expect(shown.map((item) => [item.reservationId, item.state])).toEqual([
    ["a", "replaced"],
    ["b", "used"],
    ["c", "cancelled"],
    ["d", "expired"],
  ]);
  expect(shown[1]).toMatchObject({ transactionId: "tx1" });
  expect(await itemsOf(log, "deadlines")).toEqual([]);
});

it("firmware: a job has its request's outcome and every status that followed", async () => {
  const log = writtenLog();
  const update = { ...asked("f1"), location: "https://example.org/fw", retrieveAt: at(10) };
  log.write(station, "FirmwareUpdateRequested", update);
  log.write(station, "FirmwareUpdateTakenOn", { requestId: "f1", at: at(2) });
  accepted(log, "f1");
  for (const [second, status] of ["Downloading", "Downloaded"].entries()) {
    log.write(station, "FirmwareStatusReported", { requestId: "f1", status, at: at(10 + second) });
  }
  log.write(station, "FirmwareStatusReported", { status: "Idle", at: at(20) });
  const shown = await itemsOf(log, "firmwareJobs", { order: "requestedAt" });
  expect(shown).toMatchObject([
    {
      requestId: "f1",
      outcome: "accepted",
      takenOnAt: at(2),
      status: "Downloaded",
      statuses: [{ status: "Downloading" }, { status: "Downloaded" }],
    },
    { requestId: "", status: "Idle" },
  ]);
});

it("diagnostics: a job has its file's name, or says that there is nothing", async () => {
  const log = writtenLog();
  for (const id of ["d1", "d2"]) {
    log.write(station, "DiagnosticsRequested", { ...asked(id), location: "ftp://example.org/d" });
  }
  const named = { requestId: "d1", fileName: "log.zip", at: at(3) };
  log.write(station, "DiagnosticsFileNameReceived", named);
  log.write(station, "NoDiagnosticsInformationAvailable", { requestId: "d2", at: at(3) });
  const uploaded = { requestId: "d1", status: "Uploaded", at: at(9) };
  log.write(station, "DiagnosticsStatusReported", uploaded);
  const shown = await itemsOf(log, "diagnosticsJobs", { order: "requestedAt" });
  expect(shown).toMatchObject([
    { requestId: "d1", fileName: "log.zip", status: "Uploaded", statusAt: at(9) },
    { requestId: "d2", nothingToUpload: true },
  ]);
});

const profile = (chargingProfileId: number, stackLevel = 0) => ({
  chargingProfileId,
  stackLevel,
  chargingProfilePurpose: "TxDefaultProfile" as const,
  chargingProfileKind: "Absolute" as const,
  chargingSchedule: {
    chargingRateUnit: "A" as const,
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
  },
});

it("a charging profile replaces its namesake and its equal, until it is cleared", async () => {
  const log = writtenLog();
  const set = (target: ReturnType<typeof oneEvse>, id: number, level = 0) =>
    log.write(station, "ChargingProfileSet", {
      target,
      chargingProfile: profile(id, level),
      at: at(1),
    });
  const ids = async () =>
    (await itemsOf(log, "chargingProfiles")).map((item) => item.chargingProfileId);
  set(oneEvse(1), 1);
  set(wholeStation, 2);
  set(oneEvse(1), 3);
  expect(await ids()).toEqual([2, 3]);
  set(oneEvse(1), 4, 1);
  set(oneEvse(2), 3, 5);
  const clear = (filter: { evseId?: number; stackLevel?: number }) =>
    log.write(station, "ChargingProfilesCleared", { filter, at: at(2) });
  expect(await ids()).toEqual([2, 3, 4]);
  clear({ evseId: 1 });
  expect(await ids()).toEqual([2, 3]);
  clear({ stackLevel: 5 });
  clear({});
  expect(await ids()).toEqual([]);
});

it("a transaction's own charging profile ends with it", async () => {
  const log = writtenLog();
  const chargingProfile = { ...profile(1), transactionId: "tx1" };
  log.write(station, "ChargingProfileSet", { target: oneEvse(1), chargingProfile, at: at(1) });
  log.write(station, "TransactionClosed", { transactionId: "tx1", at: at(9) });
  expect(await itemsOf(log, "chargingProfiles")).toEqual([]);
});

it("a composite schedule is the last that the station computed for a target", async () => {
  const log = writtenLog();
  for (const second of [1, 2]) {
    log.write(station, "CompositeScheduleReceived", {
      target: oneEvse(1),
      schedule: { scheduleStart: at(second) },
      at: at(second),
    });
  }
  const shown = await itemsOf(log, "compositeSchedules");
  expect(shown).toMatchObject([{ evseId: 1, schedule: { scheduleStart: at(2) } }]);
});
