import type { TextKey } from "../strings/translate.ts";

/** Why sessions end, in the words of the protocols, with ours for them. */
export const stopCauses = {
  Local: "stop.Local",
  Remote: "stop.Remote",
  EVDisconnected: "stop.EVDisconnected",
  DeAuthorized: "stop.DeAuthorized",
  EmergencyStop: "stop.EmergencyStop",
  HardReset: "stop.HardReset",
  SoftReset: "stop.SoftReset",
  Reboot: "stop.Reboot",
  PowerLoss: "stop.PowerLoss",
  UnlockCommand: "stop.UnlockCommand",
  Other: "stop.Other",
} as const satisfies Record<string, TextKey>;
