import { describe, expect, it } from "vitest";
import { deskWith, emptyCar } from "#support/fake-csms";

const minute = 60_000;

async function charging(options: Parameters<typeof deskWith>[0] = {}) {
  const desk = await deskWith(options);
  const evse = desk.station.evses[0];
  if (!evse) throw new Error("no EVSE");
  evse.plugIn(emptyCar);
  await evse.swipe("TAG");
  await desk.time.advance(10);
  return { ...desk, evse };
}

describe("a boot", () => {
  it("is followed by all statuses and a heartbeat at the interval given", async () => {
    const { csms, time, tally } = await deskWith();
    expect(csms.calls[0]).toMatchObject({
      action: "BootNotification",
      payload: { chargePointVendor: "Motown", firmwareVersion: "1.0.0" },
    });
    expect(csms.statuses()).toEqual(["0 Available", "1 Available", "2 Available"]);
    await time.advance(601_000);
    expect(csms.payloads("Heartbeat")).toHaveLength(2);
    expect(tally.errors()).toBe(0);
  });

  it("is repeated at the interval given, and nothing else is said, until accepted", async () => {
    const { csms, station, time } = await deskWith({ configuration: {} });
    let status = "Rejected";
    const currentTime = "2026-01-01T00:00:00.000Z";
    csms.answers("BootNotification", () => ({ status, currentTime, interval: 30 }));
    void station.reboot();
    csms.forget();
    await time.advance(100_000);
    expect(csms.calls.map(({ action }) => action)).toEqual(Array(4).fill("BootNotification"));
    status = "Accepted";
    await time.advance(30_000);
    expect(csms.statuses()).toContain("1 Available");
  });

  it("is not repeated on a new socket", async () => {
    const { csms, time, tally, station } = await deskWith();
    csms.drop(station.id);
    await time.advance(minute);
    expect(station.online).toBe(true);
    expect(csms.payloads("BootNotification")).toHaveLength(1);
    expect(tally.counts.lostSockets).toBe(1);
  });
});

