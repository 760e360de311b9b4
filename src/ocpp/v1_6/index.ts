// OCPP 1.6 with its security extension: every action of the schemas, each one row in one file of
// messages/. What differs from our terms is in translate.ts; start reading at messages/core/.
import type { OcppVersion } from "../message.ts";
import { mend } from "./mend.ts";
import { authorize } from "./messages/core/authorize.ts";
import { bootNotification } from "./messages/core/boot-notification.ts";
import { changeAvailability } from "./messages/core/change-availability.ts";
import { changeConfiguration } from "./messages/core/change-configuration.ts";
import { clearCache } from "./messages/core/clear-cache.ts";
import { dataTransfer } from "./messages/core/data-transfer.ts";
import { getConfiguration } from "./messages/core/get-configuration.ts";
import { heartbeat } from "./messages/core/heartbeat.ts";
import { meterValues } from "./messages/core/meter-values.ts";
import { remoteStartTransaction } from "./messages/core/remote-start-transaction.ts";
import { remoteStopTransaction } from "./messages/core/remote-stop-transaction.ts";
import { reset } from "./messages/core/reset.ts";
import { startTransaction } from "./messages/core/start-transaction.ts";
import { statusNotification } from "./messages/core/status-notification.ts";
import { stopTransaction } from "./messages/core/stop-transaction.ts";
import { unlockConnector } from "./messages/core/unlock-connector.ts";
import { diagnosticsStatusNotification } from "./messages/firmware-management/diagnostics-status-notification.ts";
import { firmwareStatusNotification } from "./messages/firmware-management/firmware-status-notification.ts";
import { getDiagnostics } from "./messages/firmware-management/get-diagnostics.ts";
import { updateFirmware } from "./messages/firmware-management/update-firmware.ts";
import { getLocalListVersion } from "./messages/local-auth-list/get-local-list-version.ts";
import { sendLocalList } from "./messages/local-auth-list/send-local-list.ts";
import { triggerMessage } from "./messages/remote-trigger/trigger-message.ts";
import { cancelReservation } from "./messages/reservation/cancel-reservation.ts";
import { reserveNow } from "./messages/reservation/reserve-now.ts";
import { certificateSigned } from "./messages/security/certificate-signed.ts";
import { deleteCertificate } from "./messages/security/delete-certificate.ts";
import { extendedTriggerMessage } from "./messages/security/extended-trigger-message.ts";
import { getInstalledCertificateIds } from "./messages/security/get-installed-certificate-ids.ts";
import { getLog } from "./messages/security/get-log.ts";
import { installCertificate } from "./messages/security/install-certificate.ts";
import { logStatusNotification } from "./messages/security/log-status-notification.ts";
import { securityEventNotification } from "./messages/security/security-event-notification.ts";
import { signCertificate } from "./messages/security/sign-certificate.ts";
import { signedFirmwareStatusNotification } from "./messages/security/signed-firmware-status-notification.ts";
import { signedUpdateFirmware } from "./messages/security/signed-update-firmware.ts";
import { clearChargingProfile } from "./messages/smart-charging/clear-charging-profile.ts";
import { getCompositeSchedule } from "./messages/smart-charging/get-composite-schedule.ts";
import { setChargingProfile } from "./messages/smart-charging/set-charging-profile.ts";
import type { Payloads16 } from "./payloads.gen.ts";
import { protocol } from "./protocol.ts";
import { check, checkMended } from "./schemas.ts";

/** The table of actions; one that is left out, or under another's name, does not compile. */
export const messages = {
  // core
  Authorize: authorize,
  BootNotification: bootNotification,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  DataTransfer: dataTransfer,
  GetConfiguration: getConfiguration,
  Heartbeat: heartbeat,
  MeterValues: meterValues,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStopTransaction,
  Reset: reset,
  StartTransaction: startTransaction,
  StatusNotification: statusNotification,
  StopTransaction: stopTransaction,
  UnlockConnector: unlockConnector,
  // firmware-management
  DiagnosticsStatusNotification: diagnosticsStatusNotification,
  FirmwareStatusNotification: firmwareStatusNotification,
  GetDiagnostics: getDiagnostics,
  UpdateFirmware: updateFirmware,
  // local-auth-list
  GetLocalListVersion: getLocalListVersion,
  SendLocalList: sendLocalList,
  // reservation
  CancelReservation: cancelReservation,
  ReserveNow: reserveNow,
  // smart-charging
  ClearChargingProfile: clearChargingProfile,
  GetCompositeSchedule: getCompositeSchedule,
  SetChargingProfile: setChargingProfile,
  // remote-trigger
  TriggerMessage: triggerMessage,
  // security
  CertificateSigned: certificateSigned,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: extendedTriggerMessage,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  LogStatusNotification: logStatusNotification,
  SecurityEventNotification: securityEventNotification,
  SignCertificate: signCertificate,
  SignedFirmwareStatusNotification: signedFirmwareStatusNotification,
  SignedUpdateFirmware: signedUpdateFirmware,
} satisfies { [A in keyof Payloads16]: { readonly action: A } | "notSupported" };

/** OCPP 1.6. */
export const v1_6: OcppVersion = {
  protocol,
  messages,
  check,
  checkMended,
  mend,
  // OCPP-J 1.6 §4.2.3, in its own spelling.
  errorCodes: {
    notImplemented: "NotImplemented",
    notSupported: "NotSupported",
    internalError: "InternalError",
    protocolError: "ProtocolError",
    securityError: "SecurityError",
    formation: "FormationViolation",
    property: "PropertyConstraintViolation",
    occurrence: "OccurenceConstraintViolation",
    type: "TypeConstraintViolation",
    generic: "GenericError",
  },
};
