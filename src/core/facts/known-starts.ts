// Which session a start has begun before: stations repeat what was not answered, some of them long
// after its end, and some have no clock to tell one start from the next.
import type { KnownTransaction, StationState } from "../charging-station/state.ts";
import type { StartFact } from "./transaction-started.ts";
import type { StopFact } from "./transaction-stopped.ts";

/** The transaction that this start has begun already, open or ended. */
export function startedAlready(
  station: StationState,
  start: StartFact,
): KnownTransaction | undefined {
  return (
    station.openTransactions.find((open) => isSameStart(open, start)) ??
    station.closedTransactions.find((ended) => hasBegun(station, ended, start))
  );
}

function isSamePlace(known: KnownTransaction, start: StartFact): boolean {
  return known.evseId === start.evseId && known.tokenRef === start.tokenRef;
}

/** Where the station's clock is no good its text is compared: our instant is another each time. */
function isSameInstant(known: KnownTransaction, start: StartFact): boolean {
  return start.stationStartedAt === undefined
    ? known.stationStartedAt === undefined && known.startedAt === start.startedAt
    : known.stationStartedAt === start.stationStartedAt;
}

/** Told word by word like the start of a known one. */
export function isSameStart(known: KnownTransaction, start: StartFact): boolean {
  const isSameMeter = known.meterStartMilliWh === start.meterStartMilliWh;
  return isSameMeter && isSamePlace(known, start) && isSameInstant(known, start);
}

/**
 * Whether it has begun what has ended since. With a clock its instant is proof. Without one it is
 * a meter that has moved on since then, since that never comes back to where it was, or an end that
 * was only estimated; a meter that begins at 0 each time proves nothing.
 */
function hasBegun(station: StationState, ended: KnownTransaction, start: StartFact): boolean {
  if (ended.orphan === true || !isSamePlace(ended, start)) return false;
  if (start.stationStartedAt === undefined) return isSameInstant(ended, start);
  const { meterStartMilliWh = 0 } = start;
  if (meterStartMilliWh === 0 || !isSameStart(ended, start)) return false;
  // Nobody has told its end: it goes on as far as the station knows, and its stop is still to come.
  if (ended.estimated === true) return true;
  return (ended.meterStopMilliWh ?? 0) > meterStartMilliWh || isBehind(station, start);
}

/** Something began on its EVSE at a higher register. */
function isBehind({ openTransactions, closedTransactions }: StationState, start: StartFact) {
  const { evseId, meterStartMilliWh = 0 } = start;
  return [...openTransactions, ...closedTransactions].some(
    (known) => known.evseId === evseId && (known.meterStartMilliWh ?? 0) > meterStartMilliWh,
  );
}

/** A start without a clock that is behind its meter may repeat what the state has forgotten. */
export function mayRepeatForgotten(station: StationState, start: StartFact): boolean {
  if (start.stationStartedAt === undefined || !((start.meterStartMilliWh ?? 0) > 0)) return false;
  return isBehind(station, start) && startedAlready(station, start) === undefined;
}

/**
 * The ended session whose start and stop a station without a clock has told once more, so that they
 * look like a session of their own: alike to the last Wh.
 */
export function repeatedBy(
  station: StationState,
  { known, stop }: { readonly known: KnownTransaction; readonly stop: StopFact },
): KnownTransaction | undefined {
  const { stationStoppedAt, meterStopMilliWh } = stop;
  if (known.stationStartedAt === undefined || stationStoppedAt === undefined) return undefined;
  if (meterStopMilliWh === undefined || known.meterStartMilliWh === undefined) return undefined;
  return station.closedTransactions.find(
    (ended) =>
      ended.transactionId !== known.transactionId &&
      ended.evseId === known.evseId &&
      ended.tokenRef === known.tokenRef &&
      ended.stationStartedAt === known.stationStartedAt &&
      ended.meterStartMilliWh === known.meterStartMilliWh &&
      ended.stationStoppedAt === stationStoppedAt &&
      ended.meterStopMilliWh === meterStopMilliWh,
  );
}

/** A session that is known by its stop alone, and whose start this is, told too late. */
export function orphanOf(station: StationState, start: StartFact): KnownTransaction | undefined {
  if (start.tokenRef === undefined || start.stationStartedAt !== undefined) return undefined;
  return station.closedTransactions.find(
    (ended) =>
      ended.orphan === true &&
      ended.tokenRef === start.tokenRef &&
      start.startedAt <= ended.startedAt,
  );
}
