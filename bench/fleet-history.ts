// A fleet's events as a real log holds them, made by arithmetic: the same numbers, the same log.
import { type EventDataOf, type EventType, type MeterSample, streams } from "#core";

/** One event on its way into a log. */
export interface Happened {
  readonly stream: string;
  readonly type: EventType;
  readonly data: string;
  readonly meta: string;
}

const evsesPerStation = 2;
const metersPerTransaction = 12;
const start = Date.UTC(2026, 4, 4);

/**
 * Events of so many stations, without end: each is created, accepted and booted, and then charges
 * again and again; of 25 events 12 are meter values with three samples each, the rest are statuses,
 * authorizations, starts and stops, now and then a boot, a remote stop, a flag.
 */
export function* fleetHistory(stations: number): Generator<Happened> {
  for (let n = 0; n < stations; n += 1) yield* newStation(n);
  for (let round = 0; ; round += 1) {
    // Stations take turns in groups, as they do when all of them charge at the same time.
    for (let n = 0; n < stations; n += 50) yield* interleaved(n, Math.min(n + 50, stations), round);
  }
}

function* interleaved(from: number, to: number, round: number): Generator<Happened> {
  let running = Array.from({ length: to - from }, (_none, index) => session(from + index, round));
  while (running.length > 0) {
    const next = running.map((one) => ({ one, said: one.next() }));
    for (const { said } of next) if (!said.done) yield said.value;
    running = next.filter(({ said }) => !said.done).map(({ one }) => one);
  }
}

function* session(n: number, round: number): Generator<Happened> {
  const key = keyOf(n);
  const station = streams.chargingStation(key);
  const evseId = (round % evsesPerStation) + 1;
  const second = round * 3600 + n;
  const at = (offset: number) => new Date(start + (second + offset) * 1000).toISOString();
  const [first, last] = [String(round).padStart(8, "0"), String(n).padStart(12, "0")];
  const transactionId = `0198${first}-7000-8000-${last}`;
  const transaction = streams.transaction(transactionId);
  const tokenRef = `token-${(n * 7 + round) % 5000}`;
  const meterStartMilliWh = round * 20_000_000;
  const shared = { evseId, tokenRef, startedAt: at(5), meterStartMilliWh, at: at(5) };
  const answer = { status: "accepted" as const, provider: "local" };
  const status = (word: "preparing" | "charging" | "finishing" | "available", offset: number) =>
    happened(station, "StatusReported", at(offset), {
      target: { of: "evse", evseId },
      status: word,
      statusAt: at(offset),
      at: at(offset),
    });
  if (round % 20 === 19) yield boot(n, at(0));
  yield status("preparing", 1);
  yield happened(station, "AuthorizationRequested", at(2), { tokenRef, at: at(2) });
  yield happened(station, "AuthorizationAnswered", at(2), { tokenRef, at: at(2), answer });
  yield happened(station, "TransactionOpened", at(5), {
    ...shared,
    transactionId,
    transactionNumber: round + 1,
  });
  yield happened(transaction, "TransactionStarted", at(5), {
    ...shared,
    station: key,
    transactionNumber: round + 1,
    authorization: answer,
    reviews: [],
  });
  yield status("charging", 6);
  for (let sample = 1; sample <= metersPerTransaction; sample += 1) {
    const when = at(sample * 60);
    const samples = sampled(when, meterStartMilliWh + sample * 1_500_000);
    yield happened(transaction, "MeterValuesSampled", when, { samples, at: when });
  }
  const end = metersPerTransaction * 60 + 30;
  if (round % 10 === 9) yield* remoteStop(station, { transactionId, round, at });
  yield happened(transaction, "TransactionStopped", at(end), {
    stoppedAt: at(end),
    meterStopMilliWh: meterStartMilliWh + 19_000_000,
    energyMilliWh: 19_000_000,
    tokenRef,
    reason: "Local",
    at: at(end),
  });
  yield happened(station, "TransactionClosed", at(end), { transactionId, at: at(end) });
  yield status("finishing", end + 1);
  yield status("available", end + 60);
}

function* remoteStop(
  station: string,
  { transactionId, round, at }: { transactionId: string; round: number; at: (n: number) => string },
): Generator<Happened> {
  const requestId = `${transactionId}-stop`;
  yield happened(station, "StopTransactionRequested", at(700), {
    requestId,
    correlationId: requestId,
    requestedAt: at(700),
    deadline: at(820),
    transactionId,
    transactionNumber: round + 1,
  });
  yield happened(station, "RequestSent", at(701), { requestId, epoch: 1, at: at(701) });
  yield happened(station, "RequestCompleted", at(702), {
    requestId,
    outcome: "accepted",
    status: "Accepted",
    at: at(702),
  });
}

function* newStation(n: number): Generator<Happened> {
  const station = streams.chargingStation(keyOf(n));
  const at = new Date(start).toISOString();
  const evses = Array.from({ length: evsesPerStation }, (_none, index) => ({
    evseId: index + 1,
    connectors: [{ connectorId: 1, type: "IEC_62196_T2" }],
  }));
  yield happened(station, "ChargingStationCreated", at, {
    stationId: keyOf(n).toUpperCase(),
    administrators: [],
    transactionNumberBase: 0,
  });
  yield happened(station, "ChargingStationAccepted", at, {});
  yield happened(station, "ChargingStationConfigured", at, { evses, inferred: false });
  yield boot(n, at);
}

function boot(n: number, at: string): Happened {
  return happened(streams.chargingStation(keyOf(n)), "ConfiguredChargingStationBooted", at, {
    at,
    protocol: "ocpp1.6",
    vendor: "Acme",
    model: `Model ${n % 7}`,
    serialNumber: `SN${n}`,
    firmwareVersion: "1.2.3",
  });
}

function sampled(at: string, register: number): MeterSample[] {
  const shared = { at, context: "Sample.Periodic", location: "Outlet" };
  return [
    { ...shared, measurand: "Energy.Active.Import.Register", milli: register, unit: "Wh" },
    { ...shared, measurand: "Power.Active.Import", milli: 11_000_000, unit: "W" },
    { ...shared, measurand: "Current.Import", milli: 16_000, unit: "A", phase: "L1" },
  ];
}

function happened<T extends EventType>(
  stream: string,
  type: T,
  recordedAt: string,
  data: EventDataOf<T>,
): Happened {
  const actor = { kind: "station", id: stream };
  const meta = JSON.stringify({ recordedAt, actor, protocol: "ocpp1.6" });
  return { stream, type, data: JSON.stringify(data), meta };
}

function keyOf(n: number): string {
  return `station-${String(n).padStart(5, "0")}`;
}
