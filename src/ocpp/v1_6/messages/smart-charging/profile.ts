import { clearChargingProfile } from "./clear-charging-profile.ts";
import { getCompositeSchedule } from "./get-composite-schedule.ts";
import { setChargingProfile } from "./set-charging-profile.ts";

/** Profile SmartCharging. */
export const smartCharging = {
  ClearChargingProfile: clearChargingProfile,
  GetCompositeSchedule: getCompositeSchedule,
  SetChargingProfile: setChargingProfile,
};
