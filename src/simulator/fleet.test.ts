import { describe, expect, it } from "vitest";
import { deskWith, emptyCar, FakeCsms, type StationCall } from "#support/fake-csms";
import { Fleet, type FleetOptions } from "./fleet.ts";
import { virtualTime } from "./time.ts";

const minute = 60_000;

async function run(options: Partial<FleetOptions> = {}, minutes = 10) {
  const time = virtualTime();
  const csms = new FakeCsms(time);
  const stationIds = ["F-1", "F-2", "F-3"];
  const fleet = new Fleet({
    ...{ stationIds, url: "ws://csms/ocpp", tags: ["A", "B"], time, seed: 7, speed: 10 },
    socketTo: csms.socketTo,
    ...options,
  });
  const isOver = fleet.run();
  await time.advance(minutes * minute);
  return { time, csms, fleet, isOver };
}

/** Stops a fleet while its clock goes on. */
async function end({ fleet, time }: Awaited<ReturnType<typeof run>>): Promise<boolean> {
  const stopped = fleet.stop();
  await time.advance(minute);
  return stopped;
}

/** The Wh of all transactions as the CSMS was told, each transaction once. */
function toldWh(calls: readonly StationCall[]): number {
  const starts = new Map<string, number>();
  const ended = new Map<string, number>();
  for (const { stationId, action, payload } of calls) {
    const key = `${stationId} ${payload.connectorId} ${payload.timestamp}`;
    if (action === "StartTransaction") starts.set(key, Number(payload.meterStart));
    if (action === "StopTransaction") {
      ended.set(`${stationId} ${payload.transactionId}`, Number(payload.meterStop));
    }
  }
  const sum = (values: Iterable<number>) => [...values].reduce((total, one) => total + one, 0);
  return sum(ended.values()) - sum(starts.values());
}

describe("a fleet", () => {
  it("charges, and knows to the Wh what it has told", async () => {
    const running = await run();
    expect(running.fleet.status()).toMatchObject({ stations: 3, connected: 3, waiting: 0 });
    expect(await end(running)).toBe(true);
    const { fleet, csms } = running;
    expect(fleet.status()).toMatchObject({ connected: 0, charging: 0, undelivered: 0 });
    expect(csms.payloads("StopTransaction").length).toBeGreaterThan(20);
    expect(fleet.status().energyWh).toBe(toldWh(csms.calls));
    expect(fleet.tally.errors()).toBe(0);
    expect(fleet.tally.problems).toEqual([]);
  });

  it("does the same again with the same seed, and something else with another", async () => {
    const [one, same, other] = [await run(), await run(), await run({ seed: 8 })];
    expect(same.csms.calls).toEqual(one.csms.calls);
    expect(other.csms.calls).not.toEqual(one.csms.calls);
  });

  it("has one session per EVSE if that is all it should", async () => {
    const running = await run({ once: true });
    await running.isOver;
    await end(running);
    expect(running.csms.payloads("StopTransaction")).toHaveLength(6);
  });

  it("charges for whom the operator lets in from afar", async () => {
    const running = await run({ stationIds: ["F-1"], once: true }, 10);
    await running.isOver;
    const { csms, time, fleet } = running;
    const again = new Fleet({
      ...{ stationIds: ["F-9"], url: "ws://csms/ocpp", tags: ["A"], time, seed: 1 },
      socketTo: csms.socketTo,
    });
    void again.run();
    await time.advance(1_000);
    csms.forget();
    await csms.call("F-9", "RemoteStartTransaction", { idTag: "FAR", connectorId: 1 });
    await time.advance(minute);
    expect(csms.payloads("StartTransaction")).toContainEqual(
      expect.objectContaining({ idTag: "FAR", connectorId: 1 }),
    );
    expect(fleet.tally.errors()).toBe(0);
  });

  it("waits for the operator", async () => {
    const time = virtualTime();
    const csms = new FakeCsms(time);
    let status = "Rejected";
    const currentTime = "2026-01-01T00:00:00Z";
    csms.answers("BootNotification", () => ({ status, currentTime, interval: 60 }));
    const fleet = new Fleet({
      ...{ stationIds: ["F-1"], url: "ws://csms/ocpp", tags: ["A"], time, seed: 1, speed: 10 },
      socketTo: csms.socketTo,
    });
    void fleet.run();
    await time.advance(5 * minute);
    expect(fleet.status()).toMatchObject({ connected: 1, waiting: 1, charging: 0 });
    status = "Accepted";
    await time.advance(5 * minute);
    expect(fleet.status().waiting).toBe(0);
    expect(csms.payloads("StartTransaction").length).toBeGreaterThan(0);
  });
});

