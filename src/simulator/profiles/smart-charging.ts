import { limits } from "../limits.ts";
import type { ClearFilter } from "../station/charging-profiles.ts";
import { type ChargingProfile, limitIn } from "../station/charging-schedule.ts";
import type { Station } from "../station/station.ts";
import type { Payload } from "../wire/frames.ts";
import { type Handlers, obey, type Reply, say } from "./handler.ts";

type Unit = "A" | "W";

/** OCPP 1.6 SmartCharging. */
export const smartChargingHandlers: Handlers = {
  SetChargingProfile: obey<{ connectorId: number; csChargingProfiles: ChargingProfile }>(
    (station, { connectorId, csChargingProfiles: profile }) => {
      if (!isFit(station, connectorId, profile)) return say("Rejected");
      const installedAt = station.now();
      const fits = station.chargingProfiles.install({ connectorId, profile, installedAt });
      return say(fits ? "Accepted" : "Rejected", () => station.updateAll());
    },
  ),

  ClearChargingProfile: obey<ClearFilter>((station, filter) => {
    const cleared = station.chargingProfiles.clear(filter);
    return say(cleared > 0 ? "Accepted" : "Unknown", () => station.updateAll());
  }),

  GetCompositeSchedule: obey<{ connectorId: number; duration: number; chargingRateUnit?: Unit }>(
    (station, { connectorId, duration, chargingRateUnit = "W" }) => {
      if (connectorId !== 0 && !station.evse(connectorId)) return say("Rejected");
      if (duration <= 0) return say("Rejected");
      return composite(station, { connectorId, duration, chargingRateUnit });
    },
  ),
};

/** The rules of §5.16 and of the configuration keys of this profile. */
function isFit(station: Station, connectorId: number, profile: ChargingProfile): boolean {
  const evse = station.evse(connectorId);
  if (connectorId !== 0 && evse === undefined) return false;
  const periods = profile.chargingSchedule.chargingSchedulePeriod;
  if (profile.stackLevel < 0 || profile.stackLevel > limits.chargingStackLevelMax) return false;
  if (periods.length > limits.chargingSchedulePeriodsMax) return false;
  if (periods[0]?.startPeriod !== 0) return false;
  if (profile.chargingProfileKind === "Recurring" && !profile.recurrencyKind) return false;
  switch (profile.chargingProfilePurpose) {
    case "ChargePointMaxProfile":
      return connectorId === 0 && profile.chargingProfileKind !== "Relative";
    case "TxDefaultProfile":
      return true;
    case "TxProfile": {
      const { transactionId } = profile;
      const running = evse?.transaction;
      if (running === undefined) return false;
      return transactionId === undefined || transactionId === running.id;
    }
  }
}

/** What all profiles together allow from now on, as §3.13.4 combines them. */
function composite(
  station: Station,
  wanted: { connectorId: number; duration: number; chargingRateUnit: Unit },
): Reply {
  const { connectorId, duration, chargingRateUnit } = wanted;
  const at = station.now();
  const transactionStartedAt = station.evse(connectorId)?.transaction?.startedAt;
  const from = { connectorId, at, transactionStartedAt };
  const until = at + duration * 1000;
  const periods: Payload[] = [];
  let last: number | undefined;
  for (const instant of station.chargingProfiles.changes(from, until)) {
    const watts = wattsAllowed(station, { ...from, at: instant });
    if (watts === last) continue;
    last = watts;
    const startPeriod = Math.round((instant - at) / 1000);
    periods.push({ startPeriod, limit: limitIn(watts, chargingRateUnit, station.model.phases) });
  }
  const scheduleStart = new Date(at).toISOString();
  const chargingSchedulePeriod = periods.slice(0, limits.compositePeriodsMax);
  const response = {
    ...{ status: "Accepted", connectorId, scheduleStart },
    chargingSchedule: {
      ...{ duration, startSchedule: scheduleStart, chargingRateUnit, chargingSchedulePeriod },
    },
  };
  return { response };
}

function wattsAllowed(
  station: Station,
  place: { connectorId: number; at: number; transactionStartedAt: number | undefined },
): number {
  const { chargingProfiles, model } = station;
  const whole = chargingProfiles.stationLimitW(place.at) ?? Number.POSITIVE_INFINITY;
  if (place.connectorId === 0) return Math.min(whole, model.powerWMax * model.evses);
  const own = chargingProfiles.connectorLimitW(place) ?? Number.POSITIVE_INFINITY;
  return Math.min(whole, own, model.powerWMax);
}