describe("a session", () => {
  it("starts, meters and stops; the Wh are those of the power and the time", async () => {
    const { csms, time, evse, tally } = await charging();
    await time.advance(6 * minute);
    await evse.swipe("tag");
    await time.advance(10);
    const [start] = csms.payloads("StartTransaction");
    const [stop] = csms.payloads("StopTransaction");
    expect(start).toMatchObject({ connectorId: 1, idTag: "TAG" });
    expect(stop).toMatchObject({ transactionId: 1_001, reason: "Local", idTag: "tag" });
    // 22 kW for six minutes and the 10 ms before.
    expect(Number(stop?.meterStop) - Number(start?.meterStart)).toBe(2_200);
    expect(csms.payloads("MeterValues")).toHaveLength(36);
    evse.unplug();
    await time.advance(10);
    expect(csms.statuses().filter((status) => status.startsWith("1"))).toEqual([
      "1 Available",
      "1 Preparing",
      "1 Charging",
      "1 Finishing",
      "1 Available",
    ]);
    expect(tally.errors()).toBe(0);
  });

  it("does not start for a token that is refused", async () => {
    const { csms, station, time } = await deskWith();
    csms.answers("Authorize", () => ({ idTagInfo: { status: "Blocked" } }));
    station.evses[0]?.plugIn(emptyCar);
    expect(await station.evses[0]?.swipe("TAG")).toBe(false);
    await time.advance(minute);
    expect(csms.payloads("StartTransaction")).toEqual([]);
  });

  it("is ended at once when the start is answered with a no", async () => {
    const { csms, station, time } = await deskWith();
    const idTagInfo = { status: "Expired" };
    csms.answers("StartTransaction", () => ({ idTagInfo, transactionId: 7 }));
    station.evses[0]?.plugIn(emptyCar);
    await station.evses[0]?.swipe("TAG");
    await time.advance(10);
    expect(csms.payloads("StopTransaction")).toMatchObject([
      { transactionId: 7, reason: "DeAuthorized" },
    ]);
  });

  it("goes on without energy after a no if the key says so", async () => {
    const { csms, station, time, call } = await deskWith();
    await call("ChangeConfiguration", { key: "StopTransactionOnInvalidId", value: "false" });
    const idTagInfo = { status: "Invalid" };
    csms.answers("StartTransaction", () => ({ idTagInfo, transactionId: 7 }));
    station.evses[0]?.plugIn(emptyCar);
    await station.evses[0]?.swipe("TAG");
    await time.advance(minute);
    expect(csms.payloads("StopTransaction")).toEqual([]);
    expect(csms.statuses().at(-1)).toBe("1 SuspendedEVSE");
  });

  it("suspends when the car is full and ends when the car is pulled out", async () => {
    const { csms, station, time } = await deskWith();
    const [evse] = station.evses;
    evse?.plugIn({ ...emptyCar, wantedWh: 500 });
    await evse?.swipe("TAG");
    await time.advance(10 * minute);
    expect(csms.statuses().at(-1)).toBe("1 SuspendedEV");
    evse?.unplug();
    await time.advance(10);
    expect(csms.payloads("StopTransaction")[0]).toMatchObject({ reason: "EVDisconnected" });
  });

  it("does not happen if nobody plugs in within ConnectionTimeOut", async () => {
    const { csms, station, time } = await deskWith();
    await station.evses[0]?.swipe("TAG");
    await time.advance(61_000);
    expect(csms.statuses().slice(-2)).toEqual(["1 Preparing", "1 Available"]);
  });

  it("samples on the clock, in and out of transactions", async () => {
    const { csms, call, time } = await charging({
      configuration: { MeterValueSampleInterval: "0" },
    });
    await call("ChangeConfiguration", { key: "ClockAlignedDataInterval", value: "900" });
    await time.advance(31 * minute);
    const values = csms.payloads("MeterValues");
    expect(values.map(({ connectorId, transactionId }) => [connectorId, transactionId])).toEqual(
      expect.arrayContaining([
        [1, 1_001],
        [2, undefined],
      ]),
    );
    expect(values).toHaveLength(4);
    expect(JSON.stringify(values[0])).toContain('"timestamp":"2026-01-01T00:15:00.000Z"');
    expect(JSON.stringify(values[0])).toContain("Sample.Clock");
  });
});

describe("offline", () => {
  it("a transaction is made by the cache and delivered in order later", async () => {
    const { csms, evse, station, time, tally } = await charging();
    evse.stop("Local");
    evse.unplug();
    await time.advance(10);
    csms.forget();
    csms.unreachable = true;
    csms.drop(station.id);
    await time.advance(10);
    evse.plugIn(emptyCar);
    expect(await evse.swipe("STRANGER")).toBe(false);
    expect(await evse.swipe("TAG")).toBe(true);
    await time.advance(minute);
    evse.stop("Local");
    expect(csms.calls).toEqual([]);
    csms.unreachable = false;
    await time.advance(minute);
    const sent = csms.calls.filter(({ action }) => action !== "StatusNotification");
    expect(sent.map(({ action }) => action)).toEqual([
      "StartTransaction",
      ...Array(6).fill("MeterValues"),
      "StopTransaction",
    ]);
    expect(sent.at(-1)?.payload).toMatchObject({ transactionId: 1_002 });
    expect(Date.parse(String(sent[0]?.payload.timestamp))).toBeLessThan(Number(sent[0]?.at));
    expect(tally.errors()).toBe(0);
  });

  it("a message that fails is retried with growing pauses, then given up", async () => {
    const { csms, evse, station, time, tally } = await charging();
    csms.forget();
    csms.answers("StopTransaction", () => ({ callError: "InternalError" }));
    evse.stop("Local");
    await time.advance(2 * minute);
    const at = csms.calls
      .filter(({ action }) => action === "StopTransaction")
      .map((call) => call.at);
    expect(at).toHaveLength(3);
    expect([Number(at[1]) - Number(at[0]), Number(at[2]) - Number(at[1])]).toEqual([
      10_000, 20_000,
    ]);
    expect(station.queue.length).toBe(0);
    expect(tally.counts).toMatchObject({ callErrors: 3, dropped: 1 });
  });

  it("an unanswered start is sent again with the same content", async () => {
    const { csms, station, time } = await deskWith();
    let answers = 0;
    csms.answers("StartTransaction", () => {
      answers += 1;
      return answers === 1 ? undefined : { idTagInfo: { status: "Accepted" }, transactionId: 9 };
    });
    station.evses[0]?.plugIn(emptyCar);
    await station.evses[0]?.swipe("TAG");
    await time.advance(10);
    csms.drop(station.id);
    await time.advance(minute);
    const [first, second] = csms.payloads("StartTransaction");
    expect(second).toEqual(first);
    expect(csms.payloads("MeterValues").every((one) => one.transactionId === 9)).toBe(true);
  });
});

