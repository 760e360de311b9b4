import { diagnosticsStatusNotification } from "./diagnostics-status-notification.ts";
import { firmwareStatusNotification } from "./firmware-status-notification.ts";
import { getDiagnostics } from "./get-diagnostics.ts";
import { updateFirmware } from "./update-firmware.ts";

/** Profile FirmwareManagement. */
export const firmwareManagement = {
  DiagnosticsStatusNotification: diagnosticsStatusNotification,
  FirmwareStatusNotification: firmwareStatusNotification,
  GetDiagnostics: getDiagnostics,
  UpdateFirmware: updateFirmware,
};
