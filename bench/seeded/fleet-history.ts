// A fleet's events as a real log holds them, made by arithmetic: the same shape, the same log.
import { type EventDataOf, type EventType, type MeterSample, streams } from "#core";
import { type Teller, tellerOf } from "./fleet-history-teller.ts";

/** One event on its way into a log. */
export interface Happened {
  /** Key of the station that it concerns; undefined: none. */
  readonly station: string | undefined;
  readonly stream: string;
  readonly type: EventType;
  readonly data: string;
  readonly meta: string;
}

/** What a history is made of. */
export interface FleetShape {
  readonly stations: number;
  /** Meter values of a station's session; default 12. */
  readonly metersOf?: (n: number, round: number) => number;
  /** Whether a session goes on when the history ends; default: none does. */
  readonly goesOn?: (n: number, round: number) => boolean;
  /** References of the tokens that charge; default: some that no vault knows. */
  readonly tokenRefs?: readonly string[];
  /** Identity of the n-th station; its key is the same in lower case. */
  readonly stationIdOf?: (n: number) => string;
}

const evsesPerStation = 2;
const tokensDefault = Array.from({ length: 5_000 }, (_none, n) => `token-${n}`);
/** Sessions of one station begin at least an hour apart; all together every two seconds. */
const secondsBetween = { ofStation: 3600, ofFleet: 2 };
/** Stations charge in groups, as they do when many of them charge at the same time. */
const groupSize = 50;
/** When the first stations were created. */
export const historyStart = Date.UTC(2026, 4, 4);

/**
 * Events of so many stations, without end: each is created, accepted and booted, and then charges
 * again and again; of 25 events 12 are meter values with three samples each, the rest are statuses,
 * authorizations, starts and stops, now and then a boot, a remote stop, a flag.
 */
export function* fleetHistory(shape: FleetShape): Generator<Happened> {
  for (let n = 0; n < shape.stations; n += 1) yield* newStation(shape, n);
  for (let round = 0; ; round += 1) yield* sessionsOf(shape, round);
}

/** One session of each station. */
export function* sessionsOf(shape: FleetShape, round: number): Generator<Happened> {
  for (let from = 0; from < shape.stations; from += groupSize) {
    const to = Math.min(from + groupSize, shape.stations);
    const group = Array.from({ length: to - from }, (_none, index) => from + index);
    yield* interleaved(group.map((n) => session(shape, n, round)));
  }
}

/** A station that is created, accepted, configured and booted. */
export function* newStation(shape: FleetShape, n: number): Generator<Happened> {
  const { stationIdOf = stationIdDefault } = shape;
  const stationId = stationIdOf(n);
  const tell = tellerOf(stationId.toLowerCase());
  const at = new Date(historyStart).toISOString();
  const evses = Array.from({ length: evsesPerStation }, (_none, index) => ({
    evseId: index + 1,
    connectors: [{ connectorId: 1, type: "IEC_62196_T2" }],
  }));
  yield tell.own("ChargingStationCreated", at, {
    stationId,
    administrators: [],
    transactionNumberBase: 0,
  });
  yield tell.own("ChargingStationAccepted", at, {});
  yield tell.own("ChargingStationConfigured", at, { evses, inferred: false });
  yield boot(tell, n, at);
}

function* interleaved(running: readonly Generator<Happened>[]): Generator<Happened> {
  let left = running;
  while (left.length > 0) {
    const next = left.map((one) => ({ one, said: one.next() }));
    for (const { said } of next) if (!said.done) yield said.value;
    left = next.filter(({ said }) => !said.done).map(({ one }) => one);
  }
}

