// What some stations of a fleet have besides sessions: a place, settings, deviations, reservations,
// profiles, jobs, lists; and what operators did wrong. So that no list of the API is empty.
import { streams } from "#core";
import { type FleetShape, type Happened, historyStart } from "./fleet-history.ts";
import { type Teller, tellerOf } from "./fleet-history-teller.ts";

const cities = ["Arnhem", "Berlin", "Córdoba", "Dijon", "Esbjerg", "Firenze", "Graz"];
const deviationCodes = ["timestampWithoutZone", "unknownKey", "textTooLong", "numberAsText"];
const settings = ["HeartbeatInterval", "MeterValueSampleInterval", "LocalPreAuthorize"];
const settingsPerStation = 20;
const listEntries = 20;

/** Records of the n-th station. */
export function* recordsOf(
  shape: Required<Pick<FleetShape, "tokenRefs" | "stationIdOf">>,
  n: number,
): Generator<Happened> {
  const tell = tellerOf(shape.stationIdOf(n).toLowerCase());
  const at = new Date(historyStart + n * 1000).toISOString();
  const tokenRef = shape.tokenRefs[n % shape.tokenRefs.length] ?? "";
  const address = { addressLine1: `Street ${n}`, city: cities[n % 7] ?? "", country: "Europe" };
  yield tell.own("ChargingStationPlaced", at, { address, accessibility: "public" });
  yield configured(tell, at);
  if (n % 10 === 3) {
    yield tell.own("DeviationSeen", at, { code: deviationCodes[n % 4] ?? "", at });
  }
  if (n % 25 === 4) yield profile(tell, n, at);
  if (n % 50 === 5) yield* reservation(tell, { n, at, tokenRef });
  if (n % 100 === 6) yield* jobs(tell, n, at);
  if (n % 100 === 7) yield list(tell, at, shape.tokenRefs);
  if (n % 20 === 8) yield refusal(n, at);
}

function configured(tell: Teller, at: string): Happened {
  const items = Array.from({ length: settingsPerStation }, (_none, index) => ({
    key: `${settings[index % settings.length]}${index}`,
    value: String(index * 10),
    readonly: index % 2 === 0,
  }));
  return tell.own("ConfigurationItemsReceived", at, {
    items,
    unknownKeys: [],
    requestedKeys: [],
    at,
  });
}

function profile(tell: Teller, n: number, at: string): Happened {
  return tell.own("ChargingProfileSet", at, {
    target: { of: "evse", evseId: 1 },
    chargingProfile: {
      chargingProfileId: n,
      stackLevel: 0,
      chargingProfilePurpose: "TxDefaultProfile",
      chargingProfileKind: "Absolute",
      chargingSchedule: {
        chargingRateUnit: "A",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
      },
    },
    at,
  });
}

function* reservation(
  tell: Teller,
  { n, at, tokenRef }: { readonly n: number; readonly at: string; readonly tokenRef: string },
): Generator<Happened> {
  const reservationId = `reservation-${n}`;
  const expiresAt = new Date(historyStart + (n + 3600) * 1000).toISOString();
  const made = { reservationId, reservationNumber: n + 1, evseId: 1, tokenRef, expiresAt };
  yield tell.own("ReservationMade", at, made);
  if (n % 3 > 0) yield tell.own("ReservationExpired", expiresAt, { reservationId });
}

function* jobs(tell: Teller, n: number, at: string): Generator<Happened> {
  const asked = { correlationId: `job-${n}`, requestedAt: at, deadline: at };
  const location = "https://files.example/firmware.bin";
  const firmware = { requestId: `firmware-${n}`, ...asked, location, retrieveAt: at };
  yield tell.own("FirmwareUpdateRequested", at, firmware);
  yield tell.own("DiagnosticsRequested", at, { requestId: `logs-${n}`, ...asked, location });
  for (const { requestId } of [firmware, { requestId: `logs-${n}` }]) {
    yield tell.own("RequestSent", at, { requestId, epoch: 1, at });
    yield tell.own("RequestCompleted", at, { requestId, outcome: "accepted", at });
  }
  yield tell.own("CompositeScheduleReceived", at, {
    target: { of: "evse", evseId: 1 },
    schedule: { scheduleStart: at },
    at,
  });
}

function list(tell: Teller, at: string, tokenRefs: readonly string[]): Happened {
  const entries = tokenRefs
    .slice(0, listEntries)
    .map((tokenRef) => ({ tokenRef, status: "accepted" as const }));
  return tell.own("AuthorizationListChanged", at, {
    listVersion: 1,
    updateType: "full",
    entries,
    at,
  });
}

function refusal(n: number, at: string): Happened {
  const actor = { kind: "operator", id: `operator-${n % 9}` };
  const data = {
    stream: streams.chargingStation(`refused-${n}`),
    command: n % 40 === 8 ? "AcceptChargingStation" : "RequestReset",
    code: n % 60 === 8 ? "StationNotAccepted" : "NotPermitted",
    actor,
    at,
  };
  const meta = JSON.stringify({ recordedAt: at, actor: { kind: "system", id: "seed" } });
  const stream = streams.audit(at.slice(0, 10));
  return { station: undefined, stream, type: "WishRefused", data: JSON.stringify(data), meta };
}
