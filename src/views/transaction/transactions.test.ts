import { expect, it } from "vitest";
import { type MeterSample, streams } from "#core";
import { itemsOf, type WrittenLog, writtenLog } from "#support/view-story";

const key = "cp01";
const station = streams.chargingStation(key);
const tx = streams.transaction("tx1");
const at = (seconds: number) => `2026-05-04T10:00:${String(seconds).padStart(2, "0")}.000Z`;

function register(milli: number, seconds: number, more: Partial<MeterSample> = {}): MeterSample {
  return {
    at: at(seconds),
    measurand: "Energy.Active.Import.Register",
    milli,
    unit: "Wh",
    context: "Sample.Periodic",
    location: "Outlet",
    ...more,
  };
}

function started(log: WrittenLog = writtenLog(), reviews: "notAuthorized"[] = []): WrittenLog {
  const created = { stationId: "CP01", administrators: [], transactionNumberBase: 0 };
  log.write(station, "ChargingStationCreated", created);
  const shared = { evseId: 1, tokenRef: "t", startedAt: at(0), at: at(0) };
  log.write(station, "ChargingStationConfigured", {
    evses: [{ evseId: 1, connectors: [] }],
    inferred: false,
  });
  log.write(station, "TransactionOpened", {
    ...shared,
    transactionId: "tx1",
    transactionNumber: 7,
  });
  log.write(
    tx,
    "TransactionStarted",
    { ...shared, station: key, transactionNumber: 7, meterStartMilliWh: 1_000_500, reviews },
    { correlationId: "c1" },
  );
  return log;
}

const stop = { stoppedAt: at(40), reason: "Local", at: at(41) };
const theTransaction = async (log: WrittenLog) => (await itemsOf(log, "transactions"))[0];

it("a transaction is metered while it is active", async () => {
  const log = started();
  const power = register(7_400_000, 10, { measurand: "Power.Active.Import", unit: "W" });
  const soc = register(55_500, 10, { measurand: "SoC", unit: "Percent" });
  log.write(tx, "MeterValuesSampled", {
    samples: [register(1_002_001, 10), power, soc],
    at: at(10),
  });
  expect(await theTransaction(log)).toMatchObject({
    transactionId: "tx1",
    transactionNumber: 7,
    stationId: "CP01",
    state: "active",
    meterStartWh: 1000.5,
    meterLastWh: 1002.001,
    energyWh: 1.501,
    powerW: 7400,
    stateOfChargePercent: 55.5,
    sampleCount: 3,
    startCorrelationId: "c1",
    reviews: [],
  });
  expect(await itemsOf(log, "evses")).toMatchObject([{ transactionId: "tx1" }]);
  const stations = await itemsOf(log, "chargingStations");
  expect(stations).toMatchObject([{ openTransactions: 1, transactionCount: 1 }]);
});

it("a stop ends it with its energy, linked to the request that asked", async () => {
  const log = started();
  log.write(
    tx,
    "TransactionStopped",
    { ...stop, meterStopMilliWh: 9_000_500, energyMilliWh: 8_000_000, requestId: "r9" },
    { correlationId: "c9" },
  );
  log.write(station, "TransactionClosed", { transactionId: "tx1", at: at(41) });
  const ended = await theTransaction(log);
  expect(ended).toMatchObject({
    state: "ended",
    stoppedAt: at(40),
    stopReason: "Local",
    energyWh: 8000,
    meterStopWh: 9000.5,
    stopRequestId: "r9",
    stopCorrelationId: "c9",
  });
  expect(ended).not.toHaveProperty("powerW");
  const stations = await itemsOf(log, "chargingStations");
  expect(stations).toMatchObject([{ openTransactions: 0, transactionCount: 1 }]);
  const [evse] = await itemsOf(log, "evses");
  expect(evse).not.toHaveProperty("transactionId");
});