describe("the station judges the CSMS", () => {
  it("counts an answer that its schema forbids", async () => {
    const { csms, station, time, tally } = await deskWith();
    csms.answers("Heartbeat", () => ({ currentTime: "yesterday" }));
    void station.registration.heartbeat();
    await time.advance(10);
    expect(tally.counts.violations).toBe(1);
    expect(tally.problems[0]).toContain("Heartbeat.conf/currentTime");
  });

  it("counts a call that its schema forbids, and answers FormationViolation", async () => {
    const { call, tally } = await deskWith();
    expect(await call("Reset", { type: "Warm" })).toEqual({ callError: "FormationViolation" });
    expect(await call("Restart")).toEqual({ callError: "NotImplemented" });
    expect(tally.counts.violations).toBe(2);
  });

  it("counts answers to nothing and frames that are none", async () => {
    const { csms, station, tally } = await deskWith();
    csms.send(station.id, [3, "nobody-asked", {}]);
    csms.send(station.id, [9]);
    csms.send(station.id, [4, "x", "SomeError", "", {}]);
    expect(tally.counts.violations).toBe(3);
  });

  it("gives up a call that is not answered in time", async () => {
    const { csms, station, time, tally } = await deskWith();
    csms.answers("Heartbeat", () => undefined);
    void station.registration.heartbeat();
    await time.advance(31_000);
    expect(tally.counts.timeouts).toBe(1);
  });
});

describe("a loss of power", () => {
  it("ends the transaction, which the CSMS hears of after the next boot", async () => {
    const { csms, station, time } = await charging();
    csms.forget();
    station.losePower();
    await time.advance(minute);
    const said = csms.calls.map(({ action }) => action);
    expect(csms.payloads("StopTransaction")).toMatchObject([
      { transactionId: 1_001, reason: "PowerLoss" },
    ]);
    expect(said.indexOf("BootNotification")).toBeLessThan(said.indexOf("StopTransaction"));
  });
});

describe("a reset", () => {
  it.each(["Soft", "Hard"])("%s ends the transaction with its reason, then boots", async (type) => {
    const { csms, call, time } = await charging();
    csms.forget();
    expect(await call("Reset", { type })).toEqual({ status: "Accepted" });
    await time.advance(minute);
    const actions = csms.calls.map(({ action }) => action);
    expect(csms.payloads("StopTransaction")[0]).toMatchObject({ reason: `${type}Reset` });
    expect(actions.indexOf("BootNotification")).toBeGreaterThan(actions.indexOf("StopTransaction"));
  });

  it("puts configuration that waited for it into force", async () => {
    const { call, time } = await deskWith();
    const change = { key: "motownlightcolour", value: "red" };
    expect(await call("ChangeConfiguration", change)).toEqual({ status: "RebootRequired" });
    const shown = () => call("GetConfiguration", { key: ["MotownLightColour"] });
    expect(JSON.stringify(await shown())).toContain("blue");
    await call("Reset", { type: "Soft" });
    await time.advance(minute);
    expect(JSON.stringify(await shown())).toContain("red");
  });
});
