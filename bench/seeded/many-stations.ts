import type { Happened } from "./fleet-history.ts";
import { historyStart, newStation } from "./fleet-history.ts";
import { tellerOf } from "./fleet-history-teller.ts";

/** Identity of the n-th station: in the order of their numbers. */
export function numberedId(n: number): string {
  return `NL-${String(n).padStart(6, "0")}`;
}

/** Every so many stations: one waits to be accepted, one has a fault. */
const every = { waiting: 50, faulted: 100 };

/** Whether nobody has accepted the n-th station. */
export function isWaiting(n: number): boolean {
  return n % every.waiting === 7;
}

/** Whether an EVSE of the n-th station is faulted. */
export function isFaulted(n: number): boolean {
  return n % every.faulted === 9;
}

/** A large network that has just been set up: few events of many stations. */
export function* manyStations(stations: number): Generator<Happened> {
  const shape = { stations, stationIdOf: numberedId };
  const at = new Date(historyStart).toISOString();
  for (let n = 0; n < stations; n += 1) {
    const stationId = numberedId(n);
    const tell = tellerOf(stationId.toLowerCase());
    if (isWaiting(n)) {
      const birth = { stationId, administrators: [], transactionNumberBase: 0 };
      yield tell.own("ChargingStationCreated", at, birth);
      continue;
    }
    yield* newStation(shape, n);
    if (!isFaulted(n)) continue;
    const target = { of: "evse" as const, evseId: 1 };
    yield tell.own("StatusReported", at, { target, status: "faulted", statusAt: at, at });
  }
}