function* session(shape: FleetShape, n: number, round: number): Generator<Happened> {
  const { stations, tokenRefs = tokensDefault, stationIdOf = stationIdDefault } = shape;
  const meters = shape.metersOf?.(n, round) ?? 12;
  const key = stationIdOf(n).toLowerCase();
  const tell = tellerOf(key);
  const evseId = (round % evsesPerStation) + 1;
  const { ofStation, ofFleet } = secondsBetween;
  const second = round * Math.max(ofStation, stations * ofFleet) + n * ofFleet;
  const at = (offset: number) => new Date(historyStart + (second + offset) * 1000).toISOString();
  const [first, last] = [String(round).padStart(8, "0"), String(n).padStart(12, "0")];
  const transactionId = `0198${first}-7000-8000-${last}`;
  const transaction = streams.transaction(transactionId);
  const tokenRef = tokenRefs[(n * 7 + round) % tokenRefs.length] ?? "";
  const meterStartMilliWh = round * 20_000_000;
  const shared = { evseId, tokenRef, startedAt: at(5), meterStartMilliWh, at: at(5) };
  const answer = { status: "accepted" as const, provider: "local" };
  const transactionNumber = round + 1;
  const status = (word: EventDataOf<"StatusReported">["status"], offset: number) => {
    const instant = at(offset);
    const target = { of: "evse" as const, evseId };
    const said = { target, status: word, statusAt: instant, at: instant };
    return tell.own("StatusReported", instant, said);
  };
  if (round % 20 === 19) yield boot(tell, n, at(0));
  yield status("preparing", 1);
  yield tell.own("AuthorizationRequested", at(2), { tokenRef, at: at(2) });
  yield tell.own("AuthorizationAnswered", at(2), { tokenRef, at: at(2), answer });
  yield tell.own("TransactionOpened", at(5), { ...shared, transactionId, transactionNumber });
  const started = { ...shared, station: key, transactionNumber, authorization: answer };
  yield tell.of(transaction, "TransactionStarted", at(5), { ...started, reviews: [] });
  yield status("charging", 6);
  for (let sample = 1; sample <= meters; sample += 1) {
    const when = at(sample * 60);
    const samples = sampled(when, meterStartMilliWh + sample * 1_500_000);
    yield tell.of(transaction, "MeterValuesSampled", when, { samples, at: when });
  }
  if (shape.goesOn?.(n, round)) return;
  if (round % 10 === 9) yield* remoteStop(tell, { transactionId, transactionNumber, at });
  const end = meters * 60 + 30;
  yield tell.of(transaction, "TransactionStopped", at(end), {
    stoppedAt: at(end),
    meterStopMilliWh: meterStartMilliWh + 19_000_000,
    energyMilliWh: 19_000_000,
    tokenRef,
    reason: n % 1000 === 7 ? "EmergencyStop" : "Local",
    at: at(end),
  });
  yield tell.own("TransactionClosed", at(end), { transactionId, at: at(end) });
  yield status("finishing", end + 1);
  yield status("available", end + 60);
}

function* remoteStop(
  tell: Teller,
  stop: {
    readonly transactionId: string;
    readonly transactionNumber: number;
    readonly at: (seconds: number) => string;
  },
): Generator<Happened> {
  const { transactionId, transactionNumber, at } = stop;
  const requestId = `${transactionId}-stop`;
  yield tell.own("StopTransactionRequested", at(20), {
    requestId,
    correlationId: requestId,
    requestedAt: at(20),
    deadline: at(140),
    transactionId,
    transactionNumber,
  });
  yield tell.own("RequestSent", at(21), { requestId, epoch: 1, at: at(21) });
  yield tell.own("RequestCompleted", at(22), {
    requestId,
    outcome: "accepted",
    status: "Accepted",
    at: at(22),
  });
}

const vendors = ["Acme", "Volt & Co", "Northern Charge", "EVBox-like", "Kilowatt", "Ampère"];

function boot(tell: Teller, n: number, at: string): Happened {
  return tell.own("ConfiguredChargingStationBooted", at, {
    at,
    protocol: "ocpp1.6",
    vendor: n % 5000 === 1 ? "Rare Works" : (vendors[n % vendors.length] ?? ""),
    model: `Model ${n % 7}`,
    serialNumber: `SN${n}`,
    firmwareVersion: `1.${n % 4}.3`,
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

function stationIdDefault(n: number): string {
  return `STATION-${String(n).padStart(5, "0")}`;
}
