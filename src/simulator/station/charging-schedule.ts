import { limits } from "../limits.ts";

/** A charging profile as the wire has it. */
export type ChargingProfile = {
  readonly chargingProfileId: number;
  readonly transactionId?: number;
  readonly stackLevel: number;
  readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
  readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
  readonly recurrencyKind?: "Daily" | "Weekly";
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly chargingSchedule: {
    readonly duration?: number;
    readonly startSchedule?: string;
    readonly chargingRateUnit: "A" | "W";
    readonly chargingSchedulePeriod: readonly {
      readonly startPeriod: number;
      readonly limit: number;
      readonly numberPhases?: number;
    }[];
  };
};

const voltsPerPhase = 230;
const dayMs = 86_400_000;

/** Watts of a limit in the unit of a schedule. */
export const wattsOf = (limit: number, unit: "A" | "W", phases = 3): number =>
  unit === "W" ? limit : limit * voltsPerPhase * phases;

/** A limit in the unit asked for, with the one decimal that the wire allows. */
export const limitIn = (watts: number, unit: "A" | "W", phases = 3): number =>
  Math.round((unit === "W" ? watts : watts / voltsPerPhase / phases) * 10) / 10;

const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/** When the schedule that is in force at an instant began; undefined: it has not. */
function scheduleStart(
  profile: ChargingProfile,
  { at, starts }: { at: number; starts: number },
): number | undefined {
  const given = instant(profile.chargingSchedule.startSchedule) ?? starts;
  if (profile.chargingProfileKind === "Relative") return starts;
  if (at < given) return undefined;
  if (profile.chargingProfileKind === "Absolute") return given;
  const every = profile.recurrencyKind === "Weekly" ? 7 * dayMs : dayMs;
  return given + Math.floor((at - given) / every) * every;
}

/** The limit in W that a profile sets at an instant; undefined: it says nothing then. */
export function limitOf(
  profile: ChargingProfile,
  when: { at: number; starts: number },
): number | undefined {
  const { at } = when;
  if (at < (instant(profile.validFrom) ?? at)) return undefined;
  if (at >= (instant(profile.validTo) ?? Number.POSITIVE_INFINITY)) return undefined;
  const start = scheduleStart(profile, when);
  if (start === undefined || at < start) return undefined;
  const seconds = (at - start) / 1000;
  const { duration, chargingSchedulePeriod, chargingRateUnit } = profile.chargingSchedule;
  if (duration !== undefined && seconds >= duration) return undefined;
  const period = chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= seconds);
  return period && wattsOf(period.limit, chargingRateUnit, period.numberPhases);
}

/** The instants between two at which what a profile says may change. */
export function changesBetween(
  profile: ChargingProfile,
  span: { from: number; until: number; starts: number },
): number[] {
  const { from, until, starts } = span;
  const { duration, startSchedule, chargingSchedulePeriod } = profile.chargingSchedule;
  const offsets = chargingSchedulePeriod.map(({ startPeriod }) => startPeriod);
  if (duration !== undefined) offsets.push(duration);
  const bounds = [instant(profile.validFrom), instant(profile.validTo)];
  const changes = bounds.filter((at) => at !== undefined);
  const isRecurring = profile.chargingProfileKind === "Recurring";
  const every = profile.recurrencyKind === "Weekly" ? 7 * dayMs : dayMs;
  let start = scheduleStart(profile, { at: from, starts }) ?? instant(startSchedule) ?? starts;
  while (start <= until && changes.length < limits.compositePeriodsMax) {
    for (const offset of offsets) changes.push(start + offset * 1000);
    if (!isRecurring) break;
    start += every;
  }
  return changes.filter((at) => at > from && at < until);
}