describe("faults", () => {
  it("drop, repeat, late, out of order: no Wh is lost or told twice", async () => {
    const faults = { drop: 0.03, repeat: 0.05, late: 0.05, outOfOrder: 0.1, neverAnswer: 0.5 };
    const running = await run({ faults }, 30);
    expect(await end(running)).toBe(true);
    const { fleet } = running;
    const struck = fleet.stations.flatMap((station) => [...station.faults.struck.keys()]);
    expect(new Set(struck)).toEqual(new Set(["drop", "repeat", "late", "outOfOrder"]));
    const undelivered = fleet.stations.flatMap(({ transactions }) =>
      transactions.filter((one) => !one.stopDelivered || one.id === undefined),
    );
    expect(undelivered).toEqual([]);
    expect(fleet.tally.counts.lostSockets).toBeGreaterThan(0);
    expect(fleet.tally.errors()).toBe(0);
  });

  it("are done on demand: the same message again, with the same and with a new id", async () => {
    const { station, csms, time } = await deskWith();
    station.faults.arm("repeat");
    void station.registration.heartbeat();
    await time.advance(10);
    station.faults.arm("repeatNewId");
    void station.registration.heartbeat();
    await time.advance(10);
    const ids = csms.calls
      .filter(({ action }) => action === "Heartbeat")
      .map((one) => one.messageId);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(3);
  });

  it("find a CSMS that gives a repeated start another number", async () => {
    const { station, time, tally } = await deskWith();
    station.evses[0]?.plugIn(emptyCar);
    await station.evses[0]?.swipe("TAG");
    await time.advance(10);
    expect(tally.errors()).toBe(0);
    station.evses[1]?.plugIn(emptyCar);
    const swiped = station.evses[1]?.swipe("TAG-2");
    await time.advance(0);
    await swiped;
    station.faults.arm("repeatNewId", 9);
    station.evses[1]?.stop("Local");
    station.evses[1]?.unplug();
    station.evses[1]?.plugIn(emptyCar);
    await station.evses[1]?.swipe("TAG-2");
    await time.advance(10);
    expect(tally.problems.join()).toContain("another transactionId");
  });

  it("leave a call of the CSMS without an answer", async () => {
    const { station, call } = await deskWith();
    station.faults.arm("neverAnswer");
    expect(await call("ClearCache")).toBeUndefined();
    expect(await call("ClearCache")).toEqual({ status: "Accepted" });
  });

  it("set the clock wrong: by hours for good, or to 1970 until the CSMS tells", async () => {
    const time = virtualTime();
    const stationIds = Array.from({ length: 40 }, (_none, at) => `F-${at}`);
    const { socketTo } = new FakeCsms(time);
    const asleep = new Fleet({
      ...{ stationIds, url: "ws://csms/ocpp", tags: ["A"], time, seed: 1, socketTo },
      faults: { badClock: 1 },
    });
    const skews = new Set(asleep.stations.map(({ clockOffsetMs }) => clockOffsetMs / 3_600_000));
    expect(skews).toEqual(new Set([-12, -2, 2, 12, -time.now() / 3_600_000]));
    const { fleet, csms } = await run({ faults: { badClock: 1 } }, 2);
    const listening = fleet.stations.filter((station) => !station.clockIsStuck);
    const stuck = fleet.stations.filter((station) => station.clockIsStuck);
    for (const { clockOffsetMs } of listening) expect(Math.abs(clockOffsetMs)).toBeLessThan(2_000);
    for (const { clockOffsetMs } of stuck) {
      expect(Math.abs(clockOffsetMs)).toBeGreaterThanOrEqual(7_200_000);
    }
    expect(csms.payloads("StartTransaction").length).toBeGreaterThan(0);
  });
});