it("a late stop corrects an estimate; reviews stay until a person has looked", async () => {
  const log = started();
  const estimate = { stoppedAt: at(20), meterStopMilliWh: 2_000_500, energyMilliWh: 1_000_000 };
  log.write(tx, "TransactionEndEstimated", { ...estimate, at: at(30) });
  log.write(tx, "TransactionFlagged", { reason: "endEstimated", at: at(30) });
  log.write(tx, "TransactionFlagged", { reason: "endEstimated", at: at(30) });
  expect(await theTransaction(log)).toMatchObject({
    state: "estimated",
    energyWh: 1000,
    reviews: ["endEstimated"],
  });
  const corrected = { ...stop, meterStopMilliWh: 3_000_500, energyMilliWh: 2_000_000 };
  log.write(tx, "TransactionEndCorrected", corrected);
  log.write(tx, "TransactionReviewed", { note: "fine" });
  expect(await theTransaction(log)).toMatchObject({
    state: "ended",
    energyWh: 2000,
    reviews: [],
    reviewNote: "fine",
  });
});

it("shows the ends that do not count beside the one that does", async () => {
  const log = started();
  const estimate = { stoppedAt: at(20), meterStopMilliWh: 2_000_500, energyMilliWh: 1_000_000 };
  log.write(tx, "TransactionEndEstimated", { ...estimate, at: at(30) });
  const moved = { stoppedAt: at(25), meterStopMilliWh: 2_500_500, energyMilliWh: 1_500_000 };
  log.write(tx, "TransactionEndEstimated", { ...moved, at: at(35) });
  log.write(tx, "TransactionEndCorrected", {
    ...{ ...stop, meterStopMilliWh: 3_000_500 },
    energyMilliWh: 2_000_000,
  });
  log.write(tx, "TransactionStopRepeated", { ...stop, stoppedAt: at(42), at: at(43) });
  expect(await theTransaction(log)).toMatchObject({
    energyWh: 2000,
    otherEnds: [
      { end: "estimated", stoppedAt: at(20), meterStopWh: 2000.5, energyWh: 1000, at: at(35) },
      { end: "estimated", stoppedAt: at(25), meterStopWh: 2500.5, energyWh: 1500, at: at(41) },
      { end: "repeated", stoppedAt: at(42), stopReason: "Local", at: at(43) },
    ],
  });
});

it("a start that comes after its stop completes the session; a slip of the meter does not show", async () => {
  const log = started();
  log.write(tx, "MeterValuesSampled", {
    samples: [register(4_294_967_295_000, 10), register(1_100_000, 15)],
    at: at(20),
  });
  expect(await theTransaction(log)).toMatchObject({ meterLastWh: 1100, energyWh: 99.5 });
  log.write(tx, "TransactionStopped", { ...stop, meterStopMilliWh: 1_200_000 });
  expect(await theTransaction(log)).not.toHaveProperty("energyWh");
  log.write(tx, "TransactionStartCorrected", {
    ...{ evseId: 2, tokenRef: "t", startedAt: at(0), meterStartMilliWh: 200_000 },
    ...{ energyMilliWh: 1_000_000, at: at(50) },
  });
  expect(await theTransaction(log)).toMatchObject({
    ...{ evseId: 2, state: "ended", meterStartWh: 200, meterStopWh: 1200, energyWh: 1000 },
  });
});

it("a sample that is told twice is one point of the series, in the order of time", async () => {
  const log = started();
  const first = register(1_001_000, 10);
  const second = register(1_002_000, 20, { text: "1.002", phase: "L1" });
  log.write(tx, "MeterValuesSampled", { samples: [first], at: at(10) });
  log.write(tx, "MeterValuesSampled", { samples: [second, first], at: at(41) });
  const series = await itemsOf(log, "meterSeries", { filter: { transactionId: "tx1" } });
  expect(series).toMatchObject([
    {
      ...{ transactionId: "tx1", stationId: "CP01", evseId: 1, at: at(10) },
      samples: [{ value: 1001, unit: "Wh" }],
    },
    { at: at(20), samples: [{ value: 1002, phase: "L1", text: "1.002" }] },
  ]);
});

it("an idle meter has a series of its own", async () => {
  const log = started();
  const samples = [register(5_000, 5, { context: "Sample.Clock" })];
  log.write(streams.meter(key), "IdleMeterValuesSampled", { evseId: 0, samples, at: at(5) });
  log.write(tx, "MeterValuesSampled", { samples: [register(1_001_000, 10)], at: at(10) });
  const filter = { transactionId: "", stationId: "CP01" };
  const series = await itemsOf(log, "meterSeries", { filter });
  expect(series).toMatchObject([
    { evseId: 0, at: at(5), samples: [{ value: 5, context: "Sample.Clock" }] },
  ]);
});
